package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.Run;

/** Checks that the library gives users the same rows as a run. */
class PersonaModelTest {
  private static final int THREADS = 8;

  @TempDir static Path folder;
  private static final Map<UserTable, Run> RUNS = new LinkedHashMap<>();
  private static final Map<UserTable, PersonaModel> MODELS = new LinkedHashMap<>();

  @BeforeAll
  static void segment() throws IOException {
    for (UserTable table : UserTable.all()) {
      Run run = table.segment(folder);
      RUNS.put(table, run);
      MODELS.put(table, PersonaModel.load(run.output().resolve("model.json")));
    }
  }

  /** The score of a record, or its reason and column. */
  private static Object result(PersonaModel model, Map<String, ?> record) {
    try {
      return model.score(record);
    } catch (RejectedRecordException e) {
      return e.reason() + "," + e.column();
    }
  }

  /** The first record that holds a user. */
  private static Map<String, String> accepted(UserTable table) {
    int row = 0;
    while (!(result(MODELS.get(table), table.record(row)) instanceof PersonaScore)) {
      row++;
    }
    return table.record(row);
  }

  private static List<Object> results(UserTable table) {
    List<Object> results = new ArrayList<>();
    for (int row = 0; row < table.rows().size(); row++) {
      results.add(result(MODELS.get(table), table.record(row)));
    }
    return results;
  }

  private static Map<String, List<String>> columns(UserTable table) {
    Map<String, List<String>> columns = new HashMap<>();
    for (int c = 0; c < table.columns().size(); c++) {
      int column = c;
      columns.put(
          table.columns().get(c), table.rows().stream().map(row -> row.get(column)).toList());
    }
    return columns;
  }

  @Test
  void recordsGetTheRowsOfTheAssignmentsAndTheSameRejections() throws IOException {
    for (UserTable table : UserTable.all()) {
      List<String> assignments = new ArrayList<>();
      List<String> rejections = new ArrayList<>();
      List<Object> results = results(table);
      for (int row = 0; row < results.size(); row++) {
        if (results.get(row) instanceof PersonaScore score) {
          assignments.add(UserTable.assignment(table.rows().get(row).get(0), score));
        } else {
          rejections.add((String) results.get(row));
        }
      }
      assertTrue(assignments.size() > 3_000, table.name() + ": " + assignments.size());
      assertTrue(rejections.size() > 50, table.name() + ": " + rejections.size());
      assertEquals(
          RUNS.get(table).rows("assignments"),
          assignments.stream().sorted().toList(),
          table.name());
      assertEquals(UserTable.rejections(RUNS.get(table)), rejections, table.name());
    }
  }

  @Test
  void columnsGiveWhatTheirRecordsGive() {
    for (UserTable table : UserTable.all()) {
      PersonaScores scores = MODELS.get(table).scoreColumns(columns(table));
      List<Object> found = new ArrayList<>();
      for (int row = 0; row < scores.size(); row++) {
        RejectedRecordException rejected = scores.rejected().get(row);
        found.add(rejected == null ? scores.get(row) : rejected.reason() + "," + rejected.column());
      }
      assertEquals(results(table), found, table.name());
      int first = scores.rejected().firstKey();
      assertThrows(RejectedRecordException.class, () -> scores.get(first));
    }
  }

  @Test
  void aTypedValueCountsAsItsText() {
    UserTable table = UserTable.numbers();
    PersonaModel model = MODELS.get(table);
    for (int row = 0; row < table.rows().size(); row++) {
      Map<String, String> record = table.record(row);
      Map<String, Object> decimals = new HashMap<>(record);
      Map<String, Object> doubles = new HashMap<>(record);
      record.forEach(
          (column, text) -> {
            if (text.matches("-?[0-9.E-]+")) {
              decimals.put(column, new BigDecimal(text));
              doubles.put(
                  column,
                  text.contains(".")
                      ? (Object) Double.valueOf(text)
                      : (Object) Integer.valueOf(text));
            } else if (text.isEmpty()) {
              decimals.put(column, null);
              doubles.remove(column);
            }
          });
      Object expected = result(model, record);
      assertEquals(expected, result(model, decimals), decimals.toString());
      assertEquals(expected, result(model, doubles), doubles.toString());
    }
  }

  @Test
  void aBooleanCountsAsItsWord() {
    UserTable table = UserTable.categories();
    PersonaModel model = MODELS.get(table);
    int booleans = 0;
    for (int row = 0; row < table.rows().size(); row++) {
      Map<String, String> record = table.record(row);
      Map<String, Object> typed = new HashMap<>(record);
      String trial = record.get("trial");
      if (trial.equalsIgnoreCase("true") || trial.equalsIgnoreCase("false")) {
        typed.put("trial", Boolean.valueOf(trial));
        booleans++;
      }
      assertEquals(result(model, record), result(model, typed), typed.toString());
    }
    assertTrue(booleans > 3_000, "booleans: " + booleans);
  }

  /**
   * Only the classes of the jar, its two libraries and the JDK: no Beam, Flink, Avro or Parquet.
   */
  @Test
  void theJarAloneGivesTheSame() throws Exception {
    try (ModelJar jar = ModelJar.in(folder)) {
      for (UserTable table : UserTable.all()) {
        Path file = RUNS.get(table).output().resolve("model.json");
        List<String> found = new ArrayList<>();
        for (int row = 0; row < table.rows().size(); row++) {
          found.add(jar.score(file, table.record(row)));
        }
        List<String> expected = results(table).stream().map(String::valueOf).toList();
        assertEquals(expected, found, table.name());
      }
    }
  }

  @Test
  void theJarHoldsAllThatItsClassesName() throws Exception {
    try (ModelJar jar = ModelJar.in(folder)) {
      assertEquals(List.of(), jar.libraries(), "libraries other than Jackson and FastDoubleParser");
      assertEquals(List.of(), jar.missing(), "classes that the jar names and does not hold");
    }
  }

  @Test
  void manyThreadsGiveWhatOneGives() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (UserTable table : UserTable.all()) {
        List<Object> expected = results(table);
        PersonaModel shared = PersonaModel.load(RUNS.get(table).output().resolve("model.json"));
        List<Callable<List<Object>>> work = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          int first = t;
          work.add(
              () -> {
                Object[] found = new Object[table.rows().size()];
                for (int i = 0; i < found.length; i++) {
                  int row = (i + 997 * first) % found.length;
                  found[row] = result(shared, table.record(row));
                }
                return Arrays.asList(found);
              });
        }
        for (Future<List<Object>> found : threads.invokeAll(work)) {
          assertEquals(expected, found.get(), table.name());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A record that no scorer can read must not leave anything to the next record. */
  @Test
  void aCallThatFailsLeavesNothingBehind() throws IOException {
    UserTable table = UserTable.numbers();
    PersonaModel model = PersonaModel.load(RUNS.get(table).output().resolve("model.json"));
    Map<String, String> good = accepted(table);
    Object expected = result(model, good);
    Map<String, Object> bad = new HashMap<>(good);
    bad.put("visits", null);
    bad.put("score", List.of(1));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> model.score(bad));
    assertTrue(refused.getMessage().startsWith("Column 'score': "), refused.getMessage());
    assertEquals(expected, result(model, good));
  }

  @Test
  void aRejectionSaysWhatIsAllowed() {
    PersonaModel numbers = MODELS.get(UserTable.numbers());
    Map<String, String> good = accepted(UserTable.numbers());
    Map<String, String> messages = new TreeMap<>();
    messages.put("", "Column 'spend' has no value, and the model needs one.");
    messages.put("abc", "Column 'spend' holds \"abc\", which is not a number.");
    messages.put("1e999", "Column 'spend' holds \"1e999\", which is not a finite number.");
    messages.put("-1", "Column 'spend' holds \"-1\", which is not in 0.0..100000.0.");
    messages.forEach(
        (value, message) -> {
          Map<String, String> record = new HashMap<>(good);
          record.put("spend", value);
          RejectedRecordException rejected =
              assertThrows(RejectedRecordException.class, () -> numbers.score(record), value);
          assertEquals(message, rejected.getMessage());
          assertEquals("spend", rejected.column());
          assertEquals(value, rejected.value());
        });
    Map<String, String> boundless = new HashMap<>(good);
    boundless.put("refunds", "-1");
    RejectedRecordException logarithm =
        assertThrows(RejectedRecordException.class, () -> numbers.score(boundless));
    assertEquals("Column 'refunds' holds \"-1\", which is not above -1.", logarithm.getMessage());
    Map<String, String> user = new HashMap<>(accepted(UserTable.categories()));
    user.put("trial", "perhaps");
    RejectedRecordException word =
        assertThrows(
            RejectedRecordException.class, () -> MODELS.get(UserTable.categories()).score(user));
    assertTrue(word.getMessage().contains("yes/no"), word.getMessage());
  }

  @Test
  void refusesColumnsThatAreNotATable() {
    PersonaModel model = MODELS.get(UserTable.numbers());
    assertEquals(List.of("spend", "visits", "basket", "refunds", "score"), model.columns());
    Map<String, List<String>> columns = new HashMap<>(columns(UserTable.numbers()));
    columns.put("score", List.of("1"));
    IllegalArgumentException lengths =
        assertThrows(IllegalArgumentException.class, () -> model.scoreColumns(columns));
    assertEquals(
        "Column 'score' holds 1 values, but column 'spend' holds 4000", lengths.getMessage());
    columns.remove("visits");
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> model.scoreColumns(columns));
    assertTrue(missing.getMessage().startsWith("Column 'visits' is missing"));
    assertEquals(
        0,
        model
            .scoreColumns(
                Map.of(
                    "spend", List.of(), "visits", List.of(), "basket", List.of(), "refunds",
                    List.of(), "score", List.of()))
            .size());
  }

  @Test
  void rejectsAFileThatIsNotAModel() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                PersonaModel.load(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))));
    assertEquals("model.json: is not a model: the key format is missing", refused.getMessage());
    assertThrows(IOException.class, () -> PersonaModel.load(folder.resolve("nothing.json")));
  }
}
