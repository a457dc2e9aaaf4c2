package personas.table.ledger;

import java.util.List;

/** Thrown if a file lacks a required column. */
public final class MissingColumnException extends BadInputException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final List<String> columns;

  public MissingColumnException(String file, List<String> columns, String message) {
    super(message);
    this.file = file;
    this.columns = List.copyOf(columns);
  }

  /** Returns the path of the file. */
  public String file() {
    return file;
  }

  /** Returns the columns of the file, in the order of the file. */
  public List<String> columns() {
    return columns;
  }
}
