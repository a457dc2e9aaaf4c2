package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;

/**
 * Heavily skewed users through the whole job with nothing but the names of the features and {@code
 * k: auto}: log-normal counts and amounts, and users who are a thousandfold in all of them. The
 * data choose transforms, limits and k, and do so in the same bytes on every runner, at every
 * parallelism, for any order of the rows and any split into files.
 */
class SkewedUsersTest {
  private static final int USERS = 2_000;
  private static final int GROUPS = 3;
  private static final List<String> FEATURES = List.of("visits", "spend", "minutes");
  private static final Path GOLDEN =
      Path.of("src/test/resources/golden/skewed-users-k_selection.csv");

  @TempDir static Path folder;
  private static List<String> rows;
  private static Run reference;

  @BeforeAll
  static void reference() throws IOException {
    rows = rows();
    write("one", List.of(rows));
    write("seventeen", cut(rows, 17));
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    write("shuffled", List.of(shuffled));
    Files.writeString(folder.resolve("spec.yaml"), spec("clustering: {k: auto}"));
    reference = run("reference", "one", "--targetParallelism=1", "--slots=1");
  }

  /** Three groups a factor of 30 apart; of each 400 users one is a whale in every feature. */
  private static List<String> rows() {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      StringBuilder row = new StringBuilder("user-").append(i);
      int group = random.nextInt(GROUPS);
      boolean whale = random.nextInt(400) == 0;
      for (int f = 0; f < FEATURES.size(); f++) {
        double scale = (f == group ? 60 : 2) * (whale ? 1_000 : 1);
        double value = scale * StrictMath.exp(0.7 * random.nextGaussian());
        row.append(f == 0 ? "," + Math.round(value) : format(value));
      }
      rows.add(row.toString());
    }
    return rows;
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, ",%.2f", value);
  }

  private static String spec(String clustering) {
    StringBuilder spec = new StringBuilder("name: skewed\ninput: {id: user_id}\nfeatures:\n");
    FEATURES.forEach(name -> spec.append("  - name: ").append(name).append('\n'));
    return spec.append(clustering).append('\n').toString();
  }

  private static List<List<String>> cut(List<String> rows, int parts) {
    return IntStream.range(0, parts)
        .mapToObj(i -> rows.subList(USERS * i / parts, USERS * (i + 1) / parts))
        .toList();
  }

  private static void write(String name, List<List<String>> parts) throws IOException {
    Path input = Files.createDirectories(folder.resolve(name));
    String header = "user_id," + String.join(",", FEATURES) + "\n";
    for (int i = 0; i < parts.size(); i++) {
      Files.writeString(
          input.resolve("users-" + i + ".csv"), header + String.join("\n", parts.get(i)) + "\n");
    }
  }

  private static Run run(String name, String input, String... flags) {
    List<String> all = new ArrayList<>();
    all.add("--spec=" + folder.resolve("spec.yaml"));
    all.add("--input=" + folder.resolve(input) + "/*.csv");
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve("out-" + name), all.toArray(String[]::new)).succeeded();
  }

  @Test
  void theDataChooseTransformsLimitsAndK() throws IOException {
    Model model = reference.model();
    for (FeatureModel feature : model.features()) {
      assertEquals(Transform.LOG1P, feature.transform(), feature.name());
      ValueLimits limits = feature.limits();
      assertTrue(limits.above() > 0 && limits.above() <= USERS / 100, limits.toString());
      assertTrue(limits.below() <= USERS / 100, limits.toString());
      String said = limits.above() + " users above " + limits.upper();
      assertTrue(
          model.warnings().stream().anyMatch(text -> text.contains(said)),
          said + " is not in " + model.warnings());
    }
    assertEquals(GROUPS, model.kSelection().chosen(), model.kSelection().reason());
    assertTrue(model.kSelection().clear());
    for (ClusterModel cluster : model.clusters()) {
      assertTrue(cluster.share() > 0.2, cluster.toString());
    }
  }

  @Test
  void meansAreOfTheTrueValues() throws IOException {
    Model model = reference.model();
    for (int f = 0; f < FEATURES.size(); f++) {
      int column = f;
      double total =
          rows.stream()
              .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[column + 1]))
              .sum();
      double ofClusters =
          model.clusters().stream().mapToDouble(c -> c.users() * c.rawMean().get(column)).sum();
      assertEquals(total, ofClusters, total * 1e-9);
    }
  }

  @Test
  void aScoreKeepsTheLimits() throws IOException {
    Path output = folder.resolve("scored");
    Run scored =
        Run.command(
                output,
                "score",
                "--quiet",
                "--model=" + reference.output().resolve("model.json"),
                "--input=" + folder.resolve("shuffled") + "/*.csv",
                "--output=" + output)
            .succeeded();
    assertEquals(reference.rows("assignments"), scored.rows("assignments"));
  }

  /** Whoever changes a byte of it means to. */
  @Test
  void theTableOfTheChoiceIsTheGoldenOne() throws IOException {
    assertEquals(Files.readString(GOLDEN), table(reference));
  }

  private static String table(Run run) throws IOException {
    return Files.readString(run.output().resolve("k_selection.csv"));
  }

  static Stream<List<String>> variants() {
    String flink = "--runner=FlinkRunner";
    return Stream.of(
        List.of("one", "--targetParallelism=8", "--slots=8"),
        List.of("shuffled", "--iterationsPerJob=1"),
        List.of("seventeen", "--slots=5"),
        List.of("one", flink, "--parallelism=1"),
        List.of("seventeen", flink, "--parallelism=8", "--slots=8"),
        List.of("shuffled", flink, "--parallelism=2", "--useDataStreamForBatch=true"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheSameBytes(List<String> variant) throws IOException {
    String[] flags = variant.subList(1, variant.size()).toArray(String[]::new);
    Run run = run(Integer.toHexString(variant.hashCode()), variant.get(0), flags);
    assertEquals(reference.modelText(), run.modelText());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertEquals(reference.reportBytes(), run.reportBytes());
    assertEquals(table(reference), table(run));
  }
}
