package personas.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Made names tell the clusters of a run apart. */
class MadeNamesTest {
  private static List<String> names(List<NamedFeature> features, double[][] centroids) {
    MadeNames made = new MadeNames(features, centroids);
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
  void aNameSaysWhatTellsAClusterFromTheOthers() {
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
  void oneOfSeveralNearDuplicatesIsNamed() {
    double[][] centroids = {{1, 1.05, 0.6}, {-1, -0.95, 0.6}, {0, 0.02, -0.9}};
    assertEquals(
        List.of("High price_new, high weight", "Low price, high weight", "Low weight"),
        names(numbers("price", "price_new", "weight"), centroids));
  }

  @Test
  void levelsOfACategoryAreShares() {
    List<NamedFeature> features =
        List.of(
            new NamedFeature("plan=pro", "plan", true, 0.4, 0.49),
            new NamedFeature("plan=basic", "plan", true, 0.6, 0.49),
            NamedFeature.of("spend"));
    double[][] centroids = {{1.2, -1.2, 0.1}, {-0.8, 0.8, 0.1}, {0.6, -0.6, -0.9}};
    assertEquals(
        List.of("Plan=pro", "No plan=pro", "Mostly plan=pro, low spend"),
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
