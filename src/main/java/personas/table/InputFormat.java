package personas.table;

import java.util.Locale;

/** How user records are written in a file. */
public enum InputFormat {
  /** RFC 4180 with a header line. */
  CSV,
  /** One JSON object a line. */
  JSONL,
  /** An Avro container file of records. */
  AVRO,
  /** A Parquet file. */
  PARQUET;

  /** What the ending of a file's name says; CSV where it says nothing. */
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

  /** Whether its values have types, and its records are known by their number. */
  public boolean isTyped() {
    return this == AVRO || this == PARQUET;
  }
}
