package personas.spec.connection;

import java.io.Serializable;

/** A table or a query of another system that gives the records instead of files. */
public interface TableSource extends Serializable {
  /** Returns the name that messages and the ledger show. The name never holds a secret. */
  String name();
}
