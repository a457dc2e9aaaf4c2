package personas.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import personas.math.LinearAssignment;

class PersonaMatcherTest {
  private static final List<String> FEATURES =
      List.of("api_calls_monthly", "templates_used_monthly", "logins");

  private static final List<NamedFeature> NAMED = FEATURES.stream().map(NamedFeature::of).toList();
  private static final PersonaProfile DEVELOPERS =
      new PersonaProfile(
          "Developers",
          Map.of("api_calls_monthly", Level.VERY_HIGH, "templates_used_monthly", Level.LOW),
          "docs");
  private static final PersonaProfile SHOPS =
      new PersonaProfile("Shops", Map.of("templates_used_monthly", Level.HIGH), "templates");

  private static final List<Level> LEVELS = List.of(Level.values());

  private static final double[][] CENTROIDS = {
    {-0.4, 1.2, 0.1}, {1.8, -0.9, 0.2}, {-0.6, -0.6, 1.6}, {0.1, 0.2, -0.1}
  };
  private static final long[] USERS = {40, 30, 20, 10};

  private static List<String> names(MatchedPersonas personas) {
    return personas.clusters().stream().map(ClusterPersona::persona).toList();
  }

  @Test
  void declaredPersonasComeFirstInTheOrderOfTheSpec() {
    MatchedPersonas personas =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), NAMED, CENTROIDS, USERS);
    assertEquals(
        List.of("Developers", "Shops", "Very high logins, low api calls monthly", "Average users"),
        names(personas));
    assertEquals(
        List.of(1, 0, 2, 3), personas.clusters().stream().map(ClusterPersona::cluster).toList());
    assertEquals("docs", personas.clusters().get(0).name().strategy());
    assertEquals(
        "very high api_calls_monthly (+1.8σ), low templates_used_monthly (-0.9σ)",
        personas.clusters().get(0).standsOut());
    assertEquals(Map.of(), personas.unmatched());
  }

  @Test
  void theOrderOfTheClustersDoesNotMatter() {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
    MatchedPersonas expected =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), NAMED, CENTROIDS, USERS);
    for (long seed = 0; seed < 20; seed++) {
      Collections.shuffle(order, new Random(seed));
      double[][] centroids = order.stream().map(c -> CENTROIDS[c]).toArray(double[][]::new);
      long[] users = order.stream().mapToLong(c -> USERS[c]).toArray();
      MatchedPersonas personas =
          PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), NAMED, centroids, users);
      assertEquals(names(expected), names(personas), "seed " + seed);
      for (int id = 0; id < 4; id++) {
        assertEquals(
            expected.clusters().get(id).cluster(),
            order.get(personas.clusters().get(id).cluster()));
      }
    }
  }

  @Test
  void aPersonaThatFitsBadlyIsNotForcedOnACluster() {
    double[][] centroids = {{-0.5, 0.9, 0}, {0.2, -0.8, 0}};
    MatchedPersonas personas =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), NAMED, centroids, new long[] {5, 5});
    assertEquals(List.of("Shops", "Low templates used monthly"), names(personas));
    assertFalse(personas.clusters().get(1).name().isDeclared());
    String why = personas.unmatched().get("Developers");
    assertTrue(why.startsWith("no cluster fits well enough; the best is low templates"), why);
  }

  @Test
  void morePersonasThanClusters() {
    PersonaProfile also =
        new PersonaProfile("Also", Map.of("templates_used_monthly", Level.HIGH), "");
    MatchedPersonas personas =
        PersonaMatcher.match(
            List.of(SHOPS, also), NAMED, new double[][] {{0, 1.4, 0}}, new long[] {3});
    assertEquals(List.of("Shops"), names(personas));
    assertTrue(personas.unmatched().get("Also").contains("belongs to another persona"));
    assertEquals("Also", personas.clusters().get(0).runnerUp().persona());
  }

  @Test
  void madeNamesAreUnique() {
    double[][] centroids = {{1, -1, 0}, {1.2, -0.8, 0.1}, {1.1, -0.9, 0.2}, {0, 0, 0}, {0, 0, 0.1}};
    MatchedPersonas personas =
        PersonaMatcher.match(List.of(), NAMED, centroids, new long[] {1, 2, 3, 4, 5});
    assertEquals(5, new HashSet<>(names(personas)).size(), names(personas).toString());
    assertEquals("High api calls monthly, low templates used monthly", names(personas).get(2));
  }

  @Test
  void namesSayWhatStandsOut() {
    double[][] centroids = {{0.49, -0.49, 0}, {0.5, 0, 0}, {-1.5, 1.49, 0}};
    MatchedPersonas personas =
        PersonaMatcher.match(List.of(), NAMED, centroids, new long[] {3, 2, 1});
    assertEquals(
        List.of(
            "Average users",
            "High api calls monthly",
            "Very low api calls monthly, high templates used monthly"),
        names(personas));
    assertEquals(
        List.of(
            "average in all features",
            "high api_calls_monthly (+0.5σ)",
            "very low api_calls_monthly (-1.5σ), high templates_used_monthly (+1.5σ)"),
        personas.clusters().stream().map(ClusterPersona::standsOut).toList());
    assertEquals(Map.of(), personas.unmatched());
  }

  @Test
  void aGeneratedNameNeverEqualsADeclaredName() {
    PersonaProfile taken =
        new PersonaProfile("Average users", Map.of("logins", Level.VERY_HIGH), "");
    double[][] centroids = {{0, 0, 0.1}, {0, 0, 0}};
    MatchedPersonas personas =
        PersonaMatcher.match(List.of(taken), NAMED, centroids, new long[] {9, 1});
    assertEquals(List.of("Average users (2)", "Average users (3)"), names(personas));
    assertEquals(Set.of("Average users"), personas.unmatched().keySet());
  }

  @Test
  void theOrderOfTheKeysOfAProfileDoesNotMatter() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double[] centroid = random.doubles(3, -2, 2).toArray();
      List<String> keys = new ArrayList<>(FEATURES);
      Set<Double> fits = new HashSet<>();
      for (int i = 0; i < 6; i++) {
        Collections.rotate(keys, 1);
        Collections.swap(keys, 0, i % 2);
        Map<String, Level> levels = new LinkedHashMap<>();
        keys.forEach(key -> levels.put(key, Level.MODERATE));
        fits.add(ProfileFit.of(new PersonaProfile("P", levels, ""), FEATURES, centroid));
      }
      assertEquals(1, fits.size(), "seed " + seed + ": " + fits);
    }
  }

  @Test
  void theMatchOfAnyPersonasAndClustersIsTheBestOfAll() {
    int unmatched = 0;
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<PersonaProfile> profiles = profiles(random, random.nextInt(5));
      int k = 1 + random.nextInt(5);
      double[][] centroids = new double[k][];
      for (int c = 0; c < k; c++) {
        centroids[c] = random.doubles(3, -2, 2).toArray();
      }
      long[] users = random.longs(k, 0, 3).toArray();
      MatchedPersonas personas = PersonaMatcher.match(profiles, NAMED, centroids, users);
      checkLaws(personas, profiles, centroids, users, "seed " + seed);
      unmatched += personas.unmatched().size();
    }
    assertTrue(unmatched > 100, "unmatched: " + unmatched);
  }

  private static List<PersonaProfile> profiles(Random random, int count) {
    List<PersonaProfile> profiles = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      Map<String, Level> levels = new LinkedHashMap<>();
      levels.put(FEATURES.get(random.nextInt(3)), LEVELS.get(random.nextInt(LEVELS.size())));
      levels.put(FEATURES.get(random.nextInt(3)), LEVELS.get(random.nextInt(LEVELS.size())));
      profiles.add(new PersonaProfile("P" + p, levels, "strategy " + p));
    }
    return profiles;
  }

  private static void checkLaws(
      MatchedPersonas personas,
      List<PersonaProfile> profiles,
      double[][] centroids,
      long[] users,
      String which) {
    int k = centroids.length;
    List<ClusterPersona> tags = personas.clusters();
    assertEquals(k, tags.stream().map(ClusterPersona::cluster).distinct().count(), which);
    assertEquals(k, tags.stream().map(ClusterPersona::persona).distinct().count(), which);
    List<ClusterPersona> declared = tags.stream().filter(tag -> tag.name().isDeclared()).toList();
    assertEquals(declared, tags.subList(0, declared.size()), which + ": declared come first");
    List<String> matched =
        profiles.stream()
            .map(PersonaProfile::name)
            .filter(name -> !personas.unmatched().containsKey(name))
            .toList();
    assertEquals(matched, declared.stream().map(ClusterPersona::persona).toList(), which);
    for (int id = declared.size() + 1; id < k; id++) {
      assertTrue(users[tags.get(id - 1).cluster()] >= users[tags.get(id).cluster()], which);
    }
    double[][] gain = new double[profiles.size()][k + profiles.size()];
    for (int p = 0; p < profiles.size(); p++) {
      for (int c = 0; c < k; c++) {
        double fit = ProfileFit.of(profiles.get(p), FEATURES, centroids[c]);
        gain[p][c] = fit >= ProfileFit.MIN_FIT ? -fit : 1;
      }
    }
    double total = declared.stream().mapToDouble(ClusterPersona::fit).sum();
    assertTrue(declared.stream().allMatch(tag -> tag.fit() >= ProfileFit.MIN_FIT), which);
    assertEquals(-least(gain, 0, new boolean[k + profiles.size()]), total, 1e-12, which);
  }

  @Test
  void assignmentOfMoreRowsThanColumnsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> LinearAssignment.minimize(new double[2][1]));
    assertEquals(0, LinearAssignment.minimize(new double[0][0]).length);
  }

  @Test
  void assignmentMatchesBruteForce() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(5);
      int columns = rows + random.nextInt(3);
      double[][] cost = new double[rows][columns];
      for (double[] row : cost) {
        for (int c = 0; c < columns; c++) {
          // Whole numbers, so that ties happen and sums are exact.
          row[c] = random.nextInt(20) - 5;
        }
      }
      int[] found = LinearAssignment.minimize(cost);
      double total = 0;
      HashSet<Integer> used = new HashSet<>();
      for (int row = 0; row < rows; row++) {
        total += cost[row][found[row]];
        assertTrue(used.add(found[row]), "seed " + seed);
      }
      assertEquals(least(cost, 0, new boolean[columns]), total, "seed " + seed);
    }
  }

  private static double least(double[][] cost, int row, boolean[] used) {
    if (row == cost.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < used.length; c++) {
      if (!used[c]) {
        used[c] = true;
        least = Math.min(least, cost[row][c] + least(cost, row + 1, used));
        used[c] = false;
      }
    }
    return least;
  }
}
