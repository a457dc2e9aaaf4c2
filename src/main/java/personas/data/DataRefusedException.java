package personas.data;

import java.io.IOException;
import java.util.stream.Collectors;

/** The input was read, but nothing sound can be made of it. The message is for people. */
public final class DataRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  public DataRefusedException(String message) {
    super(message);
  }

  /** No record became a user. */
  public static DataRefusedException noUsers(SourceLedger ledger) {
    if (ledger.read() == 0) {
      return new DataRefusedException("the input holds no record");
    }
    String reasons =
        ledger.rejected().entrySet().stream()
            .map(entry -> entry.getKey().code() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return new DataRefusedException(
        "no record is valid: read " + ledger.read() + ", rejected all of them (" + reasons + ")");
  }
}
