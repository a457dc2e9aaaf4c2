package personas.inspect;

/** What the values of a column are. */
enum ColumnType {
  /** Numbers. */
  NUMERIC("numeric"),
  /** Two values that mean yes and no. */
  BOOLEAN("boolean"),
  /** A few texts. */
  CATEGORY("category"),
  /** Dates or times. */
  DATE("date"),
  /** Texts that are nearly all different. */
  TEXT("free text"),
  /** One value, or none. */
  CONSTANT("constant");

  private final String shown;

  ColumnType(String shown) {
    this.shown = shown;
  }

  /** The type in words. */
  public String shown() {
    return shown;
  }
}
