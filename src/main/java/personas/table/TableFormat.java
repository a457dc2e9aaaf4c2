package personas.table;

/** How a table of results is written. */
public enum TableFormat {
  /** RFC 4180 with a header line. */
  CSV,
  /** An Avro container file. */
  AVRO,
  /** A Parquet file. */
  PARQUET;

  /** The ending of the name of its files. */
  public String ending() {
    return "." + name().toLowerCase(java.util.Locale.ROOT);
  }
}
