package personas.table.record;

import java.io.IOException;
import personas.table.ledger.Rejection;

/** Takes a record that is not a user. */
public interface RejectionConsumer {
  void accept(Rejection rejection) throws IOException;
}
