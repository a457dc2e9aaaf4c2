package personas.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that messages hide credentials. Each URL holds SECRET or the user scott where a driver
 * accepts a credential.
 */
class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "jdbc:postgresql://db/users jdbc:postgresql://db/users",
        "jdbc:postgresql://127.0.0.1:5433/postgres jdbc:postgresql://127.0.0.1:5433/postgres",
        "jdbc:postgresql://a:1,b:2/x?user=scott&pass=SECRET jdbc:postgresql://a:1,b:2/x",
        "jdbc:postgresql://[::1]:5432/x?password=SECRET jdbc:postgresql://[::1]:5432/x",
        "jdbc:postgresql:users?password=SECRET jdbc:postgresql:users",
        "jdbc:postgresql:///users jdbc:postgresql:///users",
        "jdbc:postgresql://scott:SECRET@db:5432/x jdbc:postgresql://db:5432/x",
        "jdbc:postgresql://scott:S/E?CRET@db/x jdbc:postgresql:…",
        "jdbc:postgresql://scott:S@SECRET@db/x jdbc:postgresql://db/x",
        "jdbc:postgresql://db/x?password=a@SECRET jdbc:postgresql:…",
        "jdbc:oracle:thin:scott/SECRET@//db:1521/sales jdbc:oracle://db:1521/sales",
        "jdbc:oracle:thin:scott/SECRET@db:1521:sales jdbc:oracle://db:1521/sales",
        "jdbc:oracle:thin:scott/SECRET@db jdbc:oracle://db",
        "jdbc:oracle:thin:scott/SECRET@(DESCRIPTION=(HOST=db)(PWD=SECRET)) jdbc:oracle:…",
        "jdbc:oracle:oci8:scott/SECRET jdbc:oracle:…",
        "jdbc:sqlserver://db:1433;user=scott;password=SECRET jdbc:sqlserver://db:1433",
        "jdbc:mysql://scott:SECRET@db:3306/x?pwd=SECRET jdbc:mysql://db:3306/x",
        "jdbc:mysql://(host=db,user=scott,password=SECRET)/x jdbc:mysql://…",
        "jdbc:db2://db:50000/x:user=scott;password=SECRET; jdbc:db2://db:50000/x",
        "jdbc:teradata://db/USER=scott,PASSWORD=SECRET jdbc:teradata://db",
        "jdbc:h2:mem:x;PASSWORD=SECRET jdbc:h2:…",
        "jdbc:jtds:sqlserver://db/x;password=SECRET jdbc:jtds:…",
        "postgresql://scott:SECRET@db/x postgresql://db/x",
        "scott/SECRET@db …",
      })
  void showsTheHostAndTheDatabaseOnly(String url, String shown) {
    String expected = shown.equals("jdbc:mysql://…") ? "jdbc:mysql:…" : shown;
    assertEquals(expected, DatabaseUrl.masked(url));
    assertEquals(expected, new JdbcAccess(url, null, JdbcPassword.NONE).name());
    assertEquals(expected, new JdbcAccess(url, null, JdbcPassword.NONE).toString());
    String said = "No suitable driver found for " + url;
    assertEquals(
        "No suitable driver found for " + expected, DatabaseUrl.maskedMessage(said, url, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cannot reach jdbc:oracle:thin:scott/SECRET@//db:1521/x in time",
        "bad value in (user=scott)(password=SECRET)",
        "options: pwd = SECRET; timeout=3",
        "options: pass='SECRET of two words', timeout=3",
        "login scott/SECRET@db failed",
        "invalid port in //scott:SECRET@db",
        "accessToken=SECRET is expired",
        "the client said SECRET-of-the-file",
      })
  void aDriversMessageHoldsNoCredential(String message) {
    String shown = DatabaseUrl.maskedMessage(message, "jdbc:x://y", "SECRET-of-the-file");
    assertFalse(shown.contains("SECRET"), shown);
    assertFalse(shown.contains("scott"), shown);
  }

  @Test
  void keepsTheRestOfAMessage() {
    for (String message :
        new String[] {
          "FATAL: password authentication failed for user \"reader\"",
          "ERROR: relation \"nowhere\" does not exist\n  Position: 15",
          "Connection to db:5432 refused. Check that the hostname and port are correct.",
        }) {
      assertEquals(message, DatabaseUrl.maskedMessage(message, "jdbc:postgresql://db/x", "abc"));
    }
  }

  @Test
  void aSecretIsFoundWhereverItStands() {
    for (String url :
        new String[] {
          "jdbc:postgresql://a:b@db/x", "jdbc:postgresql://db/x?pass=b", "jdbc:x://db;pwd =b",
          "jdbc:postgresql://db/x?sslpassword=b", "jdbc:oracle:thin:a/b@db", "jdbc:x://a/b@db"
        }) {
      assertTrue(DatabaseUrl.holdsSecret(url), url);
    }
    assertFalse(DatabaseUrl.holdsSecret("jdbc:postgresql://db/x?sslmode=require&user=me"));
    assertTrue(DatabaseUrl.isPlain("jdbc:postgresql://db/x?sslmode=require&user=me"));
    assertFalse(DatabaseUrl.isPlain("jdbc:postgresql://me:pa?ss@db/x"));
    assertFalse(DatabaseUrl.isPlain("jdbc:postgresql://me:pass"));
  }
}
