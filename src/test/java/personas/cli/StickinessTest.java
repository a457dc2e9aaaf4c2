package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.StickinessPrice;

/** Checks that {@code stickiness} holds users in their previous persona and states the price. */
class StickinessTest {
  private static final int USERS = 1_500;
  private static final double MARGIN = 0.25;
  private static final String KEY = "stickiness: {margin: " + MARGIN + "}";
  private static final String DIRECT = "--runner=DirectRunner";
  private static final String SPEC =
      """
      name: shop
      input: {id: id}
      output: {audiences: files}
      features:
        - {name: visits, transform: none, winsorize: none}
        - {name: spend, transform: none, winsorize: none}
      clustering: {k: %d, restarts: 4}
      """;

  @TempDir static Path folder;
  private static Path before;
  private static Run first;
  private static Run free;
  private static Run sticky;

  /** The users of a week: the same users, with noise of their own every week; some come and go. */
  private static Path users(String name, int seed, int first) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("id,visits,spend\n");
    for (int i = first; i < first + USERS; i++) {
      double visits = 10 * (i % 4) + 8 * random.nextDouble();
      double spend = 20 * (i % 3) + 25 * random.nextDouble();
      csv.append(String.format(Locale.ROOT, "u%d,%.3f,%.3f\n", i, visits, spend));
    }
    return Files.writeString(folder.resolve(name), csv.toString());
  }

  @BeforeAll
  static void segment() throws IOException {
    users("week-1.csv", 1, 0);
    users("week-2.csv", 2, 50);
    before = folder.resolve("before");
    first =
        Run.segment(
                before, "--spec=" + spec(4, KEY), "--input=" + folder.resolve("week-1.csv"), DIRECT)
            .succeeded();
    free = week("free", "").succeeded();
    sticky = week("sticky", KEY).succeeded();
  }

  private static Path spec(int k, String key) throws IOException {
    return Files.writeString(folder.resolve("shop.yaml"), SPEC.formatted(k) + key);
  }

  private static Run week(String output, String key, String... flags) throws IOException {
    return week(output, 4, key, flags);
  }

  private static Run week(String output, int k, String key, String... flags) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spec=" + spec(k, key),
                "--input=" + folder.resolve("week-2.csv"),
                "--previous=" + before,
                "--explain"));
    all.addAll(flags.length == 0 ? List.of(DIRECT, "--slots=1") : List.of(flags));
    return Run.segment(folder.resolve(output), all.toArray(String[]::new));
  }

  /** The assignments of a run by user. */
  private static Map<String, NamedCsvRecord> rows(Path run) throws IOException {
    Map<String, NamedCsvRecord> rows = new HashMap<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("assignments-")).toList()) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
          reader.forEach(row -> rows.put(row.getField("user_id"), row));
        }
      }
    }
    return rows;
  }

  /** The distances of a user to the centroids, by cluster id, by the plain formula. */
  private static Map<Integer, Double> distances(Model model, NamedCsvRecord user) {
    Map<Integer, Double> distances = new LinkedHashMap<>();
    for (ClusterModel cluster : model.clusters()) {
      double squared = 0;
      for (int f = 0; f < model.features().size(); f++) {
        Model.FeatureModel feature = model.features().get(f);
        double raw = Double.parseDouble(user.getField(feature.name()));
        double z = (raw - feature.mean()) / feature.unit();
        squared += Math.pow(z - cluster.centroid().get(f), 2);
      }
      distances.put(cluster.id(), Math.sqrt(squared));
    }
    return distances;
  }

  @Test
  void everyUserIsWhereTheRuleSays() throws IOException {
    Model model = sticky.model();
    Map<String, NamedCsvRecord> previous = rows(before);
    Map<String, NamedCsvRecord> now = rows(sticky.output());
    Map<String, NamedCsvRecord> unheld = rows(free.output());
    Map<Integer, Long> sizes = new TreeMap<>();
    int held = 0;
    double inertia = 0;
    double freeInertia = 0;
    try (CsvReader<NamedCsvRecord> users =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("week-2.csv"))) {
      for (NamedCsvRecord user : users) {
        String id = user.getField("id");
        NamedCsvRecord row = now.get(id);
        Map<Integer, Double> distances = distances(model, user);
        int nearest = Integer.parseInt(unheld.get(id).getField("cluster"));
        double d1 = distances.get(nearest);
        assertTrue(distances.values().stream().allMatch(d -> d >= d1 - 1e-6));
        int last =
            previous.containsKey(id)
                ? Integer.parseInt(previous.get(id).getField("cluster"))
                : nearest;
        double d2 = distances.get(last);
        boolean isHeld = last != nearest && (d2 - d1) / d2 <= MARGIN;
        int cluster = isHeld ? last : nearest;
        assertEquals(String.valueOf(cluster), row.getField("cluster"), id);
        assertEquals(String.valueOf(isHeld), row.getField("held"), id);
        assertEquals(distances.get(cluster), Double.parseDouble(row.getField("distance")), 1e-4);
        if (isHeld) {
          assertEquals((d1 - d2) / d2, Double.parseDouble(row.getField("margin")), 1e-4, id);
          assertEquals(unheld.get(id).getField("persona"), row.getField("second_persona"));
          assertEquals(previous.get(id).getField("persona"), row.getField("previous_persona"));
          assertEquals("false", row.getField("changed"));
          assertEquals("held", row.getField("why"));
          assertEquals("", row.getField("least_change"));
        } else {
          for (String column : unheld.get(id).getHeader()) {
            assertEquals(unheld.get(id).getField(column), row.getField(column), id);
          }
        }
        held += isHeld ? 1 : 0;
        sizes.merge(cluster, 1L, Long::sum);
        inertia += Math.pow(distances.get(cluster), 2);
        freeInertia += d1 * d1;
      }
    }
    System.out.println(model.stickiness());
    assertTrue(held > 20, "held: " + held);
    StickinessPrice price = model.stickiness();
    assertEquals(MARGIN, price.margin());
    assertEquals(StickinessPrice.BY_SPEC, price.chosenBy());
    assertEquals(held, price.heldUsers());
    assertEquals(inertia, price.inertia(), 1e-4);
    assertEquals(freeInertia, price.freeInertia(), 1e-4);
    assertEquals(model.inertia(), price.inertia());
    // Exactly what the run without stickiness says, because the centroids do not change.
    assertEquals(free.model().inertia(), price.freeInertia());
    for (ClusterModel cluster : model.clusters()) {
      assertEquals(sizes.get(cluster.id()), cluster.users());
    }
  }

  @Test
  void theTotalsFollowThePersonaAndTheCentroidsDoNot() throws IOException {
    Model held = sticky.model();
    Model unheld = free.model();
    long changed = 0;
    for (int j = 0; j < held.clusters().size(); j++) {
      assertEquals(unheld.clusters().get(j).centroid(), held.clusters().get(j).centroid());
      changed += Math.abs(unheld.clusters().get(j).users() - held.clusters().get(j).users());
    }
    assertTrue(changed > 0);
    assertEquals(unheld.metrics(), held.metrics());
    assertEquals(unheld.history(), held.history());
    assertEquals(
        free.drift().migration().changed() - held.stickiness().heldUsers(),
        sticky.drift().migration().changed());
    long members = 0;
    for (Map.Entry<String, String> file : files(sticky.output()).entrySet()) {
      if (file.getKey().matches("audience-(?!entered|left).*")) {
        members += file.getValue().lines().count() - 1;
      }
    }
    assertEquals(USERS, members);
    String report = Files.readString(sticky.output().resolve("report.json"));
    assertTrue(report.contains("\"heldUsers\":" + held.stickiness().heldUsers()), report);
  }

  @Test
  void marginZeroGivesTheSameBytesAsNoKey() throws IOException {
    Run zero = week("zero", "stickiness: {margin: 0}").succeeded();
    assertNull(zero.model().stickiness());
    Map<String, String> expected = files(free.output());
    Map<String, String> actual = files(zero.output());
    assertEquals(expected.keySet(), actual.keySet());
    // The receipt holds the digest of the text of the spec, which has one line more, and run.json
    // the digest of the model.
    expected.put("model.json", free.modelTextOfAnySpec());
    actual.put("model.json", zero.modelTextOfAnySpec());
    UnaryOperator<String> withoutDigest = text -> text.replaceAll("\"model\":\"\\p{XDigit}+\"", "");
    expected.computeIfPresent("run.json", (name, text) -> withoutDigest.apply(text));
    actual.computeIfPresent("run.json", (name, text) -> withoutDigest.apply(text));
    expected.forEach((name, text) -> assertEquals(text, actual.get(name), name));
  }

  /** The score knows no previous persona, so it is held against the nearest centroids. */
  @Test
  void aScoreOfTheSameUsersDoesNotDrift() throws IOException {
    assertTrue(sticky.model().stickiness().heldUsers() > 0);
    Run score =
        Run.command(
            folder.resolve("score"),
            "score",
            "--quiet",
            DIRECT,
            "--failOn=review",
            "--model=" + sticky.output().resolve("model.json"),
            "--input=" + folder.resolve("week-2.csv"),
            "--output=" + folder.resolve("score"));
    assertEquals(0, score.succeeded().score().drift().personasPsi());
  }

  /** The ids of runs that do not go on from each other say nothing about the users. */
  @Test
  void runsThatDoNotGoOnFromEachOtherChooseNoMargin() throws IOException {
    for (String copy : List.of("1", "2", "3")) {
      Path to = Files.createDirectories(folder.resolve("fresh").resolve(copy));
      for (String name : List.of("model.json", "assignments-00000.csv")) {
        Files.copy(before.resolve(name), to.resolve(name));
      }
    }
    Run run =
        week(
            "unchained",
            "stickiness: {margin: auto}",
            "--history=" + folder.resolve("fresh") + "/*",
            DIRECT);
    StickinessPrice price = run.succeeded().model().stickiness();
    assertEquals(StickinessPrice.BY_DEFAULT, price.chosenBy());
    assertEquals(1, price.history().runs());
  }

  /** The margin that the history chose comes from the model, for the earlier runs may be gone. */
  @Test
  void aRunWithAChosenMarginIsVerified() throws IOException {
    Run chosen = week("chosen", "stickiness: {margin: auto}", "--history=" + before, DIRECT);
    assertEquals(0, chosen.succeeded().model().stickiness().margin());
    Run.command(
            folder,
            "verify",
            DIRECT,
            "--model=" + chosen.output().resolve("model.json"),
            "--previous=" + before,
            "--input=" + folder.resolve("week-2.csv"))
        .succeeded();
  }

  @Test
  void marginOneHoldsEveryUserWhosePersonaExists() throws IOException {
    Run one = week("one", "stickiness: {margin: 1}").succeeded();
    assertEquals(0, one.drift().migration().changed());
    Run three = week("three", 3, "stickiness: {margin: 1}").succeeded();
    List<Integer> ids = three.model().clusters().stream().map(ClusterModel::id).toList();
    Map<String, NamedCsvRecord> previous = rows(before);
    int gone = 0;
    for (NamedCsvRecord row : rows(three.output()).values()) {
      NamedCsvRecord last = previous.get(row.getField("user_id"));
      if (last != null && ids.contains(Integer.parseInt(last.getField("cluster")))) {
        assertEquals(last.getField("cluster"), row.getField("cluster"));
      } else {
        assertEquals("false", row.getField("held"));
        gone += last == null ? 0 : 1;
      }
    }
    assertTrue(gone > 0);
  }

  @Test
  void theBytesDoNotDependOnTheCutOrTheRunner() throws IOException {
    Run other = week("other", KEY, "--runner=FlinkRunner", "--slots=3").succeeded();
    assertEquals(sticky.modelText(), other.modelText());
    assertEquals(sticky.reportBytes(), other.reportBytes());
    assertEquals(sticky.rows("assignments"), other.rows("assignments"));
  }

  @Test
  void withoutAssignmentsNobodyIsHeld() throws IOException {
    assertNull(first.model().stickiness());
    assertFalse(rows(before).values().iterator().next().getHeader().contains("held"));
  }

  /** All files of a run, but for the spec that it was given and the seconds of its outcome. */
  private static Map<String, String> files(Path run) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("model-spec.yaml") && !name.startsWith(".")) {
          String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
          texts.put(name, Run.withoutSeconds(name, text).replace(run.toString(), ""));
        }
      }
    }
    return texts;
  }
}
