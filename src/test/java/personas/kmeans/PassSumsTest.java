package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.math.Grid;

/** Compares one pass with exact references, and checks the laws of merging. */
class PassSumsTest {
  private static final BigDecimal STEPS_PER_UNIT = new BigDecimal(Grid.STEPS_PER_UNIT);

  private static PassSums copy(PassSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    PassSums read = PassSums.read(in);
    assertEquals(-1, in.read(), "all bytes are read");
    return read;
  }

  private static PassSums merged(PassSums... parts) throws IOException {
    PassSums all = copy(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      all.merge(parts[i]);
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"11, 3", "12, 4", "13, 5", "14, 9"})
  void onePassMatchesBigDecimal(long seed, int d) {
    double[][] columns = Points.random(seed, d, 1700);
    Centroids centroids = Points.firstPoints(columns, 5);
    BigDecimal[][] totals = new BigDecimal[5][d];
    Arrays.stream(totals).forEach(row -> Arrays.fill(row, BigDecimal.ZERO));
    long[] users = new long[5];
    BigInteger inertiaSteps = BigInteger.ZERO;
    for (int row = 0; row < 1700; row++) {
      int j = Points.nearest(columns, row, centroids, -1);
      users[j]++;
      double squared = Points.squaredDistance(columns, row, centroids, j);
      double steps = Math.rint(squared * Grid.STEPS_PER_UNIT);
      inertiaSteps = inertiaSteps.add(new BigDecimal(steps).toBigIntegerExact());
      for (int f = 0; f < d; f++) {
        totals[j][f] = totals[j][f].add(new BigDecimal(columns[f][row]));
      }
    }
    PassSums sums = Points.pass(columns, centroids);
    Centroids means = sums.means(centroids);
    for (int j = 0; j < 5; j++) {
      assertEquals(users[j], sums.users(j), "seed " + seed);
      for (int f = 0; f < d && users[j] > 0; f++) {
        BigDecimal mean = totals[j][f].divide(BigDecimal.valueOf(users[j]), MathContext.DECIMAL128);
        assertEquals(mean.doubleValue(), means.at(j, f), "seed " + seed);
      }
    }
    BigDecimal inertia = new BigDecimal(inertiaSteps).divide(STEPS_PER_UNIT);
    assertEquals(inertia.doubleValue(), sums.inertia().value(), "seed " + seed);
  }

  @Test
  void centroidsMatchCommonsMath() {
    double[][] columns = Points.random(21, 4, 900);
    Centroids centroids = Points.firstPoints(columns, 3);
    List<CentroidCluster<DoublePoint>> clusters = new ArrayList<>();
    for (double[] row : centroids.toRows()) {
      clusters.add(new CentroidCluster<>(new DoublePoint(row)));
    }
    EuclideanDistance distance = new EuclideanDistance();
    for (int row = 0; row < 900; row++) {
      double[] point = {columns[0][row], columns[1][row], columns[2][row], columns[3][row]};
      int nearest = 0;
      for (int j = 1; j < 3; j++) {
        double[] best = clusters.get(nearest).getCenter().getPoint();
        if (distance.compute(point, clusters.get(j).getCenter().getPoint())
            < distance.compute(point, best)) {
          nearest = j;
        }
      }
      clusters.get(nearest).addPoint(new DoublePoint(point));
    }
    Centroids means = Points.pass(columns, centroids).means(centroids);
    for (int j = 0; j < 3; j++) {
      double[] expected = new double[4];
      for (DoublePoint point : clusters.get(j).getPoints()) {
        for (int f = 0; f < 4; f++) {
          expected[f] += point.getPoint()[f] / clusters.get(j).getPoints().size();
        }
      }
      assertArrayEquals(expected, means.toRows()[j], 1e-12);
    }
  }

  @Test
  void mergingIsAssociativeAndCommutativeAndHasAnIdentity() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      double[][] columns = Points.random(seed, 2, 900);
      Centroids centroids = Points.firstPoints(columns, 6);
      PassSums a = Points.pass(columns, centroids, 0, 100);
      PassSums b = Points.pass(columns, centroids, 100, 750);
      PassSums c = Points.pass(columns, centroids, 750, 900);
      PassSums none = new PassSums(6, 2);
      String which = "seed " + seed;
      assertEquals(merged(merged(a, b), c), merged(a, merged(b, c)), which);
      assertEquals(merged(a, b), merged(b, a), which);
      assertEquals(a, merged(a, none), which);
      assertEquals(a, merged(none, a), which);
      assertEquals(a, copy(a), which);
      assertNotEquals(a, merged(a, c), which);
    }
  }

  @Test
  void anySplitInAnyOrderGivesTheSumsOfAll() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int rows = 3000;
      double[][] columns = Points.random(seed, 2, rows);
      // Few clusters have users: the others need the farthest points, ties among them.
      Centroids centroids = Points.firstPoints(Points.part(columns, 0, 3), 8);
      PassSums whole = Points.pass(columns, centroids);
      PassSums[] parts = new PassSums[1 + random.nextInt(9)];
      int[] cuts = random.ints(parts.length - 1, 0, rows).sorted().toArray();
      for (int i = 0; i < parts.length; i++) {
        int from = i == 0 ? 0 : cuts[i - 1];
        int to = i == parts.length - 1 ? rows : cuts[i];
        parts[i] = copy(Points.pass(columns, centroids, from, to));
      }
      Collections.shuffle(Arrays.asList(parts), random);
      PassSums merged = merged(parts);
      assertEquals(whole, merged, "seed " + seed);
      assertEquals(whole.means(centroids), merged.means(centroids), "seed " + seed);
    }
  }

  /**
   * From the same start, records with weights give the centroids of repeated users, pass by pass,
   * and the same figures of separation.
   */
  @Test
  void aWeightIsSoManyUsers() {
    int records = 3_000;
    SplittableRandom random = new SplittableRandom(8);
    int[] weights = random.ints(records, 0, 4).toArray();
    weights[5] = 700;
    int users = Arrays.stream(weights).sum();
    double[][] columns = new double[3][records];
    double[][] repeated = new double[3][users];
    int at = 0;
    for (int i = 0; i < records; i++) {
      for (int f = 0; f < 3; f++) {
        // Some users lie far out, so that an empty cluster has somewhere to go.
        double far = random.nextInt(500) == 0 ? 1e4 : 1;
        columns[f][i] = Grid.round(far * (random.nextDouble() + random.nextInt(3)));
      }
      for (int copy = 0; copy < weights[i]; copy++, at++) {
        for (int f = 0; f < 3; f++) {
          repeated[f][at] = columns[f][i];
        }
      }
    }
    Centroids centroids =
        Centroids.of(4, 3, new double[] {0, 0, 0, 1, 1, 1, 2, 2, 2, -9e4, -9e4, -9e4});
    KnownAssignment found = new KnownAssignment(records, 4);
    int[] foundRepeated = new int[users];
    Arrays.fill(foundRepeated, -1);
    for (int pass = 0; pass < 8; pass++) {
      LloydKernel kernel = new LloydKernel(centroids);
      PassSums weighted = new PassSums(4, 3);
      weighted.addShard(PointBlocks.of(columns), weights, new BoundedKernel(centroids), found);
      PassSums expected = new PassSums(4, 3);
      expected.addShard(repeated, users, kernel, foundRepeated);
      assertEquals(expected, weighted);
      ClusterSpread spread = new ClusterSpread(centroids, expected);
      ClusterMetricSums.Measure measure = new ClusterMetricSums.Measure(spread);
      PointBlocks blocks = PointBlocks.of(columns);
      for (int from = 0; from < records; from += LloydKernel.BLOCK) {
        measure.weigh(weights, from);
        int count = Math.min(LloydKernel.BLOCK, records - from);
        measure.add(blocks.block(from, count), 0, count);
      }
      ClusterMetricSums.Measure measureRepeated = new ClusterMetricSums.Measure(spread);
      measureRepeated.add(repeated, 0, users);
      assertEquals(measureRepeated.sums(), measure.sums());
      centroids = expected.means(centroids);
    }
  }

  @Test
  void sumsAreExactAtTheEdgeOfTheGrid() {
    // An odd number of steps, so that a sum that rounds anywhere is off.
    double edge = Grid.LARGEST - 1 / Grid.STEPS_PER_UNIT;
    int rows = 3 * (1 << 12) + 7;
    double[][] columns = {new double[rows]};
    Arrays.fill(columns[0], edge);
    Centroids zero = Centroids.of(1, 1, new double[1]);
    PassSums sums = Points.pass(columns, zero);
    assertEquals(edge, sums.means(zero).at(0, 0));
    assertEquals(rows * Math.rint(edge * edge * 0x1p24) * 0x1p-24, sums.inertia().value());
  }

  @Test
  void changedUsersAreThoseWithAnotherClusterThanBefore() {
    double[][] columns = {{0, 1, 9, 10, 11}};
    Centroids centroids = Centroids.of(2, 1, new double[] {0, 10});
    int[] assignment = {0, 1, 1, -1, 0};
    PassSums sums = new PassSums(2, 1);
    sums.addShard(columns, 5, new LloydKernel(centroids), assignment);
    assertEquals(3, sums.changedUsers());
    assertArrayEquals(new int[] {0, 0, 1, 1, 1}, assignment);
    PassSums again = new PassSums(2, 1);
    again.addShard(columns, 5, new LloydKernel(centroids), assignment);
    assertEquals(0, again.changedUsers());
    assertEquals(List.of(2L, 3L), again.users());
  }

  @Test
  void farthestPointsAreDistinctAndEquallyFarOnesInTheOrderOfTheirCoordinates() {
    // Distances 5, 5, 5 (twice the same point), 3; the clusters 1 to 4 are empty.
    double[][] columns = {{3, -4, 0, 0, 3, 0}, {4, 3, 5, 5, 0, 0}};
    double[] far = new double[10];
    Arrays.fill(far, 2, 10, 900);
    Centroids centroids = Centroids.of(5, 2, far);
    Centroids means = Points.pass(columns, centroids).means(centroids);
    double[][] expected = {{2 / 6.0, 17 / 6.0}, {-4, 3}, {0, 5}, {3, 4}, {3, 0}};
    assertArrayEquals(expected, means.toRows());
  }

  @Test
  void theChoiceAmongEquallyFarPointsDoesNotDependOnTheOrder() {
    List<double[]> circle = new ArrayList<>();
    for (double sign : new double[] {1, -1}) {
      circle.add(new double[] {3 * sign, 4});
      circle.add(new double[] {3 * sign, -4});
      circle.add(new double[] {4 * sign, 3});
      circle.add(new double[] {5 * sign, 0});
    }
    Centroids centroids = Centroids.of(3, 2, new double[] {0, 0, 900, 900, 900, 900});
    for (long seed = 0; seed < 20; seed++) {
      Collections.shuffle(circle, new Random(seed));
      double[][] columns = new double[2][8];
      for (int i = 0; i < 8; i++) {
        columns[0][i] = circle.get(i)[0];
        columns[1][i] = circle.get(i)[1];
      }
      double[][] means = Points.pass(columns, centroids).means(centroids).toRows();
      assertArrayEquals(new double[][] {{0, 0.75}, {-5, 0}, {-4, 3}}, means, "seed " + seed);
    }
  }
}
