package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.model.JsonFile;
import personas.model.compare.LabelAgreement;

/**
 * Compares the result of {@code compare} for two tables with labels with a count of all pairs of
 * users.
 */
class CompareTablesTest {
  private static final int USERS = 300;

  @TempDir Path folder;

  private final Map<String, String> earlier = new TreeMap<>();
  private final Map<String, String> later = new TreeMap<>();

  /** Tables that share two thirds of their users; labels hold separators, quotes and nothing. */
  private void tables() throws IOException {
    Random random = new Random(11);
    String[] from = {"light; \"users\"", "heavy, users", "=formula"};
    String[] to = {"A", "B", "", "Größe"};
    for (int i = 0; i < USERS; i++) {
      int group = random.nextInt(3);
      if (i % 6 != 0) {
        earlier.put("u" + i, from[group]);
      }
      if (i % 4 != 0) {
        later.put("u" + i, to[random.nextInt(4) == 0 ? 3 : group]);
      }
    }
    StringBuilder csv = new StringBuilder("customer_id;name;segment\n");
    earlier.forEach((id, label) -> csv.append(id + ";x;\"" + label.replace("\"", "\"\"") + "\"\n"));
    Files.writeString(folder.resolve("from.csv"), csv);
    StringBuilder json = new StringBuilder();
    later.forEach(
        (id, label) -> json.append("{\"id\": \"" + id + "\", \"k\": \"" + label + "\"}\n"));
    Files.writeString(folder.resolve("to.jsonl"), json);
  }

  private Run compare(String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "compare",
                "--quiet",
                "--from=" + folder.resolve("from.csv"),
                "--to=" + folder.resolve("to.jsonl"),
                "--output=" + folder.resolve("out")));
    for (String flag : flags) {
      args.removeIf(arg -> arg.startsWith(flag.split("=", 2)[0] + "="));
      args.add(flag);
    }
    return Run.command(folder.resolve("out"), args.toArray(String[]::new));
  }

  private LabelAgreement agreement() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("out/comparison.json"))) {
      return JsonFile.read("comparison.json", in, LabelAgreement.class);
    }
  }

  @Test
  void countsUsersAndPairsOfUsers() throws IOException {
    tables();
    compare().succeeded();
    LabelAgreement agreement = agreement();
    assertEquals("customer_id", agreement.from().id());
    assertEquals("segment", agreement.from().label());
    assertEquals("id", agreement.to().id());
    assertEquals("k", agreement.to().label());
    List<String> both = earlier.keySet().stream().filter(later::containsKey).toList();
    assertEquals(both.size(), agreement.inBoth());
    assertEquals(earlier.size(), agreement.from().users());
    assertEquals(earlier.size() - both.size(), agreement.from().onlyHere());
    assertEquals(later.size() - both.size(), agreement.to().onlyHere());
    assertEquals(List.of("", "A", "B", "Größe"), agreement.columns());
    Map<List<String>, Long> cells = new HashMap<>();
    both.forEach(id -> cells.merge(List.of(earlier.get(id), later.get(id)), 1L, Long::sum));
    long counted = 0;
    for (LabelAgreement.Row row : agreement.rows()) {
      for (int j = 0; j < 4; j++) {
        List<String> labels = List.of(row.label(), agreement.columns().get(j));
        assertEquals(cells.getOrDefault(labels, 0L), row.users().get(j), labels.toString());
        counted += row.users().get(j);
      }
    }
    assertEquals(both.size(), counted);
    checkPairs(both, agreement.adjustedRand());
    checkInformation(both, agreement.variationOfInformation());
  }

  /** The index by its definition: pairs of users, one after the other. */
  private void checkPairs(List<String> users, double index) {
    long together = 0;
    long inFrom = 0;
    long inTo = 0;
    long pairs = 0;
    for (int i = 0; i < users.size(); i++) {
      for (int j = 0; j < i; j++) {
        boolean from = earlier.get(users.get(i)).equals(earlier.get(users.get(j)));
        boolean to = later.get(users.get(i)).equals(later.get(users.get(j)));
        together += from && to ? 1 : 0;
        inFrom += from ? 1 : 0;
        inTo += to ? 1 : 0;
        pairs++;
      }
    }
    double expected = (double) inFrom * inTo / pairs;
    assertEquals((together - expected) / ((inFrom + inTo) / 2.0 - expected), index, 1e-14);
    assertTrue(index > 0.3 && index < 0.9, "index " + index);
  }

  private void checkInformation(List<String> users, double bits) {
    double joint = entropy(users.stream().map(id -> earlier.get(id) + '\0' + later.get(id)));
    double expected =
        2 * joint
            - entropy(users.stream().map(earlier::get))
            - entropy(users.stream().map(later::get));
    assertEquals(expected, bits, 1e-12);
  }

  private static double entropy(Stream<String> labels) {
    Map<String, Integer> counts = new HashMap<>();
    labels.forEach(label -> counts.merge(label, 1, Integer::sum));
    double users = counts.values().stream().mapToInt(Integer::intValue).sum();
    return counts.values().stream()
        .mapToDouble(count -> -count / users * Math.log(count / users) / Math.log(2))
        .sum();
  }

  @Test
  void givesTheSameBytesEverywhere() throws IOException {
    tables();
    compare("--targetParallelism=1").succeeded();
    List<byte[]> expected = results();
    for (String flags :
        List.of(
            "--targetParallelism=8 --enforceImmutability --enforceEncodability",
            "--runner=FlinkRunner --parallelism=2")) {
      compare(flags.split(" ", -1)).succeeded();
      for (int i = 0; i < expected.size(); i++) {
        assertTrue(Arrays.equals(expected.get(i), results().get(i)), flags);
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".staging")));
    }
  }

  private List<byte[]> results() throws IOException {
    return List.of(
        Files.readAllBytes(folder.resolve("out/comparison.json")),
        Files.readAllBytes(folder.resolve("out/cross_table.csv")));
  }

  /** The assignments of a run against the labels that the input holds. */
  @Test
  void comparesARunWithAColumnOfItsInput() throws IOException {
    Run run = Run.segment(folder.resolve("run")).succeeded();
    Run.command(
            folder.resolve("out"),
            "compare",
            "--quiet",
            "--from=" + run.output(),
            "--to=data/customer_segmentation_data.csv",
            "--toLabel=expected_persona",
            "--output=" + folder.resolve("out"))
        .succeeded();
    LabelAgreement agreement = agreement();
    assertEquals(100, agreement.inBoth());
    assertEquals("persona", agreement.from().label());
    assertEquals(3, agreement.matched().size());
    agreement.matched().forEach(pair -> assertEquals(pair.from(), pair.to()));
    assertTrue(agreement.adjustedRand() > 0.9, "index " + agreement.adjustedRand());
  }

  @Test
  void saysWhichColumnItNeeds() throws IOException {
    Files.writeString(folder.resolve("from.csv"), "a,b,c\nx,1,2\nx,2,3\n");
    Files.writeString(folder.resolve("to.jsonl"), "{\"id\": \"x\", \"p\": 1, \"q\": 2}\n");
    Run noId = compare();
    assertEquals(ExitCode.USAGE, noId.exitCode());
    assertTrue(noId.errors().startsWith("--fromId: missing; "), noId.errors());
    assertTrue(noId.errors().endsWith("The columns are a, b, c\n"), noId.errors());
    Run noLabel = compare("--fromId=a");
    assertEquals(
        "--fromLabel: missing; which column names the group of a user? The columns are b, c\n",
        noLabel.errors());
    Run wrong = compare("--fromId=a", "--fromLabel=d", "--toId=id", "--toLabel=p");
    assertEquals(ExitCode.DATA_REFUSED, wrong.exitCode());
    assertTrue(wrong.errors().contains("missing column 'd'"), wrong.errors());
  }

  @Test
  void refusesAColumnThatNamesNoGroups() throws IOException {
    StringBuilder csv = new StringBuilder("id,label\n");
    for (int i = 0; i < 501; i++) {
      csv.append("u").append(i).append(",l").append(i).append('\n');
    }
    Files.writeString(folder.resolve("from.csv"), csv);
    Files.writeString(folder.resolve("to.jsonl"), "{\"id\": \"u1\", \"label\": \"x\"}\n");
    Run refused = compare();
    assertEquals(ExitCode.DATA_REFUSED, refused.exitCode(), refused.errors());
    assertTrue(
        refused.errors().contains("column label has more than 500 different texts"),
        refused.errors());
    // Of two files with 300 labels each, no file alone has too many.
    Path parts = Files.createDirectory(folder.resolve("parts"));
    List<String> rows = csv.toString().lines().skip(1).toList();
    for (int part = 0; part < 2; part++) {
      Files.writeString(
          parts.resolve(part + ".csv"),
          "id,label\n" + String.join("\n", rows.subList(200 * part, 200 * part + 301)) + "\n");
    }
    Run together = compare("--from=" + parts + "/*.csv");
    assertEquals(ExitCode.DATA_REFUSED, together.exitCode());
    assertTrue(
        together.errors().contains("column label has more than 500 different texts"),
        together.errors());
  }
}
