package personas.inspect;

/** What the values of a column are. */
enum ColumnType {
  /** Numbers. */
  NUMERIC("numeric"),
  /** Two values that mean yes and no. */
  BOOLEAN("boolean"),
  /** A few distinct texts. */
  CATEGORY("category"),
  /** Dates or times. */
  DATE("date"),
  /** Texts that are nearly all distinct. */
  TEXT("free text"),
  /** At most one distinct value. */
  CONSTANT("constant");

  private final String shown;

  ColumnType(String shown) {
    this.shown = shown;
  }

  /** Returns the type in words. */
  public String shown() {
    return shown;
  }
}
