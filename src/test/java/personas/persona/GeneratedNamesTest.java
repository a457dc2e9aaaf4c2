package personas.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.feature.FeatureWords;
import personas.feature.Transform;

/** Checks that generated names distinguish the clusters of a run. */
class GeneratedNamesTest {
  private static List<String> names(List<NamedFeature> features, double[][] centroids) {
    GeneratedNames made = new GeneratedNames(features, centroids);
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < centroids.length; c++) {
      names.add(made.name(c, taken, false));
    }
    return names;
  }

  private static List<NamedFeature> numbers(String... names) {
    return List.of(names).stream().map(NamedFeature::of).toList();
  }

  private static NamedFeature level(String name, double share) {
    return new NamedFeature(
        name, "plan", true, new NamedFeature.Scale(share, 0.49, Transform.NONE), FeatureWords.NONE);
  }

  private static NamedFeature recency(String label, String unit) {
    return new NamedFeature(
        "recency_days",
        "recency_days",
        false,
        new NamedFeature.Scale(60, 40, Transform.NONE),
        new FeatureWords(label, unit, FeatureWords.Direction.LOWER, null));
  }

  @Test
  void aUnitSaysTheFigure() {
    double[][] centroids = {{-1.2, -1}, {1.5, -1}, {0.9, 1}};
    assertEquals(
        List.of(
            "Last order 12 days ago, low spend",
            "Last order 120 days ago, low spend",
            "High spend, last order 96 days ago"),
        names(List.of(recency("last order", "days ago"), NamedFeature.of("spend")), centroids));
  }

  /** The days since the last order are few where the orders are many. */
  @Test
  void lessOfWhatIsBetterLowIsMore() {
    double[][] centroids = {{1.2, -1}, {-1.2, 1.4}, {0.1, 0}};
    assertEquals(
        List.of("Light users", "Heavy users", "Regular users"),
        names(List.of(recency(null, null), NamedFeature.of("orders")), centroids));
  }

  @Test
  void clustersOnALineAreLightRegularAndHeavyUsers() {
    double[][] centroids = {{0.1, 0.2, 0}, {2, 1.8, 1.1}, {-0.9, -0.8, -0.7}};
    assertEquals(
        List.of("Regular users", "Heavy users", "Light users"),
        names(numbers("orders", "visits", "spend"), centroids));
    assertEquals(
        List.of("High orders", "Low orders"),
        names(numbers("orders"), new double[][] {{1}, {-1}}),
        "one feature says what it is");
  }

  /** All three spend much; what tells them apart is something else. */
  @Test
  void aNameSaysWhatDistinguishesACluster() {
    double[][] centroids = {{1.2, 1, 0}, {1.2, -1, 0}, {1.2, 0, 1}, {-1.6, 0, -0.2}};
    assertEquals(
        List.of(
            "High visits, high spend",
            "Low visits, high spend",
            "High returns, high spend",
            "Very low spend"),
        names(numbers("spend", "visits", "returns"), centroids));
  }

  @Test
  void namesOneOfSeveralNearDuplicates() {
    double[][] centroids = {{1, 1.05, 0.6}, {-1, -0.95, 0.6}, {0, 0.02, -0.9}};
    assertEquals(
        List.of("High price new, high weight", "Low price, high weight", "Low weight"),
        names(numbers("price", "price_new", "weight"), centroids));
  }

  @Test
  void levelsOfACategoryAreShares() {
    List<NamedFeature> features =
        List.of(level("plan=pro", 0.4), level("plan=basic", 0.6), NamedFeature.of("spend"));
    double[][] centroids = {{1.2, -1.2, 0.1}, {-0.8, 0.8, 0.1}, {0.6, -0.6, -0.9}};
    assertEquals(
        List.of("Plan: pro", "No plan: pro", "Mostly plan: pro, low spend"),
        names(features, centroids));
  }

  /** No two clusters that differ have one name, and the number of features does not matter. */
  @Test
  void namesAreUnique() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int d = 1 + random.nextInt(6);
      List<NamedFeature> features =
          IntStream.range(0, d).mapToObj(f -> NamedFeature.of("f" + f)).toList();
      double[][] centroids = new double[2 + random.nextInt(8)][];
      for (int c = 0; c < centroids.length; c++) {
        centroids[c] = random.doubles(d, -2, 2).toArray();
      }
      List<String> names = names(features, centroids);
      assertEquals(names.size(), new HashSet<>(names).size(), "seed " + seed + ": " + names);
      assertEquals(names, names(features, centroids), "the same twice");
    }
  }
}
