package personas.table.ledger;

import java.util.List;

/** A file whose header has not a column that is needed. */
public final class MissingColumnException extends BadInputException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final List<String> columns;

  public MissingColumnException(String file, List<String> columns, String message) {
    super(message);
    this.file = file;
    this.columns = List.copyOf(columns);
  }

  public String file() {
    return file;
  }

  /** The columns that the file has, in its order. */
  public List<String> columns() {
    return columns;
  }
}
