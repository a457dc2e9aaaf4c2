package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.HistogramBins;
import personas.model.TrainingContext.FeatureContext;
import personas.model.TrainingContext.PointCounts;

class PopulationStabilityTest {
  private static FeatureContext spread(int users, DoubleSupplier values) {
    double[] column = new double[users];
    double[][] rows = new double[users][1];
    for (int i = 0; i < users; i++) {
      column[i] = values.getAsDouble();
      rows[i][0] = column[i];
    }
    FeatureHistogram counts = new FeatureHistogram(HistogramBins.of(rows, 1));
    counts.add(new double[][] {column}, users);
    return featureContext(counts);
  }

  private static FeatureContext featureContext(FeatureHistogram counts) {
    PointCounts earlier =
        counts.earlierPoints(0).isEmpty()
            ? null
            : new PointCounts(counts.earlierPoints(0), counts.earlierCounts(0));
    return new FeatureContext(
        null,
        null,
        counts.points(0),
        counts.counts(0),
        counts.missing(0),
        earlier,
        null,
        null,
        null,
        null);
  }

  /** The users of a run that goes on from another one. */
  private static FeatureContext spreadAfter(FeatureContext before, double[] column) {
    double[][] rows =
        Arrays.stream(column).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    FeatureHistogram counts =
        new FeatureHistogram(
            HistogramBins.of(rows, 1).withEarlierPoints(List.of(before.pointsOfNextRun())));
    counts.add(new double[][] {column}, column.length);
    return featureContext(counts);
  }

  /**
   * Half of the users moved within a gap of the later values, where evenly spread users would be
   * counted on the wrong side of an edge. The expected index counts the values themselves.
   */
  @Test
  void theNextRunCountsAtTheEdgesOfTheOneBefore() {
    Random random = new Random(5);
    DoubleSupplier lumps = () -> 10 * random.nextInt(4) + random.nextDouble();
    double[] old = random.doubles(3_000).map(v -> 40 * v).toArray();
    FeatureContext before = spreadAfter(FeatureContext.UNKNOWN, old);
    double[] column = new double[4_000];
    Arrays.setAll(column, i -> lumps.getAsDouble());
    FeatureContext after = spreadAfter(before, column);
    assertEquals(direct(before, old, column), psi(before, after), 1e-12);
    assertFalse(PopulationStability.of(before, after).isInterpolated());
    int[] next = {0};
    FeatureContext alone = spread(column.length, () -> column[next[0]++ % column.length]);
    assertTrue(PopulationStability.of(before, alone).isInterpolated());
    assertNotEquals(direct(before, old, column), psi(before, alone), 0.01);
  }

  /** Many users of the smallest value: whoever comes below it is a part of its own. */
  @Test
  void usersBelowTheSmallestEarlierValueAreCountedExactly() {
    double[] old = new double[100];
    Arrays.setAll(old, i -> i < 30 ? 1 : i);
    FeatureContext before = spreadAfter(FeatureContext.UNKNOWN, old);
    double[] column = new double[100];
    Arrays.setAll(column, i -> i < 10 ? 0.5 : i < 30 ? 1 : i);
    assertEquals(direct(before, old, column), psi(before, spreadAfter(before, column)), 1e-12);
  }

  /** The index from the values: the parts are those that the class documents. */
  private static double direct(FeatureContext before, double[] old, double[] column) {
    List<Double> edges = new ArrayList<>();
    double first = before.points().get(0);
    if (10 * count(old, Double.NEGATIVE_INFINITY, first) >= old.length) {
      edges.add(Math.nextDown(first));
    }
    double from = Double.NEGATIVE_INFINITY;
    for (double point : before.points().subList(0, before.points().size() - 1)) {
      if (10 * count(old, from, point) >= old.length) {
        edges.add(point);
        from = point;
      }
    }
    edges.add(Double.POSITIVE_INFINITY);
    double index = 0;
    from = Double.NEGATIVE_INFINITY;
    for (double edge : edges) {
      double p = Math.max(0.5, count(old, from, edge)) / old.length;
      double q = Math.max(0.5, count(column, from, edge)) / column.length;
      index +=
          count(old, from, edge) + count(column, from, edge) == 0 ? 0 : (q - p) * Math.log(q / p);
      from = edge;
    }
    return index;
  }

  private static double count(double[] values, double above, double upTo) {
    return Arrays.stream(values).filter(v -> v > above && v <= upTo).count();
  }

  private static double psi(FeatureContext before, FeatureContext now) {
    return PopulationStability.of(before, now).index();
  }

  @Test
  void equalUsersGiveNought() {
    Random random = new Random(1);
    for (DoubleSupplier values :
        List.<DoubleSupplier>of(
            random::nextGaussian,
            () -> random.nextInt(3),
            () -> 7,
            () -> random.nextInt(9) == 0 ? Double.NaN : Math.exp(3 * random.nextGaussian()),
            () -> Double.NaN,
            () -> random.nextBoolean() ? Double.MAX_VALUE : -Double.MAX_VALUE)) {
      FeatureContext spread = spread(3_000, values);
      assertEquals(0, psi(spread, spread), spread.toString());
    }
  }

  /** Another sample of the same users is about as far away as chance says; a shift is not. */
  @Test
  void chanceIsSmallAndAShiftIsNot() {
    Random random = new Random(2);
    FeatureContext before = spread(20_000, random::nextGaussian);
    var again = PopulationStability.of(before, spread(20_000, random::nextGaussian));
    assertTrue(again.index() < 4 * again.chance(), again.toString());
    // Two normal distributions an s apart have, uncut, an index of s².
    for (double s : new double[] {0.3, 0.5, 1}) {
      double index = psi(before, spread(20_000, () -> random.nextGaussian() + s));
      assertEquals(1, index / (s * s), 0.12, s + ": " + index);
    }
  }

  @Test
  void missingValuesAreAPartOfTheirOwn() {
    Random random = new Random(3);
    FeatureContext all = spread(10_000, random::nextGaussian);
    FeatureContext half =
        spread(10_000, () -> random.nextBoolean() ? Double.NaN : random.nextGaussian());
    assertTrue(psi(all, half) > 1, psi(all, half) + "");
  }

  @Test
  void valuesOutsideAllEarlierOnesStayFinite() {
    FeatureContext low = spread(100, () -> 1);
    FeatureContext high = spread(100, () -> 1e300);
    assertTrue(Double.isFinite(psi(low, high)) && psi(low, high) > 1);
    assertTrue(Double.isFinite(psi(high, low)) && psi(high, low) > 1);
  }

  @Test
  void aModelWithoutHistogramsGivesNoIndex() {
    FeatureContext old = new FeatureContext(0.0, null, null, null, 0);
    assertNull(PopulationStability.of(old, spread(9, () -> 1)).index());
  }

  /** The counts are exact, whatever the bins were made from, and merge in any order. */
  @Test
  void countsAreExact() {
    Random random = new Random(6);
    double[] column = random.doubles(5_000).toArray();
    column[17] = Double.NaN;
    double[][] sample =
        Arrays.stream(column, 0, 500).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    HistogramBins bins = HistogramBins.of(sample, 1);
    FeatureHistogram whole = new FeatureHistogram(bins);
    whole.add(new double[][] {column}, 5_000);
    FeatureHistogram merged = whole.empty();
    for (int part = 4; part >= 0; part--) {
      FeatureHistogram each = new FeatureHistogram(bins);
      each.add(
          new double[][] {Arrays.copyOfRange(column, 1_000 * part, 1_000 * part + 1_000)}, 1_000);
      merged.merge(each);
    }
    assertEquals(whole, merged);
    long below = 0;
    for (int i = 0; i < whole.points(0).size(); i++) {
      below += whole.counts(0).get(i);
      double point = whole.points(0).get(i);
      assertEquals(Arrays.stream(column).filter(v -> v <= point).count(), below);
    }
    assertEquals(4_999, whole.counts(0).stream().mapToLong(Long::longValue).sum());
    assertEquals(1, whole.missing(0));
  }
}
