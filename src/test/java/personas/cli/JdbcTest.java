package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import personas.cli.exit.ExitCode;

/**
 * Checks that a query gives the same bytes as a CSV file with the same rows, and that a table
 * receives the assignments.
 */
class JdbcTest {
  private static final int USERS = 5000;

  @TempDir static Path folder;
  private static PostgreSql server;
  private static List<String> lines;
  private static Run reference;

  @BeforeAll
  static void fill() throws Exception {
    Path programs = PostgreSql.installedOrSkip("JdbcTest");
    server = PostgreSql.startIn(programs, folder);
    lines = Run.simulated(USERS, 7);
    Path csv = Files.write(folder.resolve("users.csv"), lines);
    server.execute(
        "CREATE TABLE users (user_id text, images_generated_monthly integer,"
            + " api_calls_monthly bigint, login_frequency_weekly numeric,"
            + " templates_used_monthly real, custom_generation_minutes_monthly double precision,"
            + " expected_persona text, place serial)");
    try (Connection connection = server.connect();
        Reader rows = new FileReader(csv.toFile(), java.nio.charset.StandardCharsets.UTF_8)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY users (" + lines.get(0) + ") FROM STDIN (FORMAT csv, HEADER)", rows);
    }
    Files.writeString(folder.resolve("password"), PostgreSql.PASSWORD + "\n");
    reference =
        Run.segment(folder.resolve("reference"), "--spec=" + spec("csv", "", ""), "--input=" + csv)
            .succeeded();
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static String access() {
    return "url: '"
        + server.url()
        + "', user: "
        + PostgreSql.USER
        + ", passwordFile: '"
        + folder.resolve("password")
        + "'";
  }

  /** The spec of the sample with keys for its input and its output. */
  private static Path spec(String name, String input, String output) throws IOException {
    String yaml =
        Files.readString(Path.of("pipelines/image-platform-users.yaml"))
            .replaceAll("(?m)^  path: .*\n", input.isEmpty() ? "" : "  " + input + "\n");
    return Files.writeString(folder.resolve(name + ".yaml"), yaml + "\n" + output + "\n");
  }

  private static String query(String sql) {
    return "jdbc: {" + access() + ", query: \"" + sql + "\"}";
  }

  private static Run segment(String name, Path spec, String... flags) {
    List<String> all = new ArrayList<>(List.of("--spec=" + spec));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner --slots=1",
        "--runner=DirectRunner",
        "--runner=FlinkRunner --parallelism=2",
        "--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true"
      })
  void aQueryGivesTheBytesOfTheCsv(String flags) throws IOException {
    Path spec = spec("read", query("SELECT * FROM users ORDER BY place"), "");
    Run run = segment("read" + Integer.toHexString(flags.hashCode()), spec, flags.split(" ", -1));
    run.succeeded();
    assertEquals(reference.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(reference.reportBytes(), run.reportBytes());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    if (flags.endsWith("--slots=1")) {
      assertEquals(
          Files.readString(reference.files("assignments").get(0)),
          Files.readString(run.files("assignments").get(0)));
    }
    assertTrue(
        Files.readString(run.output().resolve("ledger.csv")).contains("\n" + server.url() + ","));
    assertNoPassword(run);
  }

  /** Creates a table with the rows of a CSV file. */
  private static void load(String table, String columns, Path csv) throws Exception {
    server.execute("CREATE TABLE " + table + " (" + columns + ")");
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        Reader rows = new FileReader(csv.toFile(), java.nio.charset.StandardCharsets.UTF_8)) {
      statement.execute("SET TIME ZONE 'UTC'");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER)", rows);
    }
  }

  /** A spec whose input is a query; the other keys of the input stay. */
  private static Path queried(String name, String yaml, String sql) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"), yaml.replace("input:\n", "input:\n  " + query(sql) + "\n"));
  }

  @Test
  void eventsOfAQueryGiveTheUsersOfTheCsv() throws Exception {
    Path events = Path.of("src/test/resources/events");
    load(
        "events",
        "customer text, at timestamptz, type text, amount double precision, product text, plan text",
        events.resolve("events.csv"));
    Path file = events.resolve("users.yaml");
    Run csv = segment("events-csv", file, "--input=" + events.resolve("events.csv")).succeeded();
    Path spec = queried("events", Files.readString(file), "SELECT * FROM events");
    Run run = segment("events", spec).succeeded();
    assertEquals(csv.rows("users"), run.rows("users"));
    assertEquals(csv.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(csv.rows("assignments"), run.rows("assignments"));
  }

  @Test
  void weightsOfAQueryGiveTheBytesOfTheCsv() throws Exception {
    Path customers = Path.of("src/test/resources/weights/customers.csv");
    load(
        "customers",
        "customer text, spend numeric, plan text, visits integer, region text, users smallint",
        customers);
    Path file = Files.writeString(folder.resolve("weights-csv.yaml"), WeightTest.SPEC);
    Run csv = segment("weights-csv", file, "--input=" + customers).succeeded();
    Path spec = queried("weights", WeightTest.SPEC, "SELECT * FROM customers");
    Run run = segment("weights", spec).succeeded();
    assertEquals(csv.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(csv.rows("assignments"), run.rows("assignments"));
  }

  /** {@code init} looks at the rows of a query and writes a spec that a run takes as it is. */
  @Test
  void initWritesTheSpecOfAQuery() throws IOException {
    Path spec = folder.resolve("init.yaml");
    String query = "SELECT * FROM users -- all\nORDER BY place";
    Run init =
        Run.command(
            folder,
            "init",
            "--input=" + server.url(),
            "--query=" + query,
            "--user=" + PostgreSql.USER,
            "--passwordFile=" + folder.resolve("password"),
            "--tempLocation=" + folder.resolve("init-temp"),
            "--output=" + spec);
    assertEquals(ExitCode.DONE, init.exitCode(), init.errors());
    String yaml = Files.readString(spec);
    for (String line :
        List.of(
            "# This spec was written by init, which read all 5,000 records and 8 columns.",
            "  jdbc:\n    url: '"
                + server.url()
                + "'\n    query: \"SELECT * FROM users -- all\\nORDER",
            "  id: 'user_id' # unique",
            "  - name: 'templates_used_monthly' # numeric: ")) {
      assertTrue(yaml.contains(line), line + " in\n" + yaml);
    }
    assertFalse(yaml.contains(PostgreSql.PASSWORD));
    try (Stream<Path> left = Files.list(folder.resolve("init-temp"))) {
      assertEquals(List.of(), left.toList());
    }
    Run run = segment("init", spec, "--k=3").succeeded();
    assertEquals(USERS, run.rows("assignments").size());
  }

  @Test
  void initRefusesAQueryThatTheDatabaseDoesNotTake() {
    for (String[] wrong :
        new String[][] {
          {"SELECT * FROM nobody", "relation \"nobody\" does not exist"},
          {"DELETE FROM users", "input.jdbc.query"},
          {"SELECT user_id FROM users", "no column can be a feature"}
        }) {
      Run init =
          Run.command(
              folder,
              "init",
              "--input=" + server.url(),
              "--query=" + wrong[0],
              "--user=" + PostgreSql.USER,
              "--passwordFile=" + folder.resolve("password"),
              "--tempLocation=" + folder.resolve("wrong-temp"),
              "--output=" + folder.resolve("wrong.yaml"));
      assertEquals(ExitCode.DATA_REFUSED, init.exitCode(), init.errors());
      assertTrue(init.errors().contains(wrong[1]), init.errors());
      assertFalse(Files.exists(folder.resolve("wrong.yaml")));
    }
  }

  @Test
  void onlyInitTakesADatabaseAsAFlag() {
    for (String input : List.of(server.url(), "bigquery://analytics.users")) {
      Run run = Run.segment(folder.resolve("flag"), "--input=" + input);
      assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
      assertTrue(run.errors().contains("a database needs a spec, which the command init writes"));
    }
  }

  /** The rows may have changed, unless the user says of which date they are. */
  @Test
  void aStoppedRunOfAQueryIsContinuedWithTheDateOfTheData() throws Exception {
    for (String date : List.of("", "--dataDate=2026-10-31")) {
      server.execute(
          "DROP TABLE IF EXISTS changing", "CREATE TABLE changing AS SELECT * FROM users");
      String name = "stopped" + date.length();
      Path spec = spec(name, query("SELECT * FROM changing ORDER BY place"), "");
      List<String> flags = new ArrayList<>(List.of("--resume"));
      if (!date.isEmpty()) {
        flags.add(date);
      }
      String[] again = flags.toArray(String[]::new);
      flags.add("--runner=" + StoppedSteps.OnDirect.DirectRunner.class.getName());
      String[] first = flags.toArray(String[]::new);
      Run failed = StoppedSteps.failing("Publish results", () -> segment(name, spec, first));
      assertEquals(ExitCode.FAILED, failed.exitCode(), failed.errors());
      server.execute("DELETE FROM changing WHERE place > 90");
      int users = segment(name, spec, again).succeeded().rows("assignments").size();
      int all = reference.rows("assignments").size();
      assertEquals(!date.isEmpty(), users == all, date + ": " + users + " users");
    }
  }

  private static void assertNoPassword(Run run) throws IOException {
    assertFalse(run.errors().contains(PostgreSql.PASSWORD));
    try (Stream<Path> files = Files.walk(run.output())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(PostgreSql.PASSWORD), file.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner",
        "--runner=FlinkRunner --parallelism=2",
        "--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true"
      })
  void aScoreReadsAQueryAndFillsATable(String flags) throws Exception {
    String table = "scored_" + Integer.toHexString(flags.hashCode());
    Path spec =
        spec(
            table,
            query("SELECT * FROM users ORDER BY place"),
            "output: {jdbc: {" + access() + ", table: public." + table + "}}");
    Path output = folder.resolve(table);
    List<String> args = new ArrayList<>(List.of("score", "--quiet", "--output=" + output));
    args.add("--model=" + reference.output().resolve("model.json"));
    args.add("--spec=" + spec);
    args.addAll(List.of(flags.split(" ", -1)));
    Run run = Run.command(output, args.toArray(String[]::new)).succeeded();
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertEquals(
        reference.rows("assignments"),
        server
            .rows(
                "SELECT user_id, cluster, persona, to_char(distance, 'FM999990.0000'),"
                    + " second_persona, to_char(margin, 'FM990.0000'), outlier::text, expected_persona FROM "
                    + table)
            .stream()
            .sorted()
            .toList());
    assertNoPassword(run);
  }

  @Test
  void aSecondRunUpdatesAndInsertsAndLeavesTheOthers() throws Exception {
    String output = "output: {jdbc: {" + access() + ", table: personas}}";
    server.execute(
        "CREATE TABLE personas (user_id text PRIMARY KEY, cluster smallint, persona text,"
            + " distance numeric, second_persona text, margin real, outlier boolean, expected_persona text,"
            + " note text DEFAULT 'kept')");
    server.execute("INSERT INTO personas (user_id, note) VALUES ('gone', 'old')");
    String formula = "=1+1";
    server.execute(
        "INSERT INTO personas (user_id, note) SELECT user_id, 'old' FROM users WHERE place = 1",
        "CREATE VIEW odd AS SELECT CASE WHEN place = 2 THEN '"
            + formula
            + "' WHEN place = 3 THEN 'O''Neil \"x\", y' ELSE user_id END AS user_id,"
            + lines.get(0).substring(lines.get(0).indexOf(',') + 1)
            + ", place FROM users");
    Path spec = spec("twice", query("SELECT * FROM odd ORDER BY place"), output);
    segment("once", spec).succeeded();
    List<String> first = server.rows("SELECT * FROM personas ORDER BY user_id COLLATE \"C\"");
    assertEquals(USERS + 1, first.size());
    Run again = segment("twice", spec).succeeded();
    assertEquals(first, server.rows("SELECT * FROM personas ORDER BY user_id COLLATE \"C\""));
    assertEquals(
        List.of("gone,null,old"),
        server.rows("SELECT user_id, cluster, note FROM personas WHERE cluster IS NULL"));
    // The files guard it against spreadsheets; the table has the id itself.
    assertEquals(
        List.of("2"),
        server.rows("SELECT count(*) FROM personas WHERE user_id IN ('=1+1', 'O''Neil \"x\", y')"));
    assertTrue(again.rows("assignments").stream().anyMatch(row -> row.startsWith("\"'=1+1\"")));
    assertEquals(
        List.of("1"),
        server.rows("SELECT count(*) FROM personas WHERE note = 'old' AND cluster IS NOT NULL"));
  }

  /** The lists of all personas replace the rows of a table, in the transaction of the others. */
  @Test
  void theListsOfPersonasFillATableToo() throws Exception {
    String output = "output: {jdbc: {" + access() + ", table: lists}, audiences: jdbc}";
    Path spec = spec("lists", query("SELECT * FROM users ORDER BY place"), output);
    Run first = segment("lists", spec).succeeded();
    // The next run also says what the previous one said, for which the table has no columns.
    server.execute("DROP TABLE lists");
    Run second =
        segment(
            "lists-again",
            spec,
            "--previousModel=" + first.output().resolve("model.json"),
            "--previousAssignments=" + first.output() + "/assignments-*.csv");
    second.succeeded();
    assertEquals(
        second.rows("audiences"),
        server
            .rows("SELECT audience, change, user_id, expected_persona FROM lists_audiences")
            .stream()
            .sorted()
            .toList());
    assertEquals(USERS, second.rows("audiences").size());
    assertEquals(
        server.rows("SELECT user_id FROM lists ORDER BY user_id"),
        server.rows("SELECT user_id FROM lists_audiences ORDER BY user_id"));
    assertEquals(List.of("member"), server.rows("SELECT DISTINCT change FROM lists_audiences"));
    server.execute("ALTER TABLE lists_audiences DROP COLUMN change");
    Run lacks = segment("lists-lacks", spec);
    assertEquals(ExitCode.USAGE, lacks.exitCode(), lacks.errors());
    assertTrue(
        lacks.errors().contains("lists_audiences of " + server.url() + " has no column change"),
        lacks.errors());
    server.execute(
        "ALTER TABLE lists_audiences ADD COLUMN change text CHECK (change <> 'member')",
        "UPDATE lists SET persona = 'before'");
    Run refused = segment("lists-refused", spec);
    assertEquals(ExitCode.FAILED, refused.exitCode(), refused.errors());
    assertTrue(
        refused.errors().contains("lists and lists_audiences were not changed"), refused.errors());
    assertEquals(List.of("before"), server.rows("SELECT DISTINCT persona FROM lists"));
  }

  /** After a restart of a stream, messages have several answers, also by a new model. */
  @Test
  void theQueryOfThePageTakesOneAnswerOfEachMessage() throws Exception {
    String page = Files.readString(Path.of("src/site/markdown/scoring-and-streams.md"));
    Matcher query = Pattern.compile("```\n(SELECT [^`;]* ROW_NUMBER[^`;]*)\n```").matcher(page);
    assertTrue(query.find(), page);
    server.execute(
        "CREATE TABLE answers (user_id text, cluster integer, source text, position bigint, model text)",
        "INSERT INTO answers SELECT 'user-' || n, n % 3, 'users/' || n % 2, n / 2, 'one'"
            + " FROM generate_series(0, 999) AS n",
        "CREATE TABLE first_answers AS SELECT * FROM answers",
        "INSERT INTO answers SELECT * FROM answers WHERE position >= 400",
        "INSERT INTO answers SELECT user_id, 3, source, position, 'two' FROM first_answers"
            + " WHERE position >= 450");
    assertEquals(List.of("1300"), server.rows("SELECT count(*) FROM answers"));
    String columns = "user_id, cluster, source, position, model";
    assertEquals(
        server.rows("SELECT " + columns + " FROM first_answers ORDER BY source, position"),
        server.rows(
            "SELECT " + columns + " FROM (" + query.group(1) + ") AS q ORDER BY source, position"));
  }

  @Test
  void dirtyRowsAreRejectedByTheirNumber() throws Exception {
    server.execute("CREATE TABLE dirty AS SELECT * FROM users WHERE place <= 100");
    server.execute(
        "UPDATE dirty SET images_generated_monthly = -5 WHERE place = 3",
        "UPDATE dirty SET user_id = NULL WHERE place = 5",
        "UPDATE dirty SET templates_used_monthly = 'NaN' WHERE place = 8",
        "UPDATE dirty SET login_frequency_weekly = NULL WHERE place = 9");
    Path spec = spec("dirty", query("SELECT * FROM dirty ORDER BY place"), "");
    Run run = segment("dirty", spec).succeeded();
    assertEquals(
        List.of(
            "2,out_of_range,images_generated_monthly",
            "4,missing_id,user_id",
            "7,missing_value,templates_used_monthly",
            "8,missing_value,login_frequency_weekly"),
        run.rows("rejected").stream()
            .map(line -> String.join(",", List.of(line.split(",", -1)).subList(1, 4)))
            .toList());
    assertTrue(run.rows("rejected").get(0).startsWith(server.url() + ","));
    assertEquals(96, run.rows("assignments").size());
  }

  @Test
  void refusesUnreadableInputBeforeAJob() throws IOException {
    Run lacks = segment("lacks", spec("lacks", query("SELECT user_id FROM users"), ""));
    assertEquals(ExitCode.DATA_REFUSED, lacks.exitCode());
    assertTrue(
        lacks.errors().startsWith(server.url() + ": missing column 'images_"), lacks.errors());
    Run wrong = segment("wrong", spec("wrong", query("SELECT * FROM nowhere"), ""));
    assertEquals(ExitCode.DATA_REFUSED, wrong.exitCode());
    assertTrue(wrong.errors().contains("relation \"nowhere\" does not exist"), wrong.errors());
    Files.writeString(folder.resolve("wrong-password"), "not it");
    String query = query("SELECT * FROM users").replace("/password'", "/wrong-password'");
    Run locked = segment("locked", spec("locked", query, ""));
    assertEquals(ExitCode.DATA_REFUSED, locked.exitCode());
    assertTrue(locked.errors().contains("password authentication failed"), locked.errors());
    assertFalse(locked.errors().contains("not it"), locked.errors());
    String env = query("SELECT 1").replaceAll("passwordFile: '[^']*'", "passwordEnv: NO_SUCH_ENV");
    Run unset = segment("unset", spec("unset", env, ""));
    assertTrue(
        unset.errors().contains("the environment variable NO_SUCH_ENV (passwordEnv) is not set"),
        unset.errors());
  }

  /** One statement that only reads: nothing that a query says changes the database. */
  @Test
  void aQueryReadsAndDoesNothingElse() throws Exception {
    server.execute("CREATE TABLE kept (x integer)");
    for (String second :
        List.of(
            "SELECT * FROM users; DROP TABLE kept",
            "SELECT * FROM users; COMMIT; DROP TABLE kept",
            "COMMIT; DROP TABLE kept; SELECT * FROM users")) {
      Run run = segment("second", spec("second", query(second), ""));
      assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
      assertTrue(run.errors().contains("input.jdbc.query: holds a second statement"), run.errors());
    }
    server.execute(
        "CREATE FUNCTION drops() RETURNS integer LANGUAGE plpgsql AS"
            + " 'BEGIN DROP TABLE kept; RETURN 1; END'");
    for (String parameters :
        List.of("", "?readOnlyMode=ignore", "?options=-c%20default_transaction_read_only=off")) {
      for (String writes :
          List.of(
              "WITH gone AS (DELETE FROM users RETURNING *) SELECT * FROM gone",
              "SELECT * FROM users WHERE drops() = 1")) {
        String query = query(writes).replace(server.url(), server.url() + parameters);
        Run run = segment("writes", spec("writes", query, ""));
        assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("in a read-only transaction"), run.errors());
        assertNoPassword(run);
      }
    }
    server.execute("SELECT * FROM kept");
    String simple =
        query("SELECT * FROM users")
            .replace(server.url(), server.url() + "?preferQueryMode=simple");
    Run run = segment("simple", spec("simple", simple, ""));
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("preferQueryMode=simple"), run.errors());
    segment("ended", spec("ended", query("SELECT * FROM users; -- ; all"), "")).succeeded();
  }

  private static Run segmentInto(String name, String table) throws IOException {
    Path spec =
        spec(
            name,
            query("SELECT * FROM users ORDER BY place"),
            "output: {jdbc: {" + access() + ", table: " + table + "}}");
    return segment(name, spec);
  }

  @Test
  void aTableThatDoesNotTakeThemStaysAndNothingIsPublished() throws Exception {
    server.execute(
        "CREATE TABLE picky (user_id text PRIMARY KEY, cluster integer CHECK (cluster < 1), persona"
            + " text, distance real, second_persona text, margin real, outlier boolean, expected_persona text)");
    Run run = segmentInto("picky", "picky");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.errors().contains("picky was not changed: ERROR"), run.errors());
    assertEquals(List.of("0"), server.rows("SELECT count(*) FROM picky"));
    assertFalse(Files.exists(run.output().resolve("model.json")));
  }

  @Test
  void aTableThatLacksAColumnOrAKeyIsRefusedBeforeAJob() throws Exception {
    server.execute("CREATE TABLE short (user_id text PRIMARY KEY, cluster integer, note text)");
    Run lacks = segmentInto("short", "public.short");
    assertEquals(ExitCode.USAGE, lacks.exitCode());
    assertEquals(
        "output.jdbc.table: public.short of "
            + server.url()
            + " has no column persona, distance, second_persona, margin, outlier, expected_persona\n",
        lacks.errors());
    server.execute(
        "CREATE TABLE loose (user_id text, cluster integer, persona text, distance real,"
            + " second_persona text, margin real, outlier boolean, expected_persona text)");
    Run loose = segmentInto("loose", "loose");
    assertEquals(ExitCode.USAGE, loose.exitCode());
    assertTrue(
        loose.errors().contains("loose of " + server.url() + " does not accept the assignments: "),
        loose.errors());
    assertTrue(loose.errors().contains("no unique or exclusion constraint"), loose.errors());
    Run schema = segmentInto("schema", "nowhere.personas");
    assertEquals(ExitCode.USAGE, schema.exitCode());
    assertTrue(schema.errors().contains("schema \"nowhere\" does not exist"), schema.errors());
    for (Run run : List.of(lacks, loose, schema)) {
      assertFalse(Files.exists(run.output()), run.errors());
    }
  }

  /** The check takes back what it does, also the table that it makes. */
  @Test
  void aRunThatIsRefusedLaterLeavesNoTable() throws Exception {
    Path spec = spec("files", "", "output: {jdbc: {" + access() + ", table: untouched}}");
    Path wrong = Files.writeString(folder.resolve("wrong.csv"), "user_id,x\nu,1\n");
    Run run = segment("files", spec, "--input=" + wrong);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertEquals(List.of("null"), server.rows("SELECT to_regclass('untouched')"));
  }
}
