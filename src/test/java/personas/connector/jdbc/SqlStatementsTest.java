package personas.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.core.Parser;

class SqlStatementsTest {
  @Test
  void theStatementHasNoSemicolonAroundIt() {
    assertEquals("SELECT 1", SqlStatements.only(" ;; SELECT 1 ; -- done"));
    assertEquals("SELECT ';'", SqlStatements.only("/* x */ SELECT ';'"));
  }

  @Test
  void aSemicolonMayEndTheOnlyOne() {
    for (String one :
        new String[] {
          "SELECT 1",
          "SELECT 1;",
          ";SELECT 1 ; ; -- and\n ; /* that ; /* is */ ; all */ ",
          "SELECT ';', \"a;b\", $$;$$, $x$ $$;$y$ $x$, 'it''s;', E'\\';', e'\\\\'",
          "SELECT a$b$c FROM x",
          "",
        }) {
      assertNotNull(SqlStatements.only(one), one);
    }
    for (String two :
        new String[] {
          "SELECT 1; DROP TABLE users",
          "SELECT 1;COMMIT;DROP TABLE users",
          "SELECT '\\'; DROP TABLE users --'",
          "SELECT E'\\\\'; DROP TABLE users --'",
          "SELECT a$x$; DROP TABLE users --$x$",
          "SELECT 1 /* /* */ */; DROP TABLE users",
          "SELECT 1 -- x\r; DROP TABLE users",
          "SELECT \"a\\\"; DROP TABLE users --\"",
        }) {
      assertNull(SqlStatements.only(two), two);
    }
  }

  /**
   * The driver finds one statement in what this class gives it, and several where this class does.
   */
  @Test
  void agreesWithTheDriver() throws SQLException {
    String[] parts = {
      "'", "''", "\"", "\\", ";", "--", "\n", "/*", "*/", "$$", "$a$", "$1", "E'", "a", " ", "é",
      "1"
    };
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      StringBuilder sql = new StringBuilder("x");
      for (int left = random.nextInt(14); left > 0; left--) {
        sql.append(parts[random.nextInt(parts.length)]);
      }
      int statements = Parser.parseJdbcSql(sql.toString(), true, true, true, false, false).size();
      String only = SqlStatements.only(sql.toString());
      if (only == null) {
        // A comment without an end is an error to the server in any case.
        assertTrue(statements > 1 || sql.indexOf("/*") >= 0, sql + ", seed " + seed);
      } else {
        int sent = Parser.parseJdbcSql(only, true, true, true, false, false).size();
        assertTrue(sent <= 1, sql + ", seed " + seed);
      }
    }
  }
}
