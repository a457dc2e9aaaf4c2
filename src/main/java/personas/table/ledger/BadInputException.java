package personas.table.ledger;

import java.io.IOException;

/**
 * Thrown if a source cannot be used: it cannot be read, or it does not have the required form. The
 * message names the source, the problem and what is allowed.
 */
public class BadInputException extends IOException {
  private static final long serialVersionUID = 1;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
