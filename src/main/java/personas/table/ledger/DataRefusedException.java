package personas.table.ledger;

import java.io.IOException;

/**
 * Thrown if the input can be read, but does not hold enough valid records or the records that the
 * command needs. The command prints the message.
 */
public final class DataRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  public DataRefusedException(String message) {
    super(message);
  }

  public DataRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
