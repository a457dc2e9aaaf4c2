package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;

/**
 * Checks that a table or a query of BigQuery gives the same bytes as a CSV file with the same rows,
 * and that a table receives assignments.
 */
class BigQueryTest {
  private static final int USERS = 2000;
  private static final String TABLE = "bigquery: {table: analytics.users}";

  @TempDir static Path folder;
  private static List<String> columns;
  private static List<TableRow> rows;
  private static Path csv;
  private static Run reference;

  @BeforeAll
  static void fill() throws Exception {
    OfflineBigQuery.start();
    List<String> lines = Run.simulated(USERS, 7);
    csv = Files.write(folder.resolve("users.csv"), lines);
    List<String> names = List.of(lines.get(0).split(",", -1));
    columns = names.stream().map(name -> name + " " + type(name)).toList();
    rows = lines.stream().skip(1).map(line -> row(names, line)).toList();
    OfflineBigQuery.create("users", columns, rows);
    reference =
        Run.segment(folder.resolve("reference"), "--spec=" + spec("csv", "", ""), "--input=" + csv)
            .succeeded();
  }

  private static String type(String column) {
    return switch (column) {
      case "user_id", "expected_persona" -> "STRING";
      case "images_generated_monthly", "api_calls_monthly" -> "INTEGER";
      default -> "FLOAT";
    };
  }

  private static TableRow row(List<String> names, String line) {
    String[] fields = line.split(",", -1);
    TableRow row = new TableRow();
    for (int i = 0; i < fields.length; i++) {
      row.set(
          names.get(i),
          switch (type(names.get(i))) {
            case "INTEGER" -> (Object) Long.valueOf(fields[i]);
            case "FLOAT" -> Double.valueOf(fields[i]);
            default -> fields[i];
          });
    }
    return row;
  }

  private static List<TableRow> shuffled(long seed) {
    System.out.println("rows shuffled with seed " + seed);
    List<TableRow> other = new ArrayList<>(rows);
    Collections.shuffle(other, new Random(seed));
    return other;
  }

  /** The spec of the sample with keys for its input and its output. */
  private static Path spec(String name, String input, String output) throws IOException {
    String yaml =
        Files.readString(Path.of("pipelines/image-platform-users.yaml"))
            .replaceAll("(?m)^  path: .*\n", input.isEmpty() ? "" : "  " + input + "\n");
    return Files.writeString(folder.resolve(name + ".yaml"), yaml + "\n" + output + "\n");
  }

  private static List<String> offline(String name) {
    return OfflineBigQuery.flags(folder.resolve(name + "-temp"));
  }

  private static Run segment(String name, Path spec, String... flags) {
    List<String> all = new ArrayList<>(List.of("--spec=" + spec));
    all.addAll(offline(name));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "table,'bigquery: {table: analytics.users}',--runner=DirectRunner",
    "project,'bigquery: {table: fake-project.analytics.users}',--runner=DirectRunner --slots=1",
    "flink,'bigquery: {table: analytics.users}',--runner=FlinkRunner --parallelism=2",
    "dataStream,'bigquery: {table: analytics.users}',--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true",
    "query,'bigquery: {query: SELECT * FROM users}',--runner=DirectRunner"
  })
  void theRowsGiveTheBytesOfTheCsv(String name, String input, String flags) throws IOException {
    Run run = segment(name, spec(name, input, ""), flags.split(" ", -1)).succeeded();
    assertEquals(reference.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(reference.reportBytes(), run.reportBytes());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertTrue(Files.readString(run.output().resolve("ledger.csv")).contains("\nbigquery://"));
  }

  /** Creates a table with the rows of a CSV file; a field without a text is null. */
  private static void load(String table, List<String> types, Path csv) throws Exception {
    List<String> lines = Files.readAllLines(csv);
    String[] names = lines.get(0).split(",", -1);
    List<String> schema = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      schema.add(names[i] + " " + types.get(i));
    }
    List<TableRow> loaded = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      TableRow row = new TableRow();
      for (int i = 0; i < names.length; i++) {
        row.set(names[i], fields[i].isEmpty() ? null : typed(types.get(i), fields[i]));
      }
      loaded.add(row);
    }
    OfflineBigQuery.create(table, schema, loaded);
  }

  private static Object typed(String type, String field) {
    return switch (type) {
      case "INTEGER" -> Long.valueOf(field);
      case "FLOAT" -> Double.valueOf(field);
      default -> field;
    };
  }

  /** A spec whose input is a table; the other keys of the input stay. */
  private static Path ofTable(String table, String yaml) throws IOException {
    String source = TABLE.replace("users", table);
    return Files.writeString(
        folder.resolve(table + ".yaml"), yaml.replace("input:\n", "input:\n  " + source + "\n"));
  }

  @Test
  void eventsOfATableGiveTheUsersOfTheCsv() throws Exception {
    Path log = Files.write(folder.resolve("events.csv"), EventsTest.unquoted());
    List<String> types = List.of("STRING", "STRING", "STRING", "FLOAT", "STRING", "STRING");
    load("events", types, log);
    Path file = Path.of("src/test/resources/events/users.yaml");
    Run csv = segment("events-csv", file, "--input=" + log).succeeded();
    Run run = segment("events", ofTable("events", Files.readString(file))).succeeded();
    assertEquals(csv.rows("users"), run.rows("users"));
    assertEquals(csv.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(csv.rows("assignments"), run.rows("assignments"));
  }

  @Test
  void weightsOfATableGiveTheBytesOfTheCsv() throws Exception {
    Path customers = Path.of("src/test/resources/weights/customers.csv");
    List<String> types = List.of("STRING", "FLOAT", "STRING", "INTEGER", "STRING", "INTEGER");
    load("customers", types, customers);
    Path file = Files.writeString(folder.resolve("weights-csv.yaml"), WeightTest.SPEC);
    Run csv = segment("weights-csv", file, "--input=" + customers).succeeded();
    Run run = segment("weights", ofTable("customers", WeightTest.SPEC)).succeeded();
    assertEquals(csv.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(csv.rows("assignments"), run.rows("assignments"));
  }

  @ParameterizedTest
  @CsvSource({"analytics.users,,table: 'analytics.users'", ",SELECT * FROM users,query: 'SELECT"})
  void initWritesTheSpecOfATable(String table, String query, String key) throws IOException {
    String name = table == null ? "init-query" : "init-table";
    Path spec = folder.resolve(name + ".yaml");
    List<String> flags = new ArrayList<>(List.of("init"));
    flags.addAll(offline(name));
    flags.add("--input=bigquery://" + (table == null ? "" : table));
    if (query != null) {
      flags.add("--query=" + query);
    }
    flags.add("--output=" + spec);
    Run init = Run.command(folder, flags.toArray(String[]::new));
    assertEquals(ExitCode.DONE, init.exitCode(), init.errors());
    String yaml = Files.readString(spec);
    assertTrue(yaml.contains("\n  bigquery:\n    " + key), yaml);
    assertTrue(yaml.contains("\n  - name: 'images_generated_monthly' # numeric: "), yaml);
    Run run = segment(name, spec, "--k=3").succeeded();
    assertEquals(USERS, run.rows("assignments").size());
  }

  /** Also where the rows come otherwise: in another order, and from another file of the export. */
  @Test
  void aRowHasTheSamePlaceInEveryRun() throws Exception {
    OfflineBigQuery.create("shuffled", columns, shuffled(11));
    Run first = segment("placed", spec("placed", TABLE, ""), "--slots=1").succeeded();
    Path other = spec("moved", TABLE.replace("users", "shuffled"), "");
    Run moved = segment("moved", other, "--slots=1").succeeded();
    Path file = first.files("assignments").get(0);
    assertEquals(Files.readString(file), Files.readString(moved.files("assignments").get(0)));
    assertNotEquals(
        Files.readString(reference.files("assignments").get(0)), Files.readString(file));
  }

  @Test
  void dirtyRowsAreRejectedByTheSameNumberInEveryRun() throws Exception {
    List<String> rejected = new ArrayList<>();
    for (long seed : new long[] {1, 2}) {
      String table = "dirty" + seed;
      List<TableRow> dirty = new ArrayList<>(shuffled(seed).stream().map(TableRow::clone).toList());
      for (TableRow row : dirty) {
        switch (row.get("user_id").toString()) {
          case "user-000000003" -> row.set("images_generated_monthly", -5L);
          case "user-000000005" -> row.set("user_id", null);
          case "user-000000008" -> row.set("api_calls_monthly", null);
          default -> {}
        }
      }
      OfflineBigQuery.create(table, columns, dirty);
      Path spec = spec(table, TABLE.replace("users", table), "");
      Run run = segment(table, spec).succeeded();
      assertEquals(3, run.rows("rejected").size());
      assertEquals(USERS - 3, run.rows("assignments").size());
      rejected.add(String.join("\n", run.rows("rejected")).replace(table, ""));
    }
    assertEquals(rejected.get(0), rejected.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner",
        "--runner=FlinkRunner --parallelism=2",
        "--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true"
      })
  void aScoreFillsATableAndAnotherReplacesIt(String flags) throws Exception {
    String table = "scored_" + Integer.toHexString(flags.hashCode());
    Path spec = spec(table, TABLE, "output: {bigquery: {table: analytics." + table + "}}");
    for (int time = 1; time <= 2; time++) {
      Path output = folder.resolve(table + time);
      List<String> args = new ArrayList<>(List.of("score", "--quiet", "--output=" + output));
      args.add("--model=" + reference.output().resolve("model.json"));
      args.add("--spec=" + spec);
      args.addAll(offline(table + time));
      args.addAll(List.of(flags.split(" ", -1)));
      Run run = Run.command(output, args.toArray(String[]::new)).succeeded();
      assertTrue(run.files("assignments").stream().allMatch(f -> f.toString().endsWith(".avro")));
      assertEquals(reference.rows("assignments"), lines(table));
    }
  }

  @Test
  void theListsOfPersonasFillATableToo() throws Exception {
    Path spec =
        spec("lists", TABLE, "output: {bigquery: {table: analytics.lists}, audiences: bigquery}");
    Run run = segment("lists", spec).succeeded();
    List<String> expected = new ArrayList<>();
    for (Path file : run.files("audience")) {
      List<String> rows = Files.readAllLines(file);
      String audience =
          file.getFileName().toString().replaceFirst("audience-", "").replaceFirst("-\\d+.csv", "");
      rows.subList(1, rows.size()).forEach(row -> expected.add(audience + ",member," + row));
    }
    assertEquals(reference.rows("assignments").size(), expected.size());
    assertEquals(
        expected.stream().sorted().toList(),
        OfflineBigQuery.rows("lists_audiences").stream()
            .map(
                row ->
                    String.join(
                        ",",
                        "" + row.get("audience"),
                        "" + row.get("change"),
                        "" + row.get("user_id"),
                        "" + row.get("expected_persona")))
            .sorted()
            .toList());
    assertEquals(reference.rows("assignments"), lines("lists"));
  }

  /** The rows of a table of assignments as those of the CSV. */
  private static List<String> lines(String table) throws Exception {
    return OfflineBigQuery.rows(table).stream()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%.4f,%s,%.4f,%s,%s",
                    row.get("user_id"),
                    row.get("cluster"),
                    row.get("persona"),
                    (Double) row.get("distance"),
                    row.get("second_persona"),
                    (Double) row.get("margin"),
                    row.get("outlier"),
                    row.get("expected_persona")))
        .sorted()
        .toList();
  }

  @Test
  void aTrainingThatBigQueryRefusesLeavesTheTableAndTheFiles() throws Exception {
    Path spec = spec("kept", TABLE, "output: {format: avro, bigquery: {table: analytics.kept}}");
    segment("kept", spec).succeeded();
    assertEquals(reference.rows("assignments"), lines("kept"));
    List<String> names = new Run(0, "", folder.resolve("kept")).names();
    OfflineBigQuery.refusal = "quota exceeded";
    try {
      Run run = segment("kept", spec);
      assertEquals(ExitCode.FAILED, run.exitCode());
      assertTrue(
          run.errors().contains("bigquery://analytics.kept was not changed: quota exceeded"),
          run.errors());
      assertEquals(names, run.names());
    } finally {
      OfflineBigQuery.refusal = null;
    }
    assertEquals(reference.rows("assignments"), lines("kept"));
  }

  @Test
  void refusesUnreadableInputBeforeAJob() throws Exception {
    Run nowhere = segment("nowhere", spec("nowhere", TABLE.replace("users", "nowhere"), ""));
    assertEquals(ExitCode.DATA_REFUSED, nowhere.exitCode());
    assertTrue(
        nowhere.errors().startsWith("bigquery://analytics.nowhere: this table does not exist"),
        nowhere.errors());
    OfflineBigQuery.create("short", columns.subList(0, 2), List.of());
    Run lacks = segment("lacks", spec("lacks", TABLE.replace("users", "short"), ""));
    assertEquals(ExitCode.DATA_REFUSED, lacks.exitCode());
    assertTrue(
        lacks.errors().startsWith("bigquery://analytics.short: missing column '"), lacks.errors());
    OfflineBigQuery.create("empty", columns, List.of());
    Run empty = segment("empty", spec("empty", TABLE.replace("users", "empty"), ""));
    assertEquals(ExitCode.DATA_REFUSED, empty.exitCode(), empty.errors());
    Path elsewhere = spec("elsewhere", TABLE, "output: {bigquery: {table: other.personas}}");
    Run dataset = segment("elsewhere", elsewhere);
    assertEquals(ExitCode.DATA_REFUSED, dataset.exitCode(), dataset.errors());
    assertFalse(Files.exists(dataset.output().resolve("model.json")));
  }

  /** None of it asks the service. */
  @Test
  void flagsThatDoNotFitAreRefused() throws IOException {
    Path spec = spec("flags", TABLE, "output: {bigquery: {table: analytics.personas}}");
    Run local =
        Run.segment(
            folder.resolve("flags"),
            "--spec=" + spec,
            "--project=fake-project",
            "--tempLocation=" + folder);
    assertEquals(ExitCode.USAGE, local.exitCode());
    assertEquals(
        "--tempLocation: "
            + folder
            + "; input.bigquery is exported there, so name a folder in gs://\n",
        local.errors());
    Run output =
        Run.segment(
            folder.resolve("flags"),
            "--spec=" + spec,
            "--project=fake-project",
            "--tempLocation=gs://fake-bucket/temp");
    assertEquals(ExitCode.USAGE, output.exitCode());
    assertTrue(output.errors().startsWith("--output: " + folder), output.errors());
  }

  @Test
  void dataflowGetsTheExportAndTheOrder() throws IOException {
    Path jobFile = folder.resolve("job.json");
    Run.command(
            folder.resolve("dry"),
            "segment",
            "--runner=DataflowRunner",
            "--dryRun",
            "--spec=" + spec("dry", TABLE, "output: {bigquery: {table: analytics.personas}}"),
            "--project=fake-project",
            "--region=us-central1",
            "--tempLocation=gs://fake-bucket/tmp",
            "--output=gs://fake-bucket/out",
            "--jobFile=" + jobFile)
        .succeeded();
    List<String> steps =
        StreamSupport.stream(
                new ObjectMapper().readTree(jobFile.toFile()).path("steps").spliterator(), false)
            .map(step -> step.path("properties").path("user_name").findPath("value").asText())
            .toList();
    String stage = "Read users/Stage BigQuery/";
    assertTrue(
        steps.stream().anyMatch(step -> step.startsWith(stage + "Read BigQuery/")),
        steps.toString());
    assertTrue(steps.contains(stage + "Sort rows"), steps.toString());
    assertTrue(steps.contains(stage + "Number rows"), steps.toString());
    assertTrue(steps.contains("Publish results"), steps.toString());
  }
}
