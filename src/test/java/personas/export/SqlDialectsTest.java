package personas.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import personas.model.Model;
import personas.model.ModelJson;
import personas.text.sql.SqlDialect;

/**
 * Checks the SQL for databases without running them. The texts for BigQuery and Snowflake are
 * golden, and an independent parser reads the texts for all databases.
 */
class SqlDialectsTest {
  private static Model sample() throws IOException {
    try (InputStream in = SqlDialectsTest.class.getResourceAsStream("/golden/sample-model.json")) {
      return ModelJson.read("sample-model.json", in);
    }
  }

  private static String golden(SqlDialect dialect) throws IOException {
    String name = "/golden/sample-" + dialect.name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = SqlDialectsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BIGQUERY", "SNOWFLAKE"})
  void theTextForTheSampleIsGolden(SqlDialect dialect) throws IOException {
    assertEquals(golden(dialect), SqlScoring.of(sample(), dialect, "users"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL")
  void aParserReadsTheTextOfEveryDatabase(SqlDialect dialect) throws Exception {
    parse(dialect, SqlScoring.of(sample(), dialect, "users"), 6);
    String table = dialect == SqlDialect.BIGQUERY ? "`p.d.users`" : "\"d\".\"users\"";
    // Names with quotes and blanks, and every policy for missing values.
    for (boolean logarithm : new boolean[] {false, true}) {
      Model hard = HardUsers.model(3, logarithm, new SplittableRandom(1));
      parse(dialect, SqlScoring.of(hard, dialect, table), -1);
    }
  }

  /** Parses one SELECT; a text with a word too many does not parse. */
  private static void parse(SqlDialect dialect, String sql, int columns)
      throws JSQLParserException {
    PlainSelect select = assertInstanceOf(PlainSelect.class, statement(dialect, sql));
    assertEquals(7, select.getWithItemsList().size(), sql);
    if (columns > 0) {
      assertEquals(columns, select.getSelectItems().size(), sql);
    }
    assertThrows(
        JSQLParserException.class,
        () -> statement(dialect, sql.replace("FROM measured", "FROM FROM measured")));
  }

  private static Statement statement(SqlDialect dialect, String sql) throws JSQLParserException {
    boolean isEscaped = dialect == SqlDialect.BIGQUERY || dialect == SqlDialect.SNOWFLAKE;
    return CCJSqlParserUtil.parse(sql, parser -> parser.withBackslashEscapeCharacter(isEscaped));
  }

  @Test
  void namesAreQuotedAndValuesCastAsEachDatabaseWantsIt() throws IOException {
    Model model = HardUsers.model(2, false, new SplittableRandom(1));
    String bigquery = SqlScoring.of(model, SqlDialect.BIGQUERY, "`p.d.users`");
    assertTrue(bigquery.contains("IF(IS_NAN(CAST(`f \"0\"` AS FLOAT64)), NULL"), bigquery);
    assertTrue(bigquery.contains("'Persona 0\\'s'"), bigquery);
    String snowflake = SqlScoring.of(model, SqlDialect.SNOWFLAKE, "users");
    assertTrue(snowflake.contains("CAST(\"f \"\"0\"\"\" AS FLOAT)"), snowflake);
    String postgres = SqlScoring.of(model, SqlDialect.POSTGRES, "users");
    assertTrue(postgres.contains("AS DOUBLE PRECISION"), postgres);
  }

  /** Double.toString of JDK 17 has more digits, so a query would depend on the JDK. */
  @Test
  void aNumberHasTheSameDigitsOnEveryJdk() {
    assertEquals("2.0E23", SqlDialect.BIGQUERY.number(Double.parseDouble("2e23")));
    assertEquals("(-0.5E0)", SqlDialect.BIGQUERY.number(-0.5));
    assertEquals("CAST('1.0E-4' AS DOUBLE PRECISION)", SqlDialect.POSTGRES.number(0.0001));
  }
}
