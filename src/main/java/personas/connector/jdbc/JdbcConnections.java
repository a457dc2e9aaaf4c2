package personas.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;
import personas.table.ledger.BadInputException;
import personas.table.ledger.UnreachableException;

/** Connects to a database. Reads the password for each connection and does not store it. */
final class JdbcConnections {
  private static final String LOGIN_SECONDS = "10";

  /**
   * Classes of SQLSTATE for which another attempt may succeed: a failed connection, a transaction
   * that was rolled back, too few resources, and a server that stops or starts.
   */
  private static final Set<String> MAY_SUCCEED_LATER = Set.of("08", "40", "53", "57");

  private JdbcConnections() {}

  /**
   * Opens a connection without autocommit. The caller closes the connection.
   *
   * @throws BadInputException if the database cannot be reached; the message names the database and
   *     the reason
   */
  static Connection connect(JdbcAccess access) throws IOException {
    Properties properties = new Properties();
    if (access.user() != null) {
      properties.setProperty("user", access.user());
    }
    String password = access.password().read(access.name());
    if (password != null) {
      properties.setProperty("password", password);
    }
    try {
      // A server that accepts the connection and does not answer must not block the run.
      properties.setProperty("loginTimeout", LOGIN_SECONDS);
      // DriverManager does not always find a driver in the class loader of an engine.
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
   * Opens a connection with a read-only transaction, for one query by the extended protocol. The
   * caller closes the connection.
   *
   * @throws BadInputException if the database cannot be reached; the message names the database and
   *     the reason
   */
  static Connection connectForQuery(JdbcAccess access) throws IOException {
    Connection connection = connect(access);
    boolean isReady = false;
    try {
      if (connection.unwrap(PGConnection.class).getPreferQueryMode() == PreferQueryMode.SIMPLE) {
        throw new BadInputException(
            access.name()
                + ": the URL has preferQueryMode=simple; remove it, because a query needs"
                + " another mode");
      }
      // Parameters of the URL can make the driver ignore setReadOnly.
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION READ ONLY");
        // The spec reader assumes standard strings when it looks for a second statement.
        statement.execute("SET LOCAL standard_conforming_strings TO on");
      }
      isReady = true;
      return connection;
    } catch (SQLException e) {
      throw refused(access, e);
    } finally {
      if (!isReady) {
        close(connection);
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The earlier failure is thrown, because it explains more.
    }
  }

  /**
   * Returns an exception with the driver's message, without credentials. The driver's exception is
   * not the cause, because an engine would log the message of the cause.
   */
  static BadInputException refused(JdbcAccess access, SQLException e) {
    String message = access.name() + ": " + message(access, e);
    return e.getSQLState() != null && MAY_SUCCEED_LATER.contains(e.getSQLState().substring(0, 2))
        ? new UnreachableException(message)
        : new BadInputException(message);
  }

  /** Returns the driver's message without credentials. */
  static String message(JdbcAccess access, Exception e) {
    String password = null;
    try {
      password = access.password().read(access.name());
    } catch (IOException absent) {
      // If the password cannot be read, the message cannot contain it.
    }
    return DatabaseUrl.maskedMessage(String.valueOf(e.getMessage()), access.url(), password);
  }
}
