package personas.table;

/** The format of a result table. */
public enum TableFormat {
  /** RFC 4180 with a header line. */
  CSV,
  /** An Avro container file. */
  AVRO,
  /** A Parquet file. */
  PARQUET;

  /** Returns the ending of file names, with the dot. */
  public String ending() {
    return "." + name().toLowerCase(java.util.Locale.ROOT);
  }
}
