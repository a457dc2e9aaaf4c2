package personas.table;

import java.util.Locale;

/** The format of an input file. */
public enum InputFormat {
  /** RFC 4180 with a header line. */
  CSV,
  /** One JSON object per line. */
  JSONL,
  /** An Avro container file of records. */
  AVRO,
  /** A Parquet file. */
  PARQUET;

  /** Returns the format that the ending of a file's name stands for; CSV for an unknown ending. */
  public static InputFormat ofName(String file) {
    String name = file.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.endsWith(".avro")) {
      return AVRO;
    }
    if (name.endsWith(".parquet")) {
      return PARQUET;
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")
        ? JSONL
        : CSV;
  }

  /**
   * Returns whether values have types and records are identified by their row number, not by a byte
   * position.
   */
  public boolean isTyped() {
    return this == AVRO || this == PARQUET;
  }
}
