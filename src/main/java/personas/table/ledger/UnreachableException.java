package personas.table.ledger;

/**
 * Thrown if a source cannot be reached now. A later attempt may succeed, for example after a
 * database has started again.
 */
public final class UnreachableException extends BadInputException {
  private static final long serialVersionUID = 1;

  public UnreachableException(String message) {
    super(message);
  }
}
