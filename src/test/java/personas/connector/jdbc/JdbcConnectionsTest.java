package personas.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.table.ledger.BadInputException;
import personas.table.ledger.UnreachableException;

class JdbcConnectionsTest {
  /** Codes of PostgreSQL: connection lost, deadlock, too many connections, a server that starts. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "08006, true",
        "40P01, true",
        "53300, true",
        "57P03, true",
        "42P01, false",
        "28P01, false",
        "22P02, false",
        "none, false"
      })
  void anotherAttemptMayReachADatabaseThatIsAwayNow(String state, boolean maySucceedLater) {
    JdbcAccess access = new JdbcAccess("jdbc:postgresql://db:5432/crm", "anna", JdbcPassword.NONE);
    BadInputException refused =
        JdbcConnections.refused(access, new SQLException("the reason", state));
    assertEquals(access.name() + ": the reason", refused.getMessage());
    assertEquals(maySucceedLater, refused instanceof UnreachableException);
  }
}
