package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the most typical users of each persona have the smallest distances of all users. */
class TypicalUsersTest {
  @TempDir static Path folder;
  private static Path input;

  @BeforeAll
  static void write() throws IOException {
    Random random = new Random(9);
    StringBuilder csv = new StringBuilder("id,a,b\n");
    for (int i = 0; i < 30_000; i++) {
      // Whole numbers, so that many users have the same distance.
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d%n",
              i * 7919 % 30_000,
              20 * (i % 3) + random.nextInt(9),
              random.nextInt(6)));
    }
    input = Files.writeString(folder.resolve("users.csv"), csv.toString());
  }

  private static Run run(String name, String id, String... flags) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            "name: s\ninput: {id: " + id + "}\nfeatures: [{name: a}, {name: b}]\n");
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input, "--k=3"));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new)).succeeded();
  }

  private static String examples(Run run) throws IOException {
    return Files.readString(run.output().resolve("examples.csv"));
  }

  @Test
  void theNearestUsersOfAllAreNamedAndOfEqualsThoseWithTheSmallestIds() throws IOException {
    Run run = run("out", "id", "--slots=5");
    List<String[]> assigned =
        run.rows("assignments").stream()
            .map(row -> row.replaceAll("\"[^\"]*\"", "persona").split(","))
            .toList();
    List<String> expected = new ArrayList<>();
    for (String cluster : List.of("0", "1", "2")) {
      assigned.stream()
          .filter(row -> row[1].equals(cluster))
          .sorted(
              Comparator.comparingDouble((String[] row) -> Double.parseDouble(row[3]))
                  .thenComparing(row -> row[0]))
          .limit(10)
          .forEach(row -> expected.add(row[1] + " " + row[0]));
    }
    List<String> rows = List.of(examples(run).split("\n"));
    assertEquals("cluster,persona,rank,user_id,distance", rows.get(0));
    assertEquals(
        expected,
        rows.subList(1, rows.size()).stream()
            .map(row -> row.split(","))
            .map(row -> row[0] + " " + row[row.length - 2])
            .toList());
  }

  @Test
  void theSameBytesOnFlinkAndForAnyNumberOfSlots() throws IOException {
    String reference = examples(run("one", "id", "--slots=1"));
    assertEquals(reference, examples(run("nine", "id", "--slots=9", "--rangeMegabytes=1")));
    assertEquals(
        reference,
        examples(run("flink", "id", "--slots=4", "--runner=FlinkRunner", "--parallelism=2")));
  }

  @Test
  void usersWithoutIdsAreNamedByFileAndLine() throws IOException {
    List<String> users = Files.readAllLines(input);
    Run run = run("none", "none");
    List<String> rows = List.of(examples(run).split("\n"));
    assertEquals(31, rows.size());
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",", -1);
      String place = fields[fields.length - 2];
      assertTrue(place.startsWith("users.csv:") || place.contains("/users.csv:"), row);
      int line = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
      assertTrue(line >= 2 && line <= users.size(), row);
    }
  }
}
