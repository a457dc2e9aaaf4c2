package personas.spec;

import java.io.Serializable;

/**
 * The source that a spec or the flag {@code --input} names: files, or a table or a query of another
 * system. Each connector has its own source, see {@code personas.connector}.
 */
public interface SourceSpec extends Serializable {
  /** Returns the name that messages and the ledger show. The name never holds a secret. */
  String name();
}
