package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.model.compare.ClusterMatching.Change;

class ClusterMatchingTest {
  private static final double[][] THREE = {{0, 0}, {3, 0}, {0, 3}};

  @Test
  void theSameClustersAreKeptInAnyOrder() {
    ClusterMatching same = ClusterMatching.of(THREE, new double[][] {THREE[2], THREE[0], THREE[1]});
    for (int now = 0; now < 3; now++) {
      assertEquals((now + 2) % 3, same.previousOf(now));
      assertEquals(Change.KEPT, same.change(now));
      assertEquals(0, same.shift(now));
      assertEquals(now, same.nowOf(same.previousOf(now)));
    }
  }

  @Test
  void kMayGrowAndShrink() {
    ClusterMatching grown =
        ClusterMatching.of(THREE, new double[][] {{9, 9}, {0, 3}, {0.1, 0}, {3, 0.5}});
    assertEquals(Change.NEW, grown.change(0));
    assertEquals(-1, grown.previousOf(0));
    assertTrue(Double.isNaN(grown.shift(0)));
    assertEquals(Change.KEPT, grown.change(1));
    assertEquals(Change.MOVED, grown.change(3));
    assertEquals(0.5, grown.shift(3));
    ClusterMatching shrunk = ClusterMatching.of(THREE, new double[][] {{0, 3}});
    assertEquals(2, shrunk.previousOf(0));
    assertEquals(-1, shrunk.nowOf(0));
    assertEquals(-1, shrunk.nowOf(1));
  }

  @Test
  void distantClustersDoNotMatch() {
    double[][] one = {{0}};
    assertEquals(
        Change.MOVED, ClusterMatching.of(one, new double[][] {{ClusterMatching.MOVED}}).change(0));
    ClusterMatching beyond =
        ClusterMatching.of(one, new double[][] {{Math.nextUp(ClusterMatching.MOVED)}});
    assertEquals(Change.NEW, beyond.change(0));
    assertEquals(-1, beyond.nowOf(0));
    assertEquals(
        Change.KEPT, ClusterMatching.of(one, new double[][] {{ClusterMatching.KEPT}}).change(0));
  }

  /** Of the halves of a cluster one goes on, and it is the nearer one. */
  @Test
  void aSplitKeepsOneAndMakesOne() {
    ClusterMatching split =
        ClusterMatching.of(THREE, new double[][] {{3.9, 0}, {0, 0}, {2.3, 0}, {0, 3}});
    assertEquals(Change.NEW, split.change(0));
    assertEquals(1, split.previousOf(2));
  }

  /** No other pairing, of those within reach, has a smaller sum of distances. */
  @Test
  void isOptimal() {
    long seed = 5;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      double[][] before = points(random, 1 + random.nextInt(4));
      double[][] now = points(random, 1 + random.nextInt(4));
      ClusterMatching found = ClusterMatching.of(before, now);
      double cost = 0;
      for (int j = 0; j < now.length; j++) {
        cost += found.previousOf(j) < 0 ? ClusterMatching.MOVED : found.shift(j);
      }
      assertEquals(best(before, now, 0, 0), cost, 1e-9, "seed " + seed + ", round " + round);
    }
  }

  private static double[][] points(Random random, int count) {
    double[][] points = new double[count][2];
    for (double[] point : points) {
      point[0] = 2 * random.nextDouble();
      point[1] = 2 * random.nextDouble();
    }
    return points;
  }

  private static double best(double[][] before, double[][] now, int j, int taken) {
    if (j == now.length) {
      return 0;
    }
    double best = ClusterMatching.MOVED + best(before, now, j + 1, taken);
    for (int i = 0; i < before.length; i++) {
      double distance = Math.hypot(before[i][0] - now[j][0], before[i][1] - now[j][1]);
      if ((taken & 1 << i) == 0 && distance <= ClusterMatching.MOVED) {
        best = Math.min(best, distance + best(before, now, j + 1, taken | 1 << i));
      }
    }
    return best;
  }
}
