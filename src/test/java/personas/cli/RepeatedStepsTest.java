package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of a run may run twice: an engine repeats a bundle whose outputs it has lost, or fails
 * a step after its outputs. The results are the same bytes, and a database is filled once.
 */
class RepeatedStepsTest {
  private static final int USERS = 3000;
  private static final String SAMPLE = "pipelines/image-platform-users.yaml";

  @TempDir static Path folder;
  private static Path input;
  private static Path flinkConfiguration;
  private static Run before;

  /** How steps are repeated. */
  private enum Mode {
    /** Every bundle is processed twice; the outputs of the second time count. */
    TWICE {
      @Override
      List<String> flags() {
        return List.of("--runner=" + RepeatedSteps.Twice.DirectRunner.class.getName());
      }
    },
    /** Every step fails once after its outputs, and Flink starts it again. */
    FAILING {
      @Override
      List<String> flags() {
        return List.of(
            "--runner=" + RepeatedSteps.Failing.FlinkRunner.class.getName(),
            "--parallelism=2",
            "--flinkConfDir=" + flinkConfiguration);
      }
    },
    /**
     * The same with the translation to DataStream, which takes the number of restarts as a flag.
     */
    FAILING_DATA_STREAM {
      @Override
      List<String> flags() {
        return with(
            FAILING.flags(),
            List.of(
                "--useDataStreamForBatch=true",
                "--numberOfExecutionRetries=100",
                "--executionRetryDelay=0"));
      }
    };

    abstract List<String> flags();

    /** Checks that the first and the last step were repeated, and each other one of the graph. */
    void check() {
      for (String step : List.of("Read users/Match files/Match pattern", "Publish results")) {
        assertTrue(
            RepeatedSteps.REPLACED.stream().anyMatch(name -> name.contains(step)),
            step + ": " + RepeatedSteps.REPLACED);
      }
      if (this != TWICE) {
        assertEquals(RepeatedSteps.REPLACED, RepeatedSteps.FAILED);
      }
    }
  }

  @BeforeAll
  static void prepare() throws IOException {
    List<String> lines = new ArrayList<>(Run.simulated(USERS, 7));
    lines.add(lines.get(5));
    lines.add("broken");
    input = Files.write(folder.resolve("users.csv"), lines);
    flinkConfiguration = Files.createDirectories(folder.resolve("flink"));
    Files.writeString(
        flinkConfiguration.resolve("config.yaml"),
        """
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 100
        restart-strategy.fixed-delay.delay: 0 s
        """);
    before = segment("before", SAMPLE, List.of("--seed=3")).succeeded();
  }

  @BeforeEach
  void forgetSteps() {
    RepeatedSteps.reset();
  }

  private static Run segment(String name, String spec, List<String> more) {
    List<String> flags = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    flags.addAll(List.of("--rangeMegabytes=1", "--maxIterations=3", "--iterationsPerJob=2"));
    flags.addAll(List.of("--tolerance=0", "--slots=2"));
    flags.addAll(more);
    return Run.segment(folder.resolve(name), flags.toArray(String[]::new));
  }

  private static Run score(String name, String spec, List<String> more) {
    Path output = folder.resolve(name);
    List<String> flags = new ArrayList<>(List.of("score", "--quiet", "--output=" + output));
    flags.addAll(List.of("--spec=" + spec, "--input=" + input, "--slots=2"));
    flags.add("--model=" + before.output().resolve("model.json"));
    flags.addAll(more);
    return Run.command(output, flags.toArray(String[]::new));
  }

  /** The results by name, each as one character a byte; a staging folder would be one of them. */
  private static Map<String, String> results(Run run) throws IOException {
    Map<String, String> results = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.output())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".publication-")) {
          String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          results.put(name, Run.withoutSeconds(name, text));
        }
      }
    }
    return results;
  }

  private static void assertSame(Run expected, Run run) throws IOException {
    Map<String, String> results = results(run);
    assertEquals(results(expected).keySet(), results.keySet());
    results(expected).forEach((name, bytes) -> assertEquals(bytes, results.get(name), name));
  }

  private static List<String> with(List<String> flags, List<String> more) {
    return Stream.concat(flags.stream(), more.stream()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void segmentWithAPreviousRunGivesTheSameBytes(Mode mode) throws IOException {
    List<String> previous =
        List.of(
            "--previousModel=" + before.output().resolve("model.json"),
            "--previousAssignments=" + before.output().resolve("assignments-*"));
    Run expected = segment(mode + "-expected", SAMPLE, previous).succeeded();
    Run run = segment(mode + "-segment", SAMPLE, with(mode.flags(), previous)).succeeded();
    assertSame(expected, run);
    mode.check();
  }

  @ParameterizedTest
  @EnumSource
  void scoreGivesTheSameBytes(Mode mode) throws IOException {
    Run expected = score(mode + "-score-expected", SAMPLE, List.of()).succeeded();
    assertSame(expected, score(mode + "-score", SAMPLE, mode.flags()).succeeded());
    mode.check();
  }

  private static String spec(String name, String output) throws IOException {
    String text = Files.readString(Path.of(SAMPLE)) + "\noutput: {" + output + "}\n";
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }

  @ParameterizedTest
  @EnumSource
  void aTableOfBigQueryIsLoadedOnce(Mode mode) throws Exception {
    OfflineBigQuery.start();
    String table = "repeated_" + mode;
    String spec = spec(table, "bigquery: {table: analytics." + table + "}");
    Path temp = Files.createDirectories(folder.resolve("temp-" + mode));
    int loads = OfflineBigQuery.LOADS.get();
    score(table, spec, with(mode.flags(), OfflineBigQuery.flags(temp))).succeeded();
    assertEquals(loads + 1, OfflineBigQuery.LOADS.get());
    assertEquals(before.rows("assignments").size(), OfflineBigQuery.rows(table).size());
    mode.check();
  }

  @Test
  void aTableOfADatabaseIsFilledOnce() throws Exception {
    Path programs = PostgreSql.installedOrSkip("RepeatedStepsTest");
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try {
      server.execute(
          "CREATE TABLE statements (of text)",
          "CREATE FUNCTION counted() RETURNS trigger AS"
              + " 'BEGIN INSERT INTO statements VALUES (TG_TABLE_NAME); RETURN NULL; END'"
              + " LANGUAGE plpgsql");
      for (String name : List.of("plain", "twice", "failing", "data_stream")) {
        server.execute(
            PostgreSql.ASSIGNMENTS.replace("assignments", name),
            "CREATE TRIGGER counts AFTER INSERT ON "
                + name
                + " FOR EACH STATEMENT EXECUTE FUNCTION counted()");
      }
      List<String> plain = fill(server, "plain", List.of());
      assertEquals(USERS, plain.size(), "one row for each id; one id occurs twice");
      assertEquals(plain, fill(server, "twice", Mode.TWICE.flags()));
      Mode.TWICE.check();
      RepeatedSteps.reset();
      assertEquals(plain, fill(server, "failing", Mode.FAILING.flags()));
      Mode.FAILING.check();
      RepeatedSteps.reset();
      assertEquals(plain, fill(server, "data_stream", Mode.FAILING_DATA_STREAM.flags()));
      Mode.FAILING_DATA_STREAM.check();
      List<String> counts = server.rows("SELECT count(*) FROM statements GROUP BY of ORDER BY of");
      assertEquals(4, counts.size());
      assertEquals(1, counts.stream().distinct().count(), counts.toString());
    } finally {
      server.close();
    }
  }

  private static List<String> fill(PostgreSql server, String table, List<String> flags)
      throws Exception {
    Path spec = server.spec(SAMPLE, folder, table);
    score("table-" + table, spec.toString(), flags).succeeded();
    return server.rows("SELECT * FROM " + table + " ORDER BY user_id COLLATE \"C\"");
  }
}
