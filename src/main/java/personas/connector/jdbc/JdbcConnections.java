package personas.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import personas.connector.storage.Folder;
import personas.data.BadInputException;
import personas.spec.JdbcAccess;

/** Connects to a database; the password is taken up here, where it is used, and kept nowhere. */
final class JdbcConnections {
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
      if (access.url().startsWith("jdbc:postgresql:")) {
        // An engine's class loader is not always the one that the list of drivers looks at.
        Class.forName("org.postgresql.Driver");
      }
      Connection connection = DriverManager.getConnection(access.url(), properties);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw refused(access, e);
    } catch (ClassNotFoundException e) {
      throw new BadInputException(access.name() + ": its driver is not on the class path", e);
    }
  }

  static BadInputException refused(JdbcAccess access, SQLException e) {
    return new BadInputException(access.name() + ": " + e.getMessage(), e);
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
