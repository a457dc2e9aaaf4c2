package personas.data;

/** How user records are written in a file. */
public enum InputFormat {
  /** RFC 4180 with a header line. */
  CSV,
  /** One JSON object a line. */
  JSONL
}
