package personas.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import personas.connector.storage.Folder;
import personas.table.ledger.BadInputException;

/** Where the password of a database is. A spec never holds the password itself. */
sealed interface JdbcPassword extends Serializable {
  /** No password. */
  JdbcPassword NONE = new None();

  /**
   * Returns the password; null if the database has none.
   *
   * @param database the name of the database, for messages
   * @throws BadInputException if the variable or the file cannot be read; the message names it
   */
  String read(String database) throws IOException;

  /** A database without a password. */
  record None() implements JdbcPassword {
    @Override
    public String read(String database) {
      return null;
    }
  }

  /** A password in an environment variable. */
  record InVariable(String variable) implements JdbcPassword {
    @Override
    public String read(String database) throws IOException {
      String password = System.getenv(variable);
      if (password == null) {
        throw new BadInputException(
            database + ": the environment variable " + variable + " (passwordEnv) is not set");
      }
      return password;
    }
  }

  /** A password in a file. */
  record InFile(String file) implements JdbcPassword {
    private static final int MAX_BYTES = 4096;

    @Override
    public String read(String database) throws IOException {
      try (InputStream in = Folder.open(file)) {
        return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).stripTrailing();
      } catch (IOException e) {
        throw new BadInputException(
            database
                + ": "
                + file
                + " (passwordFile) cannot be read; check the path and the permissions",
            e);
      }
    }
  }
}
