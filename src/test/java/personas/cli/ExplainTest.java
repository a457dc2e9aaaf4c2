package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.PersonaModel;
import personas.cli.exit.ExitCode;

/** Checks {@code --explain}: why a user has the persona, and which change gives another one. */
class ExplainTest {
  private static final int USERS = 1_200;
  private static final String SPEC =
      """
      name: shop
      input: {id: id, passThrough: [note]%s}
      features:
        - {name: calls, label: API calls, unit: per month, min: 0%s}
        - {name: spend, transform: log1p, min: 0, max: 5000%s}
        - {name: plan, type: category, levels: [free, pro, team], missing: level%s}
        - {name: newsletter, type: boolean, missing: mode%s}
        - {name: age, missing: mean}
      clustering: {k: 4}
      %s
      """;
  private static final String ACTIONABLE = ", actionable: true";

  @TempDir static Path folder;
  private static Path input;
  private static Path spec;
  private static Run plain;
  private static Run explained;

  @BeforeAll
  static void segment() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder("id,calls,spend,plan,newsletter,age,note\n");
    for (int i = 0; i < USERS; i++) {
      int group = i % 4;
      csv.append("u").append(i).append(',');
      csv.append(10 * group + random.nextInt(15)).append(',');
      csv.append(String.format(Locale.ROOT, "%.2f", Math.exp(2 + group + 2 * random.nextDouble())));
      csv.append(',').append(List.of("free", "pro", "team", "gone", "").get(random.nextInt(5)));
      csv.append(',').append(List.of("yes", "no", "no", "").get(random.nextInt(4)));
      csv.append(',').append(random.nextInt(20) == 0 ? "" : 20 + random.nextInt(50));
      csv.append(",n").append(i % 7).append('\n');
    }
    input = Files.writeString(folder.resolve("users.csv"), csv.toString());
    String a = ACTIONABLE;
    spec = Files.writeString(folder.resolve("a.yaml"), SPEC.formatted("", a, a, a, a, ""));
    plain = run("plain").succeeded();
    explained = run("explained", "--explain", "--runner=DirectRunner").succeeded();
  }

  private static Run run(String name, String... flags) {
    List<String> all = new ArrayList<>(List.of("--input=" + input, "--spec=" + spec));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  private static Run score(String name, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--quiet",
                "--explain",
                "--model=" + plain.output().resolve("model.json"),
                "--input=" + input,
                "--output=" + folder.resolve(name)));
    all.addAll(List.of(flags));
    return Run.command(folder.resolve(name), all.toArray(String[]::new));
  }

  private static List<NamedCsvRecord> records(Path... files) throws IOException {
    List<NamedCsvRecord> records = new ArrayList<>();
    for (Path file : files) {
      try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
        reader.forEach(records::add);
      }
    }
    return records;
  }

  private static List<NamedCsvRecord> assignments(Run run) throws IOException {
    return records(run.files("assignments").toArray(Path[]::new));
  }

  @Test
  void theColumnsStandBehindTheMarginAndNothingElseChanges() throws IOException {
    List<List<String>> without = new ArrayList<>();
    for (NamedCsvRecord row : assignments(explained)) {
      assertEquals(
          List.of(
              "user_id",
              "cluster",
              "persona",
              "distance",
              "second_persona",
              "margin",
              "outlier",
              "why",
              "least_change",
              "note"),
          row.getHeader());
      List<String> fields = new ArrayList<>(row.getFields());
      fields.subList(7, 9).clear();
      without.add(fields);
    }
    assertEquals(assignments(plain).stream().map(NamedCsvRecord::getFields).toList(), without);
    assertEquals(plain.modelText(), explained.modelText());
    assertEquals(plain.reportBytes(), explained.reportBytes());
  }

  @Test
  void everyRunnerAndTheScoreGiveTheSameBytes() throws IOException {
    List<String> rows = explained.rows("assignments");
    assertEquals(USERS, rows.size());
    Run flink = run("flink", "--explain", "--runner=FlinkRunner", "--parallelism=2", "--slots=3");
    assertEquals(rows, flink.succeeded().rows("assignments"));
    assertEquals(
        rows,
        score("scored", "--runner=DirectRunner", "--slots=5").succeeded().rows("assignments"));
    assertEquals(
        rows, score("flink-scored", "--runner=FlinkRunner").succeeded().rows("assignments"));
  }

  @Test
  void aWrittenChangeGivesTheSecondPersonaInTheLibrary() throws IOException {
    PersonaModel model = PersonaModel.load(plain.output().resolve("model.json"));
    Map<String, NamedCsvRecord> users = new TreeMap<>();
    records(input).forEach(user -> users.put(user.getField("id"), user));
    int changes = 0;
    for (NamedCsvRecord row : assignments(explained)) {
      Map<String, String> record =
          new TreeMap<>(users.get(row.getField("user_id")).getFieldsAsMap());
      String text = row.getField("least_change");
      if (text.isEmpty()) {
        continue;
      }
      for (String change : text.split("; ", -1)) {
        String[] labelAndValues = change.split(": ", -1);
        String[] values = labelAndValues[1].replace(" per month", "").split(" to ", -1);
        String column = labelAndValues[0].replace("API calls", "calls");
        assertTrue(!column.equals("age"), text);
        String before = record.put(column, values[1]);
        assertEquals(
            before.isEmpty() ? "missing" : before.equals("gone") ? "other" : before,
            before.contains(".")
                ? String.format(Locale.ROOT, "%.2f", Double.valueOf(values[0]))
                : values[0],
            text);
      }
      assertEquals(row.getField("second_persona"), model.score(record).persona(), text);
      changes++;
    }
    assertTrue(changes > USERS / 2, "" + changes);
  }

  @Test
  void aReaderFindsTheWordsOfTheSpec() throws IOException {
    NamedCsvRecord first = assignments(explained).get(0);
    assertEquals(
        "spend: 5.81 of 10.25; API calls: 5.63; plan: 0.05; 2 others: -1.24",
        first.getField("why"));
    assertEquals(
        "API calls: 1 to 20 per month; spend: 7.64 to 53.7", first.getField("least_change"));
  }

  @Test
  void avroAndParquetHoldTheSameTexts() throws IOException {
    for (String format : List.of("avro", "parquet")) {
      Path typed = folder.resolve(format + ".yaml");
      String a = ACTIONABLE;
      Files.writeString(typed, SPEC.formatted("", a, a, a, a, "output: {format: " + format + "}"));
      Run run = score(format, "--spec=" + typed).succeeded();
      Path copy = folder.resolve(format + "-copy.yaml");
      Files.writeString(
          copy,
          """
          name: copy
          input: {id: user_id, passThrough: [note]}
          features: [{name: distance}, {name: margin}]
          describe: [why, least_change]
          clustering: {k: 2}
          """);
      Run fromTyped =
          Run.segment(
              folder.resolve(format + "-copy"),
              "--spec=" + copy,
              "--input=" + run.output() + "/assign*");
      Run fromCsv =
          Run.segment(
              folder.resolve(format + "-csv"),
              "--spec=" + copy,
              "--input=" + explained.output() + "/assign*");
      assertEquals(
          Files.readString(fromCsv.succeeded().output().resolve("profile.csv")),
          Files.readString(fromTyped.succeeded().output().resolve("profile.csv")));
    }
  }

  @Test
  void explainedAssignmentsServeTheNextRun() throws IOException {
    Run next =
        run(
            "next",
            "--explain",
            "--previousModel=" + explained.output().resolve("model.json"),
            "--previousAssignments=" + explained.output() + "/assignments-*.csv");
    for (NamedCsvRecord row : assignments(next.succeeded())) {
      assertEquals("previous_persona", row.getHeader().get(9));
      assertEquals(row.getField("persona"), row.getField("previous_persona"));
    }
  }

  @Test
  void aFeatureThatIsActionableHasTheSameDigest() throws IOException {
    Path other =
        Files.writeString(folder.resolve("none.yaml"), SPEC.formatted("", "", "", "", "", ""));
    Run none =
        Run.segment(folder.resolve("none"), "--input=" + input, "--spec=" + other, "--explain");
    assertEquals(plain.model().spec().digest(), none.succeeded().model().spec().digest());
    assertNotEquals(plain.modelText(), none.modelText());
    assertTrue(assignments(none).stream().allMatch(row -> row.getField("least_change").isEmpty()));
    assertEquals(
        assignments(explained).stream().map(row -> row.getField("why")).toList(),
        assignments(none).stream().map(row -> row.getField("why")).toList());
  }

  @Test
  void aCopiedColumnOfTheSameNameIsRefused() throws IOException {
    Path other = folder.resolve("why.yaml");
    Files.writeString(other, SPEC.formatted("", "", "", "", "", "").replace("[note]", "[why]"));
    Run refused =
        Run.segment(folder.resolve("why"), "--input=" + input, "--spec=" + other, "--explain");
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.errors().contains("--explain: adds a column 'why'"), refused.errors());
  }
}
