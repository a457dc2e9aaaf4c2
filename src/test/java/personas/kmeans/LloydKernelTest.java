package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares the kernel with the naive loop, bit for bit. */
class LloydKernelTest {

  @Test
  void blocksOfAnyShapeMatchTheNaiveLoop() {
    int ties = 0;
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int k = 1 + random.nextInt(12);
      double[][] columns = Points.random(seed, 1 + random.nextInt(7), 700);
      // Some centroids stand twice, so that ties happen.
      Centroids centroids = Points.firstPoints(Points.part(columns, 0, 1 + k / 2), k);
      int count = seed == 0 ? LloydKernel.BLOCK : random.nextInt(LloydKernel.BLOCK + 1);
      int from = random.nextInt(700 - count + 1);
      ties += checkBlock(columns, centroids, from, count, "seed " + seed);
    }
    assertTrue(ties > 100, "ties met: " + ties);
  }

  private static int checkBlock(
      double[][] columns, Centroids centroids, int from, int count, String seed) {
    int[] nearest = new int[count];
    double[] best = new double[count];
    LloydKernel kernel = new LloydKernel(centroids);
    kernel.nearest(columns, from, count, nearest, best);
    NearestTwo two = new NearestTwo(count);
    kernel.nearestTwo(columns, from, count, two);
    assertArrayEquals(nearest, two.nearest(), seed);
    assertArrayEquals(best, two.best(), seed);
    int ties = 0;
    for (int i = 0; i < count; i++) {
      int row = from + i;
      int expected = Points.nearest(columns, row, centroids, -1);
      int runnerUp = Points.nearest(columns, row, centroids, expected);
      assertEquals(expected, nearest[i], seed);
      assertEquals(Points.squaredDistance(columns, row, centroids, expected), best[i], seed);
      assertEquals(runnerUp, two.second()[i], seed);
      double distance =
          runnerUp < 0
              ? Double.POSITIVE_INFINITY
              : Points.squaredDistance(columns, row, centroids, runnerUp);
      assertEquals(distance, two.secondBest()[i], seed);
      ties += best[i] == two.secondBest()[i] ? 1 : 0;
    }
    return ties;
  }

  @Test
  void tiesGoToTheLowestCluster() {
    double[][] columns = {{0, 2, 1}};
    Centroids centroids = Centroids.of(4, 1, new double[] {1, -1, 1, 3});
    NearestTwo two = new NearestTwo(3);
    new LloydKernel(centroids).nearestTwo(columns, 0, 3, two);
    assertArrayEquals(new int[] {0, 0, 0}, two.nearest());
    assertArrayEquals(new int[] {1, 2, 2}, two.second());
  }

  /** However close two distances are, and however far apart. */
  @Test
  void theSmallestDifferenceOfDistancesDecides() {
    double tiny = 0x1p-537;
    double large = 1 << 17;
    double[][] columns = {{0, 0, large}, {0, large, -large}};
    Centroids centroids = Centroids.of(3, 2, new double[] {tiny, tiny, 0, tiny, 1, 1});
    NearestTwo two = new NearestTwo(3);
    double[] best = two.best();
    double[] secondBest = two.secondBest();
    new LloydKernel(centroids).nearestTwo(columns, 0, 3, two);
    for (int row = 0; row < 3; row++) {
      int expected = Points.nearest(columns, row, centroids, -1);
      int next = Points.nearest(columns, row, centroids, expected);
      assertEquals(expected, two.nearest()[row], "row " + row);
      assertEquals(next, two.second()[row], "row " + row);
      assertEquals(Points.squaredDistance(columns, row, centroids, expected), best[row]);
      assertEquals(Points.squaredDistance(columns, row, centroids, next), secondBest[row]);
    }
    assertEquals(Double.MIN_VALUE, secondBest[0] - best[0]);
  }
}
