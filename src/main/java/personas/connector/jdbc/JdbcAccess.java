package personas.connector.jdbc;

import java.io.Serializable;

/**
 * How a run connects to a database. The run reads the password when it connects.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user the user name; null if the driver chooses the name
 * @param password where the password is
 */
record JdbcAccess(String url, String user, JdbcPassword password) implements Serializable {

  /** Returns the name that messages and the ledger show: the host and the database. */
  String name() {
    return DatabaseUrl.masked(url);
  }

  /** Returns {@link #name}, because the URL may hold credentials. */
  @Override
  public String toString() {
    return name();
  }
}
