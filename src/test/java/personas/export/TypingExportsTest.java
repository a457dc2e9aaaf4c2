package personas.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.export.typing.TypingInput;
import personas.export.typing.TypingInput.Kind;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingTool;
import personas.feature.Transform;
import personas.model.Model.SpecReference;
import personas.report.Chromium;
import personas.text.sql.SqlDialect;

/**
 * The SQL, the formula and the page give the persona of the tool to users who make it hard: on
 * borders between personas, at limits, out of range, missing, and with unknown levels.
 */
class TypingExportsTest {
  private static final int USERS = 20_000;
  private static final Path SHOTS = Path.of("target/typing-pages");

  @TempDir static Path folder;

  private static TypingInput number(
      String column, boolean logarithm, Double missing, Double min, Double max, Double limit) {
    return new TypingInput(
        column,
        column,
        "units",
        Kind.NUMBER,
        logarithm ? Transform.LOG1P : Transform.NONE,
        missing == null,
        missing,
        min,
        max,
        limit == null ? null : -limit,
        limit,
        null);
  }

  private static TypingInput yesNo(String column, Double missing) {
    return new TypingInput(
        column,
        "is it so?",
        null,
        Kind.YES_NO,
        Transform.NONE,
        missing == null,
        missing,
        null,
        null,
        null,
        null,
        null);
  }

  private static TypingInput level(String column, boolean required, String... levels) {
    return new TypingInput(
        column,
        column,
        null,
        Kind.LEVEL,
        Transform.NONE,
        required,
        null,
        null,
        null,
        null,
        null,
        List.of(levels));
  }

  /** Tools with every kind of input. */
  private static List<TypingInput> inputs(boolean logarithm) {
    return List.of(
        number("visits \"a\"", logarithm, null, 0.0, null, null),
        number("spend", false, 2.5, null, 64.0, 6.0),
        yesNo("active", null),
        level("plan", true, "basic", "the \"big\" one", "it's", "other"),
        level("land", false, "a", "b", "c", "d", "other"),
        yesNo("old", 1.0),
        number("age", logarithm, 3.0, -1.0, null, null));
  }

  /**
   * A tool with weights in halves, so that sums are exact and many users have two equal scores.
   *
   * @param k personas
   */
  private static TypingResult tool(int k, boolean logarithm, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TypingInput> inputs = inputs(logarithm);
    List<TypingTool.Score> scores = new ArrayList<>();
    List<TypingResult.PersonaAccuracy> personas = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      boolean isLast = j == k - 1;
      List<List<Double>> weights = new ArrayList<>();
      for (TypingInput input : inputs) {
        int count = input.kind() == Kind.LEVEL ? input.levels().size() + 1 : 1;
        Double[] own = new Double[count];
        for (int i = 0; i < count; i++) {
          own[i] = isLast ? 0.0 : (random.nextInt(9) - 4) / 2.0;
        }
        weights.add(Arrays.asList(own));
      }
      scores.add(new TypingTool.Score(isLast ? 0 : (random.nextInt(17) - 8) / 2.0, weights));
      personas.add(
          new TypingResult.PersonaAccuracy(
              j, "Persona " + j + "'s \"<b>\"", j == 0 ? "Call them." : "", 10, 8, 7, 0.7, 0.875));
    }
    return new TypingResult(
        1,
        "beam-personas",
        new SpecReference("tools & more", "", ""),
        42,
        100,
        100,
        9,
        "exhaustive",
        7,
        0.95,
        List.of(),
        true,
        0.875,
        personas,
        new TypingTool(inputs, scores));
  }

  /** Values of users for all inputs; NaN is a missing value. */
  private static double[][] users(TypingResult result, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] users = new double[USERS][];
    for (int i = 0; i < USERS; i++) {
      users[i] =
          result.tool().inputs().stream().mapToDouble(input -> value(input, random)).toArray();
    }
    return users;
  }

  private static double value(TypingInput input, SplittableRandom random) {
    if (random.nextInt(input.required() ? 40 : 5) == 0) {
      return Double.NaN;
    }
    return switch (input.kind()) {
      case YES_NO -> random.nextInt(2);
      case LEVEL -> random.nextInt(input.levels().size());
      case NUMBER ->
          switch (random.nextInt(40)) {
            case 0 -> 1e300;
            case 1 -> -0.5;
            case 2 -> -1;
            case 3 -> 64;
            case 4 -> 64.5;
            case 5 -> 1e15;
            default -> random.nextInt(17) / 2.0;
          };
    };
  }

  private static int[] expected(TypingResult result, double[][] users) {
    int[] personas = new int[USERS];
    int refused = 0;
    int[] counts = new int[result.personas().size()];
    for (int i = 0; i < USERS; i++) {
      personas[i] = result.tool().persona(users[i]);
      if (personas[i] == TypingTool.REFUSED) {
        refused++;
      } else {
        counts[personas[i]]++;
      }
    }
    assertTrue(refused > USERS / 50 && refused < USERS / 2, "refused: " + refused);
    assertTrue(Arrays.stream(counts).filter(n -> n > 0).count() > 1, Arrays.toString(counts));
    return personas;
  }

  /** How many of the users have a highest score that a second persona has too. */
  private static int onBorders(TypingResult result, double[][] users) {
    List<TypingTool.Score> reversed = new ArrayList<>(result.tool().scores());
    java.util.Collections.reverse(reversed);
    TypingTool other = new TypingTool(result.tool().inputs(), reversed);
    int k = reversed.size();
    int ties = 0;
    for (double[] user : users) {
      int persona = result.tool().persona(user);
      if (persona != TypingTool.REFUSED && other.persona(user) != k - 1 - persona) {
        ties++;
      }
    }
    return ties;
  }

  private static int differences(int[] expected, int[] found) {
    int different = 0;
    for (int i = 0; i < expected.length; i++) {
      different += expected[i] == found[i] ? 0 : 1;
    }
    return different;
  }

  /** The text of a level; one of all other texts for the level of others. */
  private static String text(TypingInput input, double value) {
    String level = input.levels().get((int) value);
    return level.equals("other") ? "something else" : level;
  }

  private static int placeOf(TypingResult result, String persona) {
    for (int j = 0; j < result.personas().size(); j++) {
      if (result.personas().get(j).persona().equals(persona)) {
        return j;
      }
    }
    return TypingTool.REFUSED;
  }

  private static int[] bySql(TypingResult result, double[][] users, String sql) throws Exception {
    List<TypingInput> inputs = result.tool().inputs();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      StringBuilder columns = new StringBuilder("\"the id\" INTEGER");
      for (TypingInput input : inputs) {
        String type =
            switch (input.kind()) {
              case NUMBER -> "DOUBLE";
              case YES_NO -> "BOOLEAN";
              case LEVEL -> "VARCHAR";
            };
        columns.append(", \"").append(input.column().replace("\"", "\"\"")).append("\" ");
        columns.append(type);
      }
      statement.execute("CREATE TABLE users (" + columns + ")");
      try (DuckDBAppender appender =
          ((DuckDBConnection) database).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "users")) {
        for (int i = 0; i < users.length; i++) {
          appender.beginRow();
          appender.append(i);
          for (int f = 0; f < inputs.size(); f++) {
            double value = users[i][f];
            boolean isNan = Double.isNaN(value);
            if (isNan && (inputs.get(f).kind() != Kind.NUMBER || i % 2 == 0)) {
              appender.append((String) null);
            } else if (inputs.get(f).kind() == Kind.NUMBER) {
              appender.append(value);
            } else if (inputs.get(f).kind() == Kind.YES_NO) {
              appender.append(value == 1);
            } else {
              appender.append(" " + text(inputs.get(f), value));
            }
          }
          appender.endRow();
        }
      }
      int[] found = new int[users.length];
      Arrays.fill(found, TypingTool.REFUSED);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          found[rows.getInt("the id")] = placeOf(result, rows.getString("persona"));
        }
      }
      return found;
    }
  }

  private static int[] byFormula(TypingResult result, double[][] users, String formula) {
    List<TypingInput> inputs = result.tool().inputs();
    int[] found = new int[users.length];
    for (int i = 0; i < users.length; i++) {
      Map<String, Object> cells = new HashMap<>();
      for (int f = 0; f < inputs.size(); f++) {
        double value = users[i][f];
        if (!Double.isNaN(value)) {
          boolean isLevel = inputs.get(f).kind() == Kind.LEVEL;
          cells.put((char) ('A' + f) + "2", isLevel ? text(inputs.get(f), value) : value);
        }
      }
      found[i] = placeOf(result, (String) SheetFormula.value(formula, cells));
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void withoutALogarithmTheSqlAndTheFormulaDifferForNoUser(int k) throws Exception {
    TypingResult result = tool(k, false, k);
    double[][] users = users(result, k);
    int[] expected = expected(result, users);
    assertTrue(onBorders(result, users) > 20, onBorders(result, users) + " on borders");
    String sql = TypingSql.of(result, "the id", SqlDialect.DUCKDB, "users");
    assertEquals(0, differences(expected, bySql(result, users, sql)));
    String formula = TypingFormula.formula(result);
    assertEquals(0, differences(expected, byFormula(result, users, formula)));
  }

  /** A logarithm may have another last bit, which counts on a border only. */
  @Test
  void withALogarithmHardlyAnyUserDiffers() throws Exception {
    TypingResult result = tool(4, true, 8);
    double[][] users = users(result, 8);
    int[] expected = expected(result, users);
    String sql = TypingSql.of(result, "the id", SqlDialect.DUCKDB, "users");
    int bySql = differences(expected, bySql(result, users, sql));
    int byFormula = differences(expected, byFormula(result, users, TypingFormula.formula(result)));
    System.out.printf("typing, ln: %d and %d of %,d users differ%n", bySql, byFormula, USERS);
    assertTrue(bySql <= 2 && byFormula <= 2, bySql + " and " + byFormula);
  }

  /** What such a test is worth: equal scores give the later persona, or a limit is another. */
  @Test
  void exportsThatAreMadeWrongAreCaught() throws Exception {
    TypingResult result = tool(3, false, 3);
    double[][] users = users(result, 3);
    int[] expected = expected(result, users);
    String sql = TypingSql.of(result, "the id", SqlDialect.DUCKDB, "users");
    String formula = TypingFormula.formula(result);
    for (String[] change :
        new String[][] {
          {"WHEN s0 >= ", "WHEN s0 > "},
          {"LEAST(6.0E0", "LEAST(5.5E0"},
          {"x1 <= 64.0E0", "x1 <= 64.5E0"},
          {"x0 >= 0.0E0", "x0 >= -0.5"},
        }) {
      assertTrue(sql.contains(change[0]), () -> change[0] + " is not in\n" + sql);
      String wrong = sql.replace(change[0], change[1]);
      assertTrue(differences(expected, bySql(result, users, wrong)) > 0, change[0]);
    }
    for (String[] change :
        new String[][] {
          {">=MAX(", ">MAX("}, {"MIN(6,", "MIN(5.5,"}, {"B2>64", "B2>64.5"}, {"A2<0", "A2<-9"}
        }) {
      assertTrue(formula.contains(change[0]), () -> change[0] + " is not in\n" + formula);
      String wrong = formula.replace(change[0], change[1]);
      assertTrue(differences(expected, byFormula(result, users, wrong)) > 0, change[0]);
    }
  }

  @Test
  void theFormulaRefusesTextsAndNamesItsCells() {
    TypingResult result = tool(3, false, 1);
    String formula = TypingFormula.formula(result);
    Map<String, Object> cells = new HashMap<>();
    cells.put("A2", "many");
    cells.put("C2", 1.0);
    cells.put("D2", "basic");
    assertEquals(TypingFormula.REFUSED, SheetFormula.value(formula, cells));
    cells.put("A2", 3.0);
    assertTrue(SheetFormula.value(formula, cells).toString().startsWith("Persona"));
    cells.put("C2", 2.0);
    assertEquals(TypingFormula.REFUSED, SheetFormula.value(formula, cells));
    String text = TypingFormula.text(result);
    assertTrue(text.contains("A2  visits \"a\": a number (units), at least 0; it is needed"), text);
    assertTrue(text.contains("B2  spend: a number (units), at most 64; may be empty"), text);
    assertTrue(text.contains("\n" + formula + "\n"), text);
    assertFalse(text.contains("Excel accepts"), text);
    assertTrue(TypingFormula.text(tool(16, false, 1)).contains("Excel accepts at most 8,192"));
  }

  @Test
  void theOtherDialectsQuoteAsTheyDo() {
    TypingResult result = tool(2, false, 1);
    String bigquery = TypingSql.of(result, null, SqlDialect.BIGQUERY, "p.d.users");
    assertTrue(bigquery.contains("IF(IS_NAN(CAST(`visits \"a\"` AS FLOAT64)), NULL"), bigquery);
    assertTrue(bigquery.contains("FROM `p.d.users`"), bigquery);
    assertTrue(bigquery.contains("'it\\'s'"), bigquery);
    assertFalse(bigquery.contains(" AS id"), bigquery);
    String postgres = TypingSql.of(result, "id", SqlDialect.POSTGRES, "users");
    assertTrue(postgres.contains("AS DOUBLE PRECISION"), postgres);
    String snowflake = TypingSql.of(result, "id", SqlDialect.SNOWFLAKE, "users");
    assertTrue(snowflake.contains("TRIM(plan) AS x3"), snowflake);
  }

  @Test
  void thePageGivesThePersonasOfTheToolAndSaysWhatIsWrong() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.err.println("SKIPPED: the typing page is not looked at, no Chromium is installed");
    }
    assumeTrue(program.isPresent(), "no Chromium is installed");
    Files.createDirectories(SHOTS);
    Path page = SHOTS.resolve("typing.html").toAbsolutePath();
    TypingResult result = tool(3, true, 8);
    Files.writeString(page, TypingPage.html(result));
    double[][] users = users(result, 9);
    try (Chromium browser = Chromium.start(program.get())) {
      for (int width : new int[] {1280, 360}) {
        for (String scheme : List.of("light", "dark")) {
          browser.look(width, scheme);
          browser.open(page);
          fill(browser);
          String look = width + "-" + scheme;
          Files.write(SHOTS.resolve(look + ".png"), browser.screenshot());
          int needed = browser.evaluate("document.documentElement.scrollWidth").asInt();
          assertTrue(needed <= width, look + ": " + needed);
          assertEquals(List.of(), browser.complaints(), look);
          assertEquals(List.of(page.toUri().toString()), browser.requests(), look);
        }
      }
      JsonNode found =
          browser.evaluate("JSON.parse(" + quoted(users) + ").map(user => typing.persona(user))");
      int[] byPage = new int[USERS];
      Arrays.setAll(byPage, i -> found.get(i).asInt());
      int different = differences(expected(result, users), byPage);
      assertTrue(different <= 2, different + " users differ");
      checkFields(browser, result);
    }
  }

  private static String quoted(double[][] users) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Double[][] boxed =
        Arrays.stream(users)
            .map(
                user ->
                    Arrays.stream(user)
                        .mapToObj(value -> Double.isNaN(value) ? null : value)
                        .toArray(Double[]::new))
            .toArray(Double[][]::new);
    return json.writeValueAsString(json.writeValueAsString(boxed));
  }

  private static void type(Chromium browser, int input, String value) throws Exception {
    browser.evaluate(
        "{ const box = document.getElementById('input-"
            + input
            + "'); box.value = '"
            + value
            + "'; box.dispatchEvent(new Event(box.tagName === 'SELECT' ? 'change' : 'input')); }");
  }

  private static void choose(Chromium browser, int input, int value) throws Exception {
    browser.evaluate(
        "document.querySelector('[name=input-" + input + "][value=\"" + value + "\"]').click()");
  }

  private static void fill(Chromium browser) throws Exception {
    type(browser, 0, "3.5");
    choose(browser, 2, 1);
    choose(browser, 3, 1);
    type(browser, 4, "2");
  }

  private static String answer(Chromium browser) throws Exception {
    return browser.evaluate("document.querySelector('.answer').innerText").asText();
  }

  /** What a person types, with the words that the page answers. */
  private static void checkFields(Chromium browser, TypingResult result) throws Exception {
    double none = Double.NaN;
    int persona = result.tool().persona(new double[] {3.5, none, 1, 1, 2, none, none});
    String shown = answer(browser);
    assertTrue(shown.contains(result.personas().get(persona).persona()), shown);
    assertTrue(shown.contains("Of 8 checked users who got this answer, 87.5% have"), shown);
    assertEquals(persona == 0, shown.contains("Call them."), shown);
    type(browser, 0, "-2");
    String page = browser.evaluate("document.body.innerText").asText();
    assertTrue(page.contains("The number must be at least 0."), page);
    assertTrue(answer(browser).contains("Check the values"), answer(browser));
    type(browser, 0, "3,5");
    page = browser.evaluate("document.body.innerText").asText();
    assertTrue(page.contains("Write the number with a decimal point and without commas"), page);
    type(browser, 0, "");
    assertTrue(answer(browser).contains("Still needed: Visits \"a\"."), answer(browser));
    browser.evaluate("document.querySelector('.again').click()");
    assertTrue(
        answer(browser).contains("Still needed: Visits \"a\", Is it so?, Plan."), answer(browser));
  }
}
