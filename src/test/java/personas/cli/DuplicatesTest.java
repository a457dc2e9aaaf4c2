package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.math.SplitMix64;

/** Checks repeated ids in files of several ranges. */
class DuplicatesTest {
  private static final long SEED = 20261123;

  /** Two ranges of a megabyte a file, and more. */
  private static final int ROWS = 60_000;

  private static final String HEADER = "id,a,note,b";

  @TempDir Path folder;

  /** About one row in twenty has the id of an earlier one, near or far, with other values. */
  private static List<String> table() {
    SplitMix64 random = new SplitMix64(SEED);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int id = i > 0 && random.nextInt(20) == 0 ? random.nextInt(i) : i;
      rows.add(
          "user-"
              + id
              + ","
              + random.nextInt(100)
              + ","
              + "x".repeat(30)
              + ","
              + random.nextInt(9));
    }
    return rows;
  }

  private static List<String> firsts(List<String> rows) {
    Set<String> ids = new HashSet<>();
    return rows.stream().filter(row -> ids.add(id(row))).toList();
  }

  private static String id(String row) {
    return row.substring(0, row.indexOf(','));
  }

  private Run segment(String name, String duplicates, List<String> rows, String... flags)
      throws IOException {
    Path in = Files.createDirectories(folder.resolve(name + "-in"));
    int half = rows.size() / 2;
    write(in.resolve("1.csv"), rows.subList(0, half));
    write(in.resolve("2.csv"), rows.subList(half, rows.size()));
    Path spec =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            name: twice
            input: {id: id%s}
            features: [{name: a}, {name: b}]
            clustering: {k: 3}
            """
                .formatted(duplicates));
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--spec=" + spec);
    all.add("--input=" + in + "/*.csv");
    all.add("--rangeMegabytes=1");
    all.add("--maxRejectedShare=0.1");
    return Run.segment(folder.resolve(name), all.toArray(String[]::new));
  }

  private static void write(Path file, List<String> rows) throws IOException {
    Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + "\n");
  }

  private static String column(Run run, int column) throws IOException {
    return Files.readAllLines(run.output().resolve("ledger.csv")).stream()
        .skip(1)
        .map(row -> row.split(",", -1)[column])
        .reduce("", (a, b) -> a + " " + b)
        .strip();
  }

  @Test
  void countsDuplicatesExactly() throws IOException {
    List<String> rows = table();
    Run run = segment("warn", "", rows).succeeded();
    List<String> firsts = firsts(rows);
    int repeated = ROWS - firsts.size();
    assertTrue(repeated > 2_000, "repeated: " + repeated);
    assertEquals(ROWS, run.model().ledger().assigned());
    assertTrue(
        run.model()
            .warnings()
            .contains(
                String.format(
                    Locale.ROOT,
                    "repeated user ids: %,d records have the user id of an earlier record",
                    repeated)),
        run.model().warnings().toString());
    assertTrue(
        run.model().warnings().stream().noneMatch(text -> text.contains("may be events")),
        run.model().warnings().toString());
    int inFirst = ROWS / 2 - firsts(rows.subList(0, ROWS / 2)).size();
    assertEquals(inFirst + " " + (repeated - inFirst), column(run, 4));
  }

  @Test
  void warnsOfRowsThatLookLikeEvents() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1_300; i++) {
      rows.add("user-" + i % 1_000 + "," + i % 83 + ",x," + i % 7);
    }
    Run run = segment("events", "", rows).succeeded();
    assertTrue(
        run.model()
            .warnings()
            .contains(
                "1,300 records have only 1,000 user ids: rows may be events instead of users;"
                    + " input.aggregate turns events into users"),
        run.model().warnings().toString());
  }

  /** The model of the users that stay, and each later record with its place and its text. */
  @Test
  void laterOnesAreRejected() throws IOException {
    List<String> rows = table();
    List<String> firsts = firsts(rows);
    Run run = segment("later", ", duplicates: reject-later", rows).succeeded();
    Run reference = segment("firsts", "", firsts).succeeded();
    assertEquals(firsts.size(), run.model().ledger().assigned());
    assertEquals(ROWS, run.model().ledger().read());
    assertEquals(reference.model().clusters(), run.model().clusters());
    assertEquals(reference.model().features(), run.model().features());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));

    List<String> rejected = run.rows("rejected");
    assertEquals(ROWS - firsts.size(), rejected.size());
    byte[] second = Files.readAllBytes(folder.resolve("later-in/2.csv"));
    for (String row : rejected.subList(rejected.size() - 100, rejected.size())) {
      String[] fields = row.split(",", 6);
      assertEquals("duplicate_id", fields[2]);
      assertEquals("id", fields[3]);
      int at = Integer.parseInt(fields[1]);
      String text = fields[5].substring(1, fields[5].length() - 1);
      assertEquals("", fields[4]);
      assertEquals(text, new String(Arrays.copyOfRange(second, at, at + text.length()), UTF_8));
    }
  }

  @Test
  void failsOnDuplicatesIfTheSpecSaysSo() throws IOException {
    Run run = segment("fail", ", duplicates: fail", table());
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(run.errors().contains("records have the id of an earlier record"), run.errors());
    assertFalse(Files.exists(run.output().resolve("model.json")));
  }
}
