package personas.spec.connection;

import java.io.Serializable;

/**
 * How a database is reached. The password itself is nowhere in a spec: whoever connects takes it
 * from where this says, at that moment.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user null where the driver is to find one
 * @param passwordEnv the environment variable that holds the password; null where none does
 * @param passwordFile the file that holds it; null where none does
 */
public record JdbcAccess(String url, String user, String passwordEnv, String passwordFile)
    implements Serializable {

  /** The host and the database: what messages and the ledger show. */
  public String name() {
    return DatabaseUrl.shown(url);
  }

  /** The {@link #name}: the URL may hold credentials. */
  @Override
  public String toString() {
    return name();
  }
}
