package personas.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;
import personas.connector.storage.Folder;
import personas.spec.connection.DatabaseUrl;
import personas.spec.connection.JdbcAccess;
import personas.table.ledger.BadInputException;

/** Connects to a database; the password is taken up here, where it is used, and kept nowhere. */
final class JdbcConnections {
  private static final String LOGIN_SECONDS = "10";
  private static final int MOST_PASSWORD_BYTES = 4096;

  private JdbcConnections() {}

  /**
   * A connection without autocommit; the caller closes.
   *
   * @throws BadInputException names the database and why it cannot be had
   */
  static Connection connect(JdbcAccess access) throws IOException {
    Properties properties = new Properties();
    if (access.user() != null) {
      properties.setProperty("user", access.user());
    }
    String password = password(access);
    if (password != null) {
      properties.setProperty("password", password);
    }
    try {
      // An engine's class loader is not always the one that the list of drivers looks at.
      // A server that takes the connection and says nothing must not hold the run up.
      properties.setProperty("loginTimeout", LOGIN_SECONDS);
      Class.forName("org.postgresql.Driver");
      Connection connection = DriverManager.getConnection(access.url(), properties);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw refused(access, e);
    } catch (ClassNotFoundException e) {
      throw new BadInputException(
          access.name() + ": the driver of PostgreSQL is not on the class path", e);
    }
  }

  /**
   * A connection whose transaction reads and does not write, for one query by the extended
   * protocol.
   *
   * @throws BadInputException names the database and why it cannot be had
   */
  static Connection connectForQuery(JdbcAccess access) throws IOException {
    Connection connection = connect(access);
    boolean ready = false;
    try {
      if (connection.unwrap(PGConnection.class).getPreferQueryMode() == PreferQueryMode.SIMPLE) {
        throw new BadInputException(
            access.name() + ": preferQueryMode=simple in the URL; a query needs another mode");
      }
      // Parameters of the URL can switch off what the driver does for a read-only connection.
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION READ ONLY");
        // The query was looked through for a second statement by these rules.
        statement.execute("SET LOCAL standard_conforming_strings TO on");
      }
      ready = true;
      return connection;
    } catch (SQLException e) {
      throw refused(access, e);
    } finally {
      if (!ready) {
        close(connection);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What failed before is the reason that a user can do something about.
    }
  }

  /**
   * A failure in the words of the driver, without credentials. The driver's own exception is not
   * the cause of this one, because an engine would log its message.
   */
  static BadInputException refused(JdbcAccess access, SQLException e) {
    return new BadInputException(access.name() + ": " + message(access, e));
  }

  /** The driver's message without credentials. */
  static String message(JdbcAccess access, Exception e) {
    String password = null;
    try {
      password = password(access);
    } catch (IOException absent) {
      // Then no connection was made with one.
    }
    return DatabaseUrl.shownMessage(String.valueOf(e.getMessage()), access.url(), password);
  }

  private static String password(JdbcAccess access) throws IOException {
    if (access.passwordEnv() != null) {
      String password = System.getenv(access.passwordEnv());
      if (password == null) {
        throw new BadInputException(
            access.name() + ": the environment has no " + access.passwordEnv() + " (passwordEnv)");
      }
      return password;
    }
    if (access.passwordFile() == null) {
      return null;
    }
    try (InputStream in = Folder.open(access.passwordFile())) {
      byte[] bytes = in.readNBytes(MOST_PASSWORD_BYTES);
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new BadInputException(
          access.name() + ": " + access.passwordFile() + " (passwordFile) cannot be read", e);
    }
  }
}
