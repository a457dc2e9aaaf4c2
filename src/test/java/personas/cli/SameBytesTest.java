package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise that sets the project apart: the model, the report and the sorted assignments are the
 * same bytes on every runner, at every parallelism, for any order of the rows and any split into
 * files, and however many passes a job unrolls.
 *
 * <p>More users than the sample holds and more clusters than there are groups, so that the passes
 * have work to do.
 */
class SameBytesTest {
  private static final int USERS = 120_000;
  private static final String[] COMMON = {
    "--spec=src/test/resources/specs/seven-of-three.yaml", "--tolerance=0", "--maxIterations=24"
  };

  @TempDir static Path folder;
  private static String model;
  private static List<String> assignments;
  private static String report;

  @BeforeAll
  static void reference() throws IOException {
    List<String> lines = Run.simulated(USERS, 7);
    List<String> rows = lines.subList(1, lines.size());
    write("one", List.of(rows), lines.get(0));
    write("three", cut(rows, 3), lines.get(0));
    write("seventeen", cut(rows, 17), lines.get(0));
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    write("shuffled", List.of(shuffled), lines.get(0));
    Run run =
        run("reference", "one", "--runner=DirectRunner", "--targetParallelism=1", "--slots=1");
    model = run.modelText();
    assignments = run.rows("assignments");
    report = run.reportBytes();
    assertEquals(USERS, assignments.size());
    assertTrue(run.model().iterations() > 8, "the passes have work to do");
  }

  private static List<List<String>> cut(List<String> rows, int parts) {
    List<List<String>> cut = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      cut.add(rows.subList(rows.size() * i / parts, rows.size() * (i + 1) / parts));
    }
    return cut;
  }

  private static void write(String name, List<List<String>> parts, String header)
      throws IOException {
    Path input = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < parts.size(); i++) {
      String text = header + "\n" + String.join("\n", parts.get(i)) + "\n";
      Files.writeString(input.resolve("users-" + i + ".csv"), text);
    }
  }

  private static Run run(String name, String input, String... flags) {
    List<String> all = new ArrayList<>(List.of(COMMON));
    all.add("--input=" + folder.resolve(input) + "/*.csv");
    all.add("--rangeMegabytes=1");
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve("out-" + name), all.toArray(String[]::new)).succeeded();
  }

  static Stream<List<String>> variants() {
    String direct = "--runner=DirectRunner";
    String flink = "--runner=FlinkRunner";
    return Stream.of(
        // The default commands.
        List.of("one", direct),
        List.of("one", flink),
        List.of("one", flink, "--useDataStreamForBatch=true"),
        // Beam encodes and compares what each function gets and gives.
        List.of("one", direct, "--enforceImmutability", "--enforceEncodability"),
        List.of("one", direct, "--targetParallelism=2"),
        List.of("one", direct, "--targetParallelism=8", "--slots=8"),
        List.of("shuffled", direct),
        List.of("three", direct),
        List.of("seventeen", direct, "--slots=5"),
        List.of("one", direct, "--iterationsPerJob=24"),
        List.of("one", direct, "--iterationsPerJob=8"),
        List.of("one", direct, "--iterationsPerJob=1"),
        List.of("one", flink, "--parallelism=1"),
        List.of("one", flink, "--parallelism=2", "--slots=4"),
        List.of("seventeen", flink, "--parallelism=8", "--slots=8"),
        List.of("shuffled", flink, "--parallelism=2", "--useDataStreamForBatch=true"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheSameBytes(List<String> variant) throws IOException {
    String[] flags = variant.subList(1, variant.size()).toArray(String[]::new);
    Run run = run(Integer.toHexString(variant.hashCode()), variant.get(0), flags);
    assertEquals(model, run.modelText());
    assertEquals(assignments, run.rows("assignments"));
    assertEquals(report, run.reportBytes());
  }

  /** Beam encodes and compares what each function of a score gets and gives, too. */
  @Test
  void aScoreOfTheSameUsersGivesTheirAssignments() throws IOException {
    for (List<String> variant :
        List.of(
            List.of("--runner=DirectRunner", "--enforceImmutability", "--enforceEncodability"),
            List.of("--runner=FlinkRunner", "--parallelism=2"))) {
      List<String> flags =
          new ArrayList<>(
              List.of(
                  "score",
                  "--quiet",
                  "--model=" + folder.resolve("out-reference/model.json"),
                  "--input=" + folder.resolve("seventeen") + "/*.csv",
                  "--output=" + folder.resolve("score" + variant.size())));
      flags.addAll(variant);
      Run score =
          Run.command(folder.resolve("score" + variant.size()), flags.toArray(String[]::new))
              .succeeded();
      assertEquals(assignments, score.rows("assignments"));
    }
  }

  /** Side by side, candidates of different lengths; the table of the choice too. */
  @Test
  void choosesTheSameKFromTheSameFigures() throws IOException {
    Run whole = run("k-one", "one", "--k=2..5", "--runner=DirectRunner", "--targetParallelism=1");
    assertEquals(4, whole.model().kSelection().candidates().size());
    for (List<String> variant :
        List.of(
            List.of("shuffled", "--runner=DirectRunner", "--slots=5", "--iterationsPerJob=3"),
            List.of("seventeen", "--runner=FlinkRunner", "--parallelism=2", "--slots=4"))) {
      String[] flags =
          Stream.concat(variant.stream().skip(1), Stream.of("--k=2..5")).toArray(String[]::new);
      Run other = run("k-" + variant.get(0), variant.get(0), flags);
      assertEquals(whole.modelText(), other.modelText());
      assertEquals(whole.rows("assignments"), other.rows("assignments"));
      assertEquals(
          Files.readString(whole.output().resolve("k_selection.csv")),
          Files.readString(other.output().resolve("k_selection.csv")));
    }
  }
}
