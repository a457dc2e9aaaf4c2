package personas.inspect;

/** The type of the values of a column. */
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

  private final String label;

  ColumnType(String label) {
    this.label = label;
  }

  /** Returns the name of the type for people. */
  public String label() {
    return label;
  }
}
