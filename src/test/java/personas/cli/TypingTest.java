package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingTool;
import personas.math.Hashing;
import personas.model.JsonFile;

/** Runs {@code export --format=typing} on a table in which two of six columns decide most. */
class TypingTest {
  private static final int USERS = 3_000;
  private static final List<String> FILES =
      List.of("typing.html", "typing.json", "typing.sql", "typing.txt");

  @TempDir static Path folder;
  private static List<String> lines;
  private static Path input;
  private static Run run;
  private static TypingResult result;

  @BeforeAll
  static void train() throws IOException {
    lines = new ArrayList<>(List.of("user_id,visits,spend,plan,active,noise,more"));
    SplittableRandom random = new SplittableRandom(20261129);
    for (int i = 0; i < USERS; i++) {
      int group = i % 3;
      double visits = Math.floor(Math.exp(3 + 2 * group + random.nextDouble()));
      String spend = random.nextInt(9) == 0 ? "" : "" + random.nextInt(50);
      String plan = List.of("basic", "pro", "team").get(random.nextInt(10) > 0 ? group : 0);
      lines.add(
          String.join(
              ",",
              "u" + i,
              "" + visits,
              spend,
              random.nextInt(30) == 0 ? "" : plan,
              random.nextInt(4) == 0 ? "yes" : "no",
              "" + random.nextInt(9),
              "" + random.nextDouble()));
    }
    input = Files.write(folder.resolve("users.csv"), lines);
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: planted
            input: {id: user_id}
            features:
              - {name: noise, weight: 0.2}
              - {name: visits, transform: log1p, min: 0, weight: 2}
              - {name: spend, missing: median, winsorize: 0.95, weight: 0.2}
              - {name: plan, type: category, levels: [basic, pro, team], missing: level}
              - {name: more, weight: 0.2}
              - {name: active, type: boolean, weight: 1.5}
            clustering: {k: 5, restarts: 10}
            """);
    run = Run.segment(folder.resolve("out"), "--input=" + input, "--spec=" + spec).succeeded();
    export("typing", input.toString(), "DirectRunner", "--dialect=duckdb").succeeded();
    try (InputStream in = Files.newInputStream(folder.resolve("typing/typing.json"))) {
      result = JsonFile.read("typing.json", in, TypingResult.class);
    }
  }

  private static Run export(String output, String input, String runner, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "export",
                "--format=typing",
                "--quiet",
                "--runner=" + runner,
                "--model=" + run.output().resolve("model.json"),
                "--input=" + input,
                "--output=" + folder.resolve(output)));
    args.addAll(List.of(more));
    return Run.command(folder.resolve(output), args.toArray(String[]::new));
  }

  /** What the tool is asked for a user. */
  private static double[] values(TypingTool tool, Map<String, String> user) {
    return tool.inputs().stream()
        .mapToDouble(
            input -> {
              String text = user.get(input.column());
              if (text.isEmpty()) {
                return Double.NaN;
              }
              return switch (input.kind()) {
                case NUMBER -> Double.parseDouble(text);
                case YES_NO -> text.equals("yes") ? 1 : 0;
                case LEVEL -> input.levels().indexOf(text);
              };
            })
        .toArray();
  }

  private static List<Map<String, String>> users() {
    String[] columns = lines.get(0).split(",", -1);
    List<Map<String, String>> users = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> user = new HashMap<>();
      for (int i = 0; i < cells.length; i++) {
        user.put(columns[i], cells[i]);
      }
      users.add(user);
    }
    return users;
  }

  /** The cluster of each user as the run assigned it. */
  private static Map<String, Integer> clusters() throws IOException {
    Map<String, Integer> clusters = new TreeMap<>();
    for (String row : run.rows("assignments")) {
      String[] cells = row.split(",", 3);
      clusters.put(cells[0], Integer.valueOf(cells[1]));
    }
    return clusters;
  }

  private static long hash(Map<String, String> user) {
    byte[] id = user.get("user_id").getBytes(StandardCharsets.UTF_8);
    return Hashing.hash64(result.seed(), id, 0, id.length);
  }

  @Test
  void findsTheFewColumnsThatDecide() {
    assertEquals(
        List.of("visits", "active"),
        result.tool().inputs().stream().map(each -> each.column()).toList());
    assertEquals(2, result.sizes().size());
    assertTrue(result.reachesTarget());
    assertEquals("exhaustive", result.search());
    assertEquals(6, result.columns());
  }

  /** Every second user in the order of the hashes is held out; the clusters are of the files. */
  @Test
  void everyFigureIsARecountOverTheHeldOutUsers() throws IOException {
    List<Map<String, String>> users = new ArrayList<>(users());
    users.sort(Comparator.comparing(TypingTest::hash, Long::compareUnsigned));
    Map<String, Integer> clusters = clusters();
    int k = result.personas().size();
    long[][] cross = new long[k][k];
    int heldOut = 0;
    for (int i = 1; i < users.size(); i += 2) {
      int typed = result.tool().persona(values(result.tool(), users.get(i)));
      cross[clusters.get(users.get(i).get("user_id"))][typed]++;
      heldOut++;
    }
    assertEquals(heldOut, result.heldOutUsers());
    assertEquals(USERS - heldOut, result.trainingUsers());
    long right = 0;
    for (int j = 0; j < k; j++) {
      TypingResult.PersonaAccuracy own = result.personas().get(j);
      long typed = 0;
      long all = 0;
      for (int other = 0; other < k; other++) {
        typed += cross[other][j];
        all += cross[j][other];
      }
      assertEquals(
          List.of(all, typed, cross[j][j]), List.of(own.users(), own.typed(), own.right()));
      assertEquals((double) cross[j][j] / all, own.recall());
      assertEquals((double) cross[j][j] / typed, own.precision());
      right += cross[j][j];
    }
    assertEquals((double) right / heldOut, result.accuracy());
    assertTrue(result.accuracy() >= 0.95, "" + result.accuracy());
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    for (Map<String, String> user : users()) {
      int persona = result.tool().persona(values(result.tool(), user));
      expected.put(user.get("user_id"), result.personas().get(persona).persona());
    }
    return expected;
  }

  private static Map<String, String> found(Statement statement, String output) throws Exception {
    Map<String, String> found = new TreeMap<>();
    String sql = Files.readString(folder.resolve(output).resolve("typing.sql"));
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(rows.getString("user_id"), rows.getString("persona"));
      }
    }
    return found;
  }

  @Test
  void duckDbGivesThePersonasOfTheTool() throws Exception {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE users AS SELECT * FROM read_csv('" + input + "')");
      assertEquals(expected(), found(statement, "typing"));
    }
  }

  /** Without a flag the dialect is that of PostgreSQL. */
  @Test
  void postgreSqlGivesThePersonasOfTheTool() throws Exception {
    Path programs = PostgreSql.installedOrSkip("TypingTest");
    export("postgres", input.toString(), "DirectRunner").succeeded();
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try (Connection database =
            DriverManager.getConnection(server.url(), PostgreSql.USER, PostgreSql.PASSWORD);
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE users (user_id TEXT, visits DOUBLE PRECISION, active BOOLEAN)");
      try (PreparedStatement rows =
          database.prepareStatement("INSERT INTO users VALUES (?, ?, ?)")) {
        for (Map<String, String> user : users()) {
          rows.setString(1, user.get("user_id"));
          rows.setDouble(2, Double.parseDouble(user.get("visits")));
          rows.setBoolean(3, user.get("active").equals("yes"));
          rows.addBatch();
        }
        rows.executeBatch();
      }
      assertEquals(expected(), found(statement, "postgres"));
    } finally {
      server.close();
    }
  }

  private static Map<String, String> written(String output) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String file : FILES) {
      files.put(file, Files.readString(folder.resolve(output).resolve(file)));
    }
    return files;
  }

  @Test
  void theSameBytesOnFlinkAndForAnyOrderAndSplit() throws IOException {
    List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(rows, new Random(1));
    Path split = Files.createDirectories(folder.resolve("split"));
    for (int part = 0; part < 3; part++) {
      List<String> own = new ArrayList<>(List.of(lines.get(0)));
      own.addAll(rows.subList(part * USERS / 3, (part + 1) * USERS / 3));
      Files.write(split.resolve("users-" + part + ".csv"), own);
    }
    Map<String, String> expected = written("typing");
    export("flink", split + "/*.csv", "FlinkRunner", "--dialect=duckdb").succeeded();
    assertEquals(expected, written("flink"));
    export("shuffled", split + "/*.csv", "DirectRunner", "--dialect=duckdb").succeeded();
    assertEquals(expected, written("shuffled"));
  }

  @Test
  void leavesFourFilesAndNothingElse() throws IOException {
    assertEquals(FILES, new Run(0, "", folder.resolve("typing")).names());
  }

  @Test
  void theJsonInThePageIsTheFile() throws IOException {
    String page = Files.readString(folder.resolve("typing/typing.html"));
    String embedded =
        page.replaceFirst(
            "(?s).*<script type=\"application/json\" id=\"data\">(.*?)</script>.*", "$1");
    ObjectMapper json = new ObjectMapper();
    JsonNode file = json.readTree(folder.resolve("typing/typing.json").toFile());
    assertEquals(file, json.readTree(embedded));
  }

  @Test
  void withALimitThatIsTooLowTheBestToolIsWrittenAndSaysSo() throws IOException {
    export("one", input.toString(), "DirectRunner", "--features=1").succeeded();
    JsonNode json = new ObjectMapper().readTree(folder.resolve("one/typing.json").toFile());
    assertEquals(false, json.get("reachesTarget").asBoolean());
    assertEquals(1, json.get("sizes").size());
    assertTrue(Files.readString(folder.resolve("one/typing.sql")).contains("for postgres"));
  }

  @Test
  void refusalsNameWhatIsAllowed() throws IOException {
    assertRefused("--features: 13 is not in 1..12", "--features=13");
    assertRefused("--accuracy: 1.5 is not in 0..1", "--accuracy=1.5");
    assertRefused("--dialect: oracle: unknown", "--dialect=oracle");
    Path few = Files.write(folder.resolve("few.csv"), lines.subList(0, 15));
    Run tooFew = export("few", few.toString(), "DirectRunner");
    assertEquals(ExitCode.USAGE, tooFew.exitCode());
    assertTrue(tooFew.errors().contains("14 users are too few"), tooFew.errors());
    String model = "--model=" + run.output().resolve("model.json");
    Run noInput = Run.command(folder, "export", "--format=typing", model, "--output=" + folder);
    assertTrue(
        noInput
            .errors()
            .contains("--input: missing; export --format=typing needs --model and --input"),
        noInput.errors());
    Run noOutput = Run.command(folder, "export", "--format=typing", model, "--input=" + input);
    assertTrue(noOutput.errors().contains("--output: missing"), noOutput.errors());
    Run ofTyping = Run.command(folder, "export", model, "--dialect=duckdb", "--features=2");
    assertEquals(ExitCode.USAGE, ofTyping.exitCode());
    assertTrue(
        ofTyping.errors().contains("--features: applies only to --format=typing"),
        ofTyping.errors());
  }

  private static void assertRefused(String message, String flag) {
    Run refused = export("refused", input.toString(), "DirectRunner", flag);
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.errors().contains(message), refused.errors());
  }
}
