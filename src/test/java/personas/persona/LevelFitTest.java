package personas.persona;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.math.LinearAssignment;

/**
 * Checks the fits of declared levels on typical clusters, and the arguments of the assignment
 * problem.
 */
class LevelFitTest {
  private static final List<String> API = List.of("api");
  private static final List<NamedFeature> NAMED = List.of(NamedFeature.of("api"));
  private static final List<String> PLATFORM =
      List.of("images", "api", "logins", "templates", "custom");

  /** The table of the image platform, by hand; {@code SpecReaderTest} holds the file to it. */
  private static final List<PersonaProfile> TABLE =
      List.of(
          new PersonaProfile(
              "E-commerce",
              Map.of("images", Level.HIGH, "templates", Level.HIGH, "api", Level.LOW),
              ""),
          new PersonaProfile(
              "Developers",
              Map.of("api", Level.VERY_HIGH, "logins", Level.LOW, "templates", Level.LOW),
              ""),
          new PersonaProfile(
              "Agencies", Map.of("custom", Level.MODERATE, "logins", Level.MODERATE), ""));

  private static double fit(Level level, double z) {
    return ProfileFit.of(new PersonaProfile("P", Map.of("api", level), ""), API, new double[] {z});
  }

  @Test
  void fitFallsWithTheDistanceAndIsSymmetric() {
    for (double z = -8; z <= 8; z += 0.125) {
      assertEquals(fit(Level.HIGH, z), fit(Level.LOW, -z), "z " + z);
      assertEquals(fit(Level.VERY_HIGH, z), fit(Level.VERY_LOW, -z), "z " + z);
      assertTrue(fit(Level.VERY_HIGH, z) <= fit(Level.VERY_HIGH, z + 0.125), "z " + z);
      boolean inside = z < Level.HIGH.zScore();
      double further = fit(Level.HIGH, z + 0.125);
      assertTrue(inside ? fit(Level.HIGH, z) <= further : fit(Level.HIGH, z) >= further, "z " + z);
    }
  }

  @Test
  void highStillFitsAClusterOfWhales() {
    assertEquals(1, fit(Level.HIGH, 1.5));
    assertTrue(fit(Level.HIGH, 3) < 1);
    assertTrue(fit(Level.HIGH, 1000) > 0.87, "fit: " + fit(Level.HIGH, 1000));
  }

  @Test
  void theOutermostOfTwoFarClustersIsVeryHigh() {
    PersonaProfile regular = new PersonaProfile("Regular", Map.of("api", Level.HIGH), "");
    PersonaProfile power = new PersonaProfile("Power", Map.of("api", Level.VERY_HIGH), "");
    double[][] centroids = {{1.6}, {3}, {-0.8}};
    for (long[] users : new long[][] {{40, 5, 50}, {5, 40, 50}}) {
      for (List<PersonaProfile> profiles :
          List.of(List.of(regular, power), List.of(power, regular))) {
        for (ClusterPersona tag :
            PersonaMatcher.match(profiles, NAMED, centroids, users).clusters()) {
          if (tag.name().isDeclared()) {
            assertEquals(tag.persona().equals("Power") ? 1 : 0, tag.cluster());
          }
        }
      }
    }
  }

  /**
   * Groups as the table says, of sizes from a fifth to a half of the users: standardized by hand, a
   * "very high" group then has a z of +0.9 to +1.9 and a moderate one is off 0 by what the others
   * weigh.
   */
  @Test
  void theImagePlatformsTableMatchesOnPlausibleGroups() {
    double[][] raw = {{400, 60, 8, 40, 110}, {90, 2500, 3, 6, 60}, {200, 150, 7, 18, 120}};
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      double[] share = {0.2 + random.nextInt(31) / 100.0, 0.2 + random.nextInt(11) / 100.0, 0};
      share[2] = 1 - share[0] - share[1];
      double[][] groups = new double[3][5];
      for (int c = 0; c < 3; c++) {
        for (int f = 0; f < 5; f++) {
          groups[c][f] = raw[c][f] * (0.85 + 0.3 * random.nextDouble());
        }
      }
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
      Collections.shuffle(order, random);
      double[][] z = standardized(groups, share);
      MatchedPersonas personas =
          PersonaMatcher.match(
              TABLE,
              PLATFORM.stream().map(NamedFeature::of).toList(),
              order.stream().map(c -> z[c]).toArray(double[][]::new),
              order.stream().mapToLong(c -> Math.round(100 * share[c])).toArray());
      assertEquals(Map.of(), personas.unmatched(), "seed " + seed);
      for (int id = 0; id < 3; id++) {
        assertEquals(id, order.get(personas.clusters().get(id).cluster()), "seed " + seed);
      }
    }
  }

  /** Within a group users spread by 0.3 of its mean. */
  private static double[][] standardized(double[][] groups, double[] share) {
    double[][] z = new double[3][5];
    for (int f = 0; f < 5; f++) {
      double mean = 0;
      double squares = 0;
      for (int c = 0; c < 3; c++) {
        mean += share[c] * groups[c][f];
        squares += share[c] * 1.09 * groups[c][f] * groups[c][f];
      }
      for (int c = 0; c < 3; c++) {
        z[c][f] = (groups[c][f] - mean) / Math.sqrt(squares - mean * mean);
      }
    }
    return z;
  }

  @Test
  void anAssignmentOfFractionsMatchesBruteForce() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[][] cost = new double[1 + random.nextInt(5)][];
      int columns = cost.length + random.nextInt(3);
      for (int row = 0; row < cost.length; row++) {
        cost[row] = random.doubles(columns, -1, 1).toArray();
      }
      int[] found = LinearAssignment.minimize(cost);
      double total = 0;
      for (int row = 0; row < cost.length; row++) {
        total += cost[row][found[row]];
      }
      assertEquals(least(cost, 0, new boolean[columns]), total, 1e-12, "seed " + seed);
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

  @Test
  void refusesAnAssignmentWithInvalidCosts() {
    for (double each :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> LinearAssignment.minimize(new double[][] {{each, 1}}),
          "cost " + each);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> LinearAssignment.minimize(new double[][] {{1, 2}, {3}}));
  }
}
