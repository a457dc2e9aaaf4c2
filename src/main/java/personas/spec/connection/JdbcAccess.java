package personas.spec.connection;

import java.io.Serializable;

/**
 * How a run connects to a database. A spec never holds the password: the run reads it from a
 * variable or a file when it connects.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param user the user; null if the driver chooses one
 * @param passwordEnv the environment variable that holds the password; null if no variable does
 * @param passwordFile the file that holds the password; null if no file does
 */
public record JdbcAccess(String url, String user, String passwordEnv, String passwordFile)
    implements Serializable {

  /** Returns the name that messages and the ledger show: the host and the database. */
  public String name() {
    return DatabaseUrl.shown(url);
  }

  /** Returns {@link #name}, because the URL may hold credentials. */
  @Override
  public String toString() {
    return name();
  }
}
