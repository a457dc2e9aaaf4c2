package personas.kmeans.valley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.api.Test;

class DipStatisticTest {
  /**
   * By definition, as a linear programme for each place of the peak: the values at the points of a
   * distribution function that is convex before the peak and concave after it, as near as can be to
   * the steps of the points.
   */
  private static double byDefinition(double[] x) {
    double least = Double.POSITIVE_INFINITY;
    for (int peak = 0; peak < x.length; peak++) {
      least = Math.min(least, nearest(x, peak));
    }
    return least;
  }

  /** Variables: F before the jump at each point, F after the jump at the peak, the distance. */
  private static double nearest(double[] x, int peak) {
    int n = x.length;
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      // Below the point the steps are at i / n, from the point on at (i + 1) / n.
      bound(constraints, n, i, i / (double) n);
      bound(constraints, n, i == peak ? n : i, (i + 1) / (double) n);
    }
    constraints.add(row(n, Relationship.GEQ, n, 1, peak, -1));
    for (int i = 0; i + 1 < n; i++) {
      constraints.add(row(n, Relationship.GEQ, i + 1, 1, i == peak ? n : i, -1));
    }
    for (int i = 1; i + 1 < n; i++) {
      double before = 1 / (x[i] - x[i - 1]);
      double after = 1 / (x[i + 1] - x[i]);
      if (i != peak) {
        int left = i - 1 == peak ? n : i - 1;
        Relationship slope = i < peak ? Relationship.GEQ : Relationship.LEQ;
        constraints.add(row(n, slope, i + 1, after, i, -after - before, left, before));
      }
    }
    double[] distance = new double[n + 2];
    distance[n + 1] = 1;
    return new SimplexSolver()
        .optimize(
            new MaxIter(10_000),
            new LinearObjectiveFunction(distance, 0),
            new LinearConstraintSet(constraints),
            GoalType.MINIMIZE)
        .getValue();
  }

  private static void bound(List<LinearConstraint> constraints, int n, int at, double step) {
    constraints.add(row(n, Relationship.LEQ, step, at, 1, n + 1, -1));
    constraints.add(row(n, Relationship.GEQ, step, at, 1, n + 1, 1));
  }

  private static LinearConstraint row(int n, Relationship relation, double... placesAndValues) {
    int first = placesAndValues.length % 2;
    double[] row = new double[n + 2];
    for (int i = first; i < placesAndValues.length; i += 2) {
      row[(int) placesAndValues[i]] += placesAndValues[i + 1];
    }
    return new LinearConstraint(row, relation, first == 0 ? 0 : placesAndValues[0]);
  }

  @Test
  void isTheDistanceToTheNearestUnimodalDistribution() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      double[] x =
          random
              .doubles(3 + random.nextInt(9))
              .map(each -> random.nextBoolean() ? each : 3 + each)
              .sorted()
              .toArray();
      assertEquals(
          byDefinition(x), DipStatistic.of(x), 1e-9, "seed " + seed + ": " + Arrays.toString(x));
    }
  }

  /** Hartigan and Hartigan (1985), table 1: of 200 uniform numbers 5 % have more than 0.0370. */
  @Test
  void theDipOfAUniformSampleMatchesThePublishedTable() {
    Random random = new Random(3);
    long more = 0;
    for (int sample = 0; sample < 4000; sample++) {
      more += DipStatistic.of(random.doubles(200).sorted().toArray()) > 0.0370 ? 1 : 0;
    }
    assertEquals(0.05, more / 4000.0, 0.012);
  }

  @Test
  void evenNumbersHaveTheLeastAndTwoPlacesTheMost() {
    assertEquals(1 / 16.0, DipStatistic.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertEquals(0.25, DipStatistic.of(new double[] {0, 0, 0, 0, 9, 9, 9, 9}));
    assertEquals(0, DipStatistic.of(new double[] {4, 4, 4}));
    assertEquals(0, DipStatistic.of(new double[] {4}));
    assertEquals(0, DipStatistic.of(new double[0]));
  }

  @Test
  void scaleAndMirrorChangeNothing() {
    for (long seed = 0; seed < 50; seed++) {
      double[] x = new Random(seed).ints(80, 0, 1 << 20).mapToDouble(i -> i).sorted().toArray();
      double[] mirrored = Arrays.stream(x).map(each -> -4 * each).sorted().toArray();
      assertEquals(DipStatistic.of(x), DipStatistic.of(mirrored), 1e-15, "seed " + seed);
      assertTrue(DipStatistic.of(x) >= 1 / 160.0 && DipStatistic.of(x) <= 0.25, "seed " + seed);
    }
  }
}
