package personas.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersonaMatcherTest {
  private static final List<String> FEATURES =
      List.of("api_calls_monthly", "templates_used_monthly", "logins");
  private static final PersonaProfile DEVELOPERS =
      new PersonaProfile(
          "Developers",
          Map.of("api_calls_monthly", Level.VERY_HIGH, "templates_used_monthly", Level.LOW),
          "docs");
  private static final PersonaProfile SHOPS =
      new PersonaProfile("Shops", Map.of("templates_used_monthly", Level.HIGH), "templates");

  private static final double[][] CENTROIDS = {
    {-0.4, 1.2, 0.1}, {1.8, -0.9, 0.2}, {-0.6, -0.6, 1.6}, {0.1, 0.2, -0.1}
  };
  private static final long[] USERS = {40, 30, 20, 10};

  private static List<String> names(Personas personas) {
    return personas.tags().stream().map(Tag::persona).toList();
  }

  @Test
  void declaredPersonasComeFirstInTheOrderOfTheSpec() {
    Personas personas =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), FEATURES, CENTROIDS, USERS);
    assertEquals(
        List.of("Developers", "Shops", "Very high logins, low api_calls_monthly", "Average users"),
        names(personas));
    assertEquals(List.of(1, 0, 2, 3), personas.tags().stream().map(Tag::cluster).toList());
    assertEquals("docs", personas.tags().get(0).strategy());
    assertEquals(
        "very high api_calls_monthly (+1.8σ), low templates_used_monthly (-0.9σ)",
        personas.tags().get(0).standsOut());
    assertEquals(Map.of(), personas.unmatched());
  }

  @Test
  void theOrderOfTheClustersDoesNotMatter() {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
    Personas expected =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), FEATURES, CENTROIDS, USERS);
    for (long seed = 0; seed < 20; seed++) {
      Collections.shuffle(order, new Random(seed));
      double[][] centroids = order.stream().map(c -> CENTROIDS[c]).toArray(double[][]::new);
      long[] users = order.stream().mapToLong(c -> USERS[c]).toArray();
      Personas personas =
          PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), FEATURES, centroids, users);
      assertEquals(names(expected), names(personas), "seed " + seed);
      for (int id = 0; id < 4; id++) {
        assertEquals(
            expected.tags().get(id).cluster(), order.get(personas.tags().get(id).cluster()));
      }
    }
  }

  @Test
  void aPersonaThatFitsBadlyIsNotForcedOnACluster() {
    double[][] centroids = {{-0.5, 0.9, 0}, {0.2, -0.8, 0}};
    Personas personas =
        PersonaMatcher.match(List.of(DEVELOPERS, SHOPS), FEATURES, centroids, new long[] {5, 5});
    assertEquals(List.of("Shops", "Low templates_used_monthly"), names(personas));
    assertFalse(personas.tags().get(1).declared());
    String why = personas.unmatched().get("Developers");
    assertTrue(why.startsWith("no cluster fits it well enough; the best is low templates"), why);
  }

  @Test
  void morePersonasThanClusters() {
    PersonaProfile also =
        new PersonaProfile("Also", Map.of("templates_used_monthly", Level.HIGH), "");
    Personas personas =
        PersonaMatcher.match(
            List.of(SHOPS, also), FEATURES, new double[][] {{0, 1.4, 0}}, new long[] {3});
    assertEquals(List.of("Shops"), names(personas));
    assertTrue(personas.unmatched().get("Also").contains("is another persona's"));
    assertEquals("Also", personas.tags().get(0).runnerUp());
  }

  @Test
  void madeNamesAreUnique() {
    double[][] centroids = {{1, -1, 0}, {1.2, -0.8, 0.1}, {1.1, -0.9, 0.2}, {0, 0, 0}, {0, 0, 0.1}};
    Personas personas =
        PersonaMatcher.match(List.of(), FEATURES, centroids, new long[] {1, 2, 3, 4, 5});
    assertEquals(5, new HashSet<>(names(personas)).size(), names(personas).toString());
    assertEquals("High api_calls_monthly, low templates_used_monthly", names(personas).get(2));
  }

  @Test
  void assignmentIsThatOfTryingAll() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(5);
      int columns = rows + random.nextInt(3);
      double[][] cost = new double[rows][columns];
      for (double[] row : cost) {
        for (int c = 0; c < columns; c++) {
          row[c] = random.nextInt(20) - 5;
        }
      }
      int[] found = Assignment.minimize(cost);
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
