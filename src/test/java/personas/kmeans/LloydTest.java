package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.math.Grid;

/** The kernel, the sums and the iteration against naive versions, and their laws. */
class LloydTest {

  private static double[][] points(long seed, int d, int rows) {
    Random random = new Random(seed);
    double[][] columns = new double[d][rows];
    for (double[] column : columns) {
      for (int i = 0; i < rows; i++) {
        // Few distinct values, so that ties happen.
        column[i] = Grid.round(random.nextInt(4) == 0 ? random.nextInt(3) : random.nextGaussian());
      }
    }
    return columns;
  }

  private static Centroids someCentroids(double[][] columns, int k) {
    double[] coordinates = new double[k * columns.length];
    for (int j = 0; j < k; j++) {
      for (int f = 0; f < columns.length; f++) {
        coordinates[j * columns.length + f] = columns[f][j % columns[f].length];
      }
    }
    return Centroids.of(k, columns.length, coordinates);
  }

  private static int naiveNearest(double[][] columns, int row, Centroids centroids, double[] best) {
    int nearest = -1;
    best[0] = Double.POSITIVE_INFINITY;
    for (int j = 0; j < centroids.k(); j++) {
      double squared = 0;
      for (int f = 0; f < columns.length; f++) {
        double difference = columns[f][row] - centroids.at(j, f);
        squared += difference * difference;
      }
      if (squared < best[0]) {
        best[0] = squared;
        nearest = j;
      }
    }
    return nearest;
  }

  private static PassSums pass(double[][] columns, Centroids centroids, int from, int to) {
    double[][] part = new double[columns.length][];
    for (int f = 0; f < columns.length; f++) {
      part[f] = Arrays.copyOfRange(columns[f], from, to);
    }
    PassSums sums = new PassSums(centroids.k(), columns.length);
    int[] assignment = new int[to - from];
    Arrays.fill(assignment, -1);
    sums.addShard(part, to - from, new LloydKernel(centroids), assignment);
    return sums;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theKernelIsTheNaiveLoopBitForBit(long seed) {
    int d = 1 + (int) (seed % 5);
    int k = 1 + (int) (seed % 7);
    double[][] columns = points(seed, d, 500);
    Centroids centroids = someCentroids(columns, k);
    int[] nearest = new int[500];
    double[] best = new double[500];
    new LloydKernel(centroids).nearest(columns, 0, 500, nearest, best);
    int[] same = new int[500];
    double[] sameBest = new double[500];
    int[] second = new int[500];
    double[] secondBest = new double[500];
    new LloydKernel(centroids).nearestTwo(columns, 0, 500, same, sameBest, second, secondBest);
    double[] expected = new double[1];
    for (int row = 0; row < 500; row++) {
      assertEquals(naiveNearest(columns, row, centroids, expected), nearest[row], "seed " + seed);
      assertEquals(expected[0], best[row], "seed " + seed);
      assertTrue(k == 1 || secondBest[row] >= best[row]);
      assertTrue(k == 1 ? second[row] == -1 : second[row] != same[row]);
    }
    assertArrayEquals(nearest, same);
    assertArrayEquals(best, sameBest);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void oneIterationIsThatOfBigDecimal(long seed) {
    double[][] columns = points(seed, 3, 1700);
    Centroids centroids = someCentroids(columns, 5);
    PassSums sums = pass(columns, centroids, 0, 1700);
    BigDecimal[][] totals = new BigDecimal[5][3];
    Arrays.stream(totals).forEach(row -> Arrays.fill(row, BigDecimal.ZERO));
    long[] users = new long[5];
    double[] best = new double[1];
    BigDecimal inertia = BigDecimal.ZERO;
    for (int row = 0; row < 1700; row++) {
      int j = naiveNearest(columns, row, centroids, best);
      users[j]++;
      inertia = inertia.add(new BigDecimal(best[0]));
      for (int f = 0; f < 3; f++) {
        totals[j][f] = totals[j][f].add(new BigDecimal(columns[f][row]));
      }
    }
    Centroids means = sums.means(centroids);
    for (int j = 0; j < 5; j++) {
      assertEquals(users[j], sums.users(j), "seed " + seed);
      for (int f = 0; f < 3 && users[j] > 0; f++) {
        double exact =
            totals[j][f].divide(BigDecimal.valueOf(users[j]), MathContext.DECIMAL128).doubleValue();
        assertEquals(exact, means.at(j, f), Math.ulp(exact), "seed " + seed);
      }
    }
    assertEquals(inertia.doubleValue(), sums.inertia().value(), 1700 * 0x1p-24);
  }

  @Test
  void centroidsAreThoseOfCommonsMath() {
    double[][] columns = points(21, 4, 900);
    Centroids centroids = someCentroids(columns, 3);
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
    Centroids means = pass(columns, centroids, 0, 900).means(centroids);
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
  void sumsMergeInAnyOrderToTheSumsOfAll() throws IOException {
    for (long seed = 0; seed < 10; seed++) {
      double[][] columns = points(seed, 2, 3000);
      Centroids centroids = someCentroids(columns, 4);
      PassSums whole = pass(columns, centroids, 0, 3000);
      int[] cuts = {0, 1, 513, 1800, 3000};
      for (int start = 0; start < 4; start++) {
        PassSums merged = new PassSums(4, 2);
        for (int i = 0; i < 4; i++) {
          int part = (start + i * 3) % 4;
          PassSums sums = pass(columns, centroids, cuts[part], cuts[part + 1]);
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          sums.write(new DataOutputStream(bytes));
          merged.merge(
              PassSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
        }
        assertEquals(whole, merged, "seed " + seed);
      }
    }
  }

  @Test
  void inertiaNeverRisesAndAFixpointIsReached() {
    for (long seed = 0; seed < 20; seed++) {
      double[][] columns = points(seed, 2, 800);
      LloydState state = LloydState.start(someCentroids(columns, 6));
      double last = Double.POSITIVE_INFINITY;
      while (!state.isDone()) {
        state = state.next(pass(columns, state.centroids(), 0, 800), 0, 500);
        IterationRecord record = state.history().get(state.iterations() - 1);
        if (record.reseeded() == 0) {
          assertTrue(record.inertia() <= last + 1e-9, "seed " + seed);
        }
        last = record.inertia();
      }
      assertEquals(Status.CONVERGED, state.status(), "seed " + seed);
      assertEquals(
          state.centroids(), pass(columns, state.centroids(), 0, 800).means(state.centroids()));
    }
  }

  @Test
  void anEmptyClusterStartsAgainAtTheFarthestPoint() {
    double[][] columns = {{0, 0, 1, 1, 10}};
    Centroids centroids = Centroids.of(3, 1, new double[] {0.5, 400, 500});
    LloydState next = LloydState.start(centroids).next(pass(columns, centroids, 0, 5), 0, 10);
    assertArrayEquals(new double[] {2.4, 10, 0}, next.centroids().toArray());
    assertEquals(2, next.history().get(0).reseeded());
    assertEquals(null, next.status(), "a pass that re-seeds never converges");
  }

  @Test
  void seedingFindsPlantedClusters() {
    Random random = new Random(6);
    double[][] columns = new double[2][600];
    for (int i = 0; i < 600; i++) {
      columns[0][i] = Grid.round(10 * (i % 3) + random.nextGaussian());
      columns[1][i] = Grid.round(-10 * (i % 2) + random.nextGaussian());
    }
    Seeding.Start start = new Seeding(columns, 600).best(6, 42, 4);
    PassSums sums = pass(columns, start.centroids(), 0, 600);
    assertEquals(List.of(100L, 100L, 100L, 100L, 100L, 100L), sums.users());
    assertEquals(start, new Seeding(columns, 600).best(6, 42, 4), "deterministic");
  }

  @Test
  void seedingReducesKToTheDistinctPoints() {
    double[][] columns = {{1, 1, 2, 2, 2}, {0, 0, 0, 0, 0}};
    Seeding.Start start = new Seeding(columns, 5).best(4, 1, 3);
    assertEquals(2, start.centroids().k());
    assertEquals(0, start.inertia());
  }
}
