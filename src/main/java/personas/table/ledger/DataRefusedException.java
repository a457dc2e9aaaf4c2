package personas.table.ledger;

import java.io.IOException;

/** The input was read, but nothing sound can be made of it. The message is for people. */
public final class DataRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  public DataRefusedException(String message) {
    super(message);
  }

  public DataRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
