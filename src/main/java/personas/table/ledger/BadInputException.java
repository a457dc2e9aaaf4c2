package personas.table.ledger;

import java.io.IOException;

/** A source that cannot be read at all. The message names it, what is wrong and what is allowed. */
public class BadInputException extends IOException {
  private static final long serialVersionUID = 1;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
