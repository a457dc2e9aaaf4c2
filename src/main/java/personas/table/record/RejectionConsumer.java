package personas.table.record;

import java.io.IOException;
import personas.table.ledger.Rejection;

/** Receives rejected records. */
public interface RejectionConsumer {
  /** Receives a rejected record. */
  void accept(Rejection rejection) throws IOException;
}
