package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.model.table.LedgerTable;
import personas.table.TableFormat;

/** Runs a log of events from the file to personas. */
class EventsTest {
  private static final Path DATA = Path.of("src/test/resources/events");
  private static final String SPEC = "--spec=" + DATA.resolve("users.yaml");
  private static final String INPUT = "--input=" + DATA.resolve("events.csv");
  private static final String DIRECT = "--runner=DirectRunner";

  /** Means of pandas are sums in the order of the rows, so their last digits may differ. */
  private static final double TOLERANCE = 1e-12;

  @TempDir Path folder;

  private Run run(String name, String... flags) {
    List<String> all = new ArrayList<>(List.of(DIRECT));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  /** The header and the events without a quoted field. */
  static List<String> unquoted() throws IOException {
    return Files.readAllLines(DATA.resolve("events.csv")).stream()
        .filter(line -> line.indexOf('"') < 0)
        .toList();
  }

  private static List<String> users(Run run) throws IOException {
    return Files.readAllLines(run.output().resolve("users-00000.csv"));
  }

  private static Map<String, String[]> byId(List<String> lines) {
    Map<String, String[]> rows = new TreeMap<>();
    lines.stream().skip(1).map(line -> line.split(",", -1)).forEach(row -> rows.put(row[0], row));
    return rows;
  }

  private static String events(Run run) throws IOException {
    return Files.readString(run.output().resolve("events.json"));
  }

  private static long count(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
    assertTrue(matcher.find(), json);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void agreesWithPandas() throws IOException {
    List<String> ours = users(run("out", SPEC, INPUT).succeeded());
    List<String> theirs = Files.readAllLines(DATA.resolve("expected.csv"));
    assertEquals(theirs.get(0), ours.get(0));
    Map<String, String[]> rows = byId(ours);
    Map<String, String[]> expected = byId(theirs);
    assertEquals(expected.keySet(), rows.keySet());
    String[] columns = ours.get(0).split(",", -1);
    for (String id : expected.keySet()) {
      for (int column = 1; column < columns.length; column++) {
        String wanted = expected.get(id)[column];
        String found = rows.get(id)[column];
        String where = id + ", " + columns[column];
        if (columns[column].equals("plan") || wanted.isEmpty()) {
          assertEquals(wanted, found, where);
        } else {
          double value = Double.parseDouble(wanted);
          double tolerance = columns[column].equals("mean_amount") ? TOLERANCE * value : 0;
          assertEquals(value, Double.parseDouble(found), tolerance, where);
        }
      }
    }
  }

  @Test
  void countsEveryEventOnceAndCopiesMeasures() throws IOException {
    Path log = folder.resolve("log.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(DATA.resolve("events.csv")));
    lines.add("c1,yesterday,order,5,p1,free");
    lines.add("c1,2026-10-01,order,five,p1,free");
    lines.add(",2026-10-01,order,5,p1,free");
    lines.add("c1,,order,5,p1,free");
    Files.write(log, lines);
    Run run = run("out", SPEC, "--input=" + log).succeeded();
    String json = events(run);
    assertEquals(lines.size() - 1, count(json, "read"));
    assertEquals(lines.size() - 5, count(json, "aggregated"));
    assertEquals(4, count(json, "rejected"));
    assertEquals(39, count(json, "users"));
    for (String reason : List.of("not_a_time", "not_a_number", "missing_id", "missing_value")) {
      assertEquals(1, count(json, reason), reason);
    }
    assertEquals(4, run.rows("rejected").size());
    LedgerTable.Row users =
        LedgerTable.read(Files.readString(run.output().resolve(LedgerTable.FILE))).get(0);
    assertEquals("users of " + log, users.source());
    assertEquals(39, users.read());
    assertEquals(39, run.rows("assignments").size());
    String header = Files.readAllLines(run.files("assignments").get(0)).get(0);
    assertTrue(header.endsWith(",plan,smallest"), header);
  }

  @Test
  void looksBackFromADate() throws IOException {
    Path spec = folder.resolve("asof.yaml");
    Files.writeString(
        spec,
        Files.readString(DATA.resolve("users.yaml"))
            .replace("    time: at\n", "    time: at\n    asOf: 2026-08-31\n"));
    Run run = run("out", "--spec=" + spec, INPUT).succeeded();
    String json = events(run);
    assertTrue(json.contains("\"asOf\":\"2026-08-31\""), json);
    assertEquals(count(json, "read"), count(json, "aggregated") + count(json, "laterThanAsOf"));
    // The same as from a log that ends with that date, but for events that cross midnight in UTC.
    for (String[] user : byId(users(run)).values()) {
      assertTrue(user[11].isEmpty() || Integer.parseInt(user[11]) >= 0, user[0]);
    }
  }

  @Test
  void readsJsonAvroAndParquetAsItReadsCsv() throws IOException, SQLException {
    List<String> expected = users(run("csv", SPEC, INPUT).succeeded());
    List<String> lines = unquoted();
    Path csv = Files.write(folder.resolve("unquoted.csv"), lines);
    List<String> plain = users(run("plain", SPEC, "--input=" + csv).succeeded());
    Set<String> texts = Set.of("customer", "at", "type", "product", "plan");
    for (TableFormat format : List.of(TableFormat.AVRO, TableFormat.PARQUET)) {
      Path typed = folder.resolve("typed" + format.ending());
      TypedFilesTest.write(format, lines, texts, typed);
      assertEquals(plain, users(run("t" + format, SPEC, "--input=" + typed).succeeded()));
    }
    Path json = folder.resolve("events.jsonl");
    Path parquet = folder.resolve("events.parquet");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      String table =
          "(SELECT * FROM read_csv('"
              + DATA.resolve("events.csv")
              + "', header = true, all_varchar = true))";
      statement.execute("COPY " + table + " TO '" + json + "' (FORMAT json)");
      statement.execute("COPY " + table + " TO '" + parquet + "' (FORMAT parquet)");
    }
    assertEquals(expected, users(run("json", SPEC, "--input=" + json).succeeded()));
    assertEquals(expected, users(run("parquet", SPEC, "--input=" + parquet).succeeded()));
  }

  @Test
  void scoresNewEventsWithTheSpecOfTheTraining() throws IOException {
    Run trained = run("out", SPEC, INPUT).succeeded();
    Path output = folder.resolve("scored");
    Run scored =
        Run.command(
            output,
            "score",
            "--quiet",
            DIRECT,
            SPEC,
            INPUT,
            "--model=" + trained.output().resolve("model.json"),
            "--output=" + output);
    assertEquals(ExitCode.DONE, scored.exitCode(), scored.errors());
    assertEquals(
        trained.rows("assignments").stream().map(EventsTest::withoutDistances).toList(),
        scored.rows("assignments").stream().map(EventsTest::withoutDistances).toList());
    assertEquals(events(trained), events(scored));
  }

  private static List<String> withoutDistances(String row) {
    return List.of(row.split(",", -1)).subList(0, 3);
  }

  @Test
  void refusesALogOfWhichTooMuchCannotBeRead() throws IOException {
    Path log = folder.resolve("log.csv");
    Files.writeString(
        log,
        """
        customer,at,type,amount,product,plan
        c1,31.10.2026,order,5,p1,free
        c2,30.10.2026,order,5,p1,free
        """);
    Run run = run("out", SPEC, "--input=" + log);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(
        run.errors()
            .contains(
                "All 2 records were rejected.\n"
                    + "  Column `at` holds a value that is not a time in 2 records, for example"
                    + " \"31.10.2026\" ("
                    + log
                    + ", line 2). Allowed are dates and times of ISO 8601, such as 2026-10-31 and"
                    + " 2026-10-31T23:59:59Z, and seconds or milliseconds since 1970."),
        run.errors());
  }

  @Test
  void refusesALogWithoutAColumnBeforeAJob() throws IOException {
    Path log = folder.resolve("log.csv");
    Files.writeString(log, "customer,at,kind,amount,product,plan\nc1,2026-10-01,order,5,p1,free\n");
    Run run = run("out", SPEC, "--input=" + log);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("missing column 'type'"), run.errors());
  }

  @Test
  void refusesEventsThatAreAllLaterThanTheDate() throws IOException {
    Path spec = folder.resolve("asof.yaml");
    Files.writeString(
        spec,
        Files.readString(DATA.resolve("users.yaml"))
            .replace("    time: at\n", "    time: at\n    asOf: 2020-01-01\n"));
    Run run = run("out", "--spec=" + spec, INPUT);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(
        run.errors()
            .contains(
                "events are later than the 2020-01-01 of input.aggregate.asOf; name a later date,"
                    + " or remove the key to take the date of the latest event"),
        run.errors());
  }
}
