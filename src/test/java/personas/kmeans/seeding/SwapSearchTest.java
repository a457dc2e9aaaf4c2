package personas.kmeans.seeding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import personas.kmeans.Centroids;
import personas.kmeans.PassSums;
import personas.kmeans.Points;

class SwapSearchTest {
  private static final int N = 700;

  private static double[] firstPoints(double[][] columns, int k) {
    double[] centroids = new double[k * columns.length];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = columns[i % columns.length][i / columns.length];
    }
    return centroids;
  }

  private static double[] centroids(Cell[] cells) {
    return Arrays.stream(cells).flatMapToDouble(cell -> Arrays.stream(cell.centroid)).toArray();
  }

  @Test
  void passesOverNeighborsMoveCentroidsAsPassesOverAllClustersDo() {
    for (long seed = 0; seed < 6; seed++) {
      int d = 1 + (int) seed % 3;
      int k = 4 + 5 * (int) seed;
      double[][] columns = Points.random(seed, d, N);
      double[] start = firstPoints(columns, k);
      NeighborLloyd lloyd = new NeighborLloyd(columns, N);
      Cell[] cells = lloyd.assign(start, k);
      boolean[] moved = new boolean[k];
      Arrays.fill(moved, true);
      Centroids naive = Centroids.of(k, d, start);
      for (int pass = 1; pass <= 12; pass++) {
        PassSums sums = Points.pass(columns, naive);
        if (sums.emptyClusters() > 0) {
          break;
        }
        naive = sums.means(naive);
        assertArrayEquals(naive.toArray(), centroids(cells), "seed " + seed + ", pass " + pass);
        lloyd.pass(cells, moved);
        double inertia =
            Points.pass(columns, Centroids.of(k, d, centroids(cells))).inertia().value();
        assertTrue(NeighborLloyd.inertia(cells) >= inertia * (1 - 1e-7), "seed " + seed);
      }
    }
  }

  @Test
  void mergingCostsWhatTheInertiaRisesBy() {
    double[][] columns = Points.random(3, 2, N);
    int k = 9;
    NeighborLloyd lloyd = new NeighborLloyd(columns, N);
    Cell[] cells = lloyd.assign(firstPoints(columns, k), k);
    boolean[] moved = new boolean[k];
    Arrays.fill(moved, true);
    for (int pass = 0; pass < 200; pass++) {
      lloyd.pass(cells, moved);
    }
    double[] costs = new MergeCosts(lloyd, cells).costs();
    for (int removed = 0; removed < k; removed++) {
      double[] others = new double[(k - 1) * 2];
      for (int j = 0; j < k; j++) {
        if (j != removed) {
          System.arraycopy(cells[j].centroid, 0, others, 2 * (j < removed ? j : j - 1), 2);
        }
      }
      // All points go to the nearest of the others, and the means are taken anew.
      Cell[] merged = lloyd.assign(others, k - 1);
      double rise = NeighborLloyd.inertia(merged) - NeighborLloyd.inertia(cells);
      assertEquals(rise, costs[removed], 1e-6 * rise, "cluster " + removed);
    }
  }

  @Test
  void aCutGainsWhatTheInertiaFallsBy() {
    double[][] columns = Points.around(new double[][] {{0, 0, 0}, {9, 2, 1}}, 300, 4);
    Cell whole = new NeighborLloyd(columns, 600).assign(new double[] {0, 0, 0}, 1)[0];
    Split split = Split.of(whole, columns);
    Cell[] halves = {whole.movedTo(split.first), whole.movedTo(split.second)};
    Cell[] cut = new NeighborLloyd(columns, 600).assign(centroids(halves), 2);
    assertEquals(300, cut[0].members.length);
    assertEquals(whole.inertia - NeighborLloyd.inertia(cut), split.gain, 1e-9 * split.gain);
  }

  /** Both centroids of the first cluster's halves stay in it without a swap. */
  @Test
  void aCentroidTooManyMovesWhereOneIsMissing() {
    double[][] centers = new double[25][2];
    for (int j = 0; j < 25; j++) {
      centers[j] = new double[] {15 * (j % 5), 15 * (j / 5)};
    }
    double[][] columns = Points.around(centers, 40, 2);
    double[] start = new double[50];
    for (int j = 0; j < 25; j++) {
      System.arraycopy(centers[j], 0, start, 2 * j, 2);
    }
    // Cluster 24 has no centroid, and cluster 0 has two.
    start[48] = 1;
    start[49] = 1;
    Centroids found = Centroids.of(25, 2, new SwapSearch(columns, 1_000, 25).improve(start));
    assertTrue(Points.pass(columns, found).users().stream().allMatch(users -> users == 40));
  }

  /** Returns 300 points around each of some centers, and eight points around another center. */
  private static double[][] withSmallCluster(double[][] centers, double[] small) {
    double[][] large = Points.around(centers, 300, 1);
    double[][] few = Points.around(new double[][] {small}, 8, 2);
    double[][] joined = new double[large.length][];
    for (int f = 0; f < joined.length; f++) {
      joined[f] = DoubleStream.concat(Arrays.stream(large[f]), Arrays.stream(few[f])).toArray();
    }
    return joined;
  }

  /** Cutting the large cluster in the middle gains less. */
  @Test
  void anAdditionalCentroidTakesASmallClusterFromALargeOne() {
    double[][] columns = withSmallCluster(new double[][] {{0, 0}}, new double[] {9, 0});
    Cell[] cells = new NeighborLloyd(columns, 308).assign(new double[] {0, 0}, 1);
    Split edge = new FarCentroids(columns, 308, cells).of(0);
    assertEquals(9, edge.second[0], 1);
    assertEquals(0, edge.second[1], 1);
    assertTrue(edge.gain > 1.5 * Split.of(cells[0], columns).gain, edge.gain + "");
  }

  /** The points of the small cluster are divided between its neighbors. */
  @Test
  void anAdditionalCentroidTakesASmallClusterFromTwoNeighbors() {
    double[][] columns = withSmallCluster(new double[][] {{-9, 0}, {9, 0}}, new double[] {0, 4});
    NeighborLloyd lloyd = new NeighborLloyd(columns, 608);
    Cell[] cells = lloyd.assign(new double[] {-9, 0, 9, 0}, 2);
    boolean[] moved = {true, true};
    while (lloyd.pass(cells, moved)) {
      assertTrue(cells[0].members.length > 300 && cells[1].members.length > 300);
    }
    for (int own = 0; own < 2; own++) {
      Split edge = new FarCentroids(columns, 608, cells).of(own);
      assertEquals(0, edge.second[0], 1);
      assertEquals(4, edge.second[1], 1);
      double[] three = Arrays.copyOf(centroids(cells), 6);
      System.arraycopy(edge.second, 0, three, 4, 2);
      double before = Points.pass(columns, Centroids.of(2, 2, centroids(cells))).inertia().value();
      double after = Points.pass(columns, Centroids.of(3, 2, three)).inertia().value();
      assertEquals(before - after, edge.gain, 1e-9 * before);
    }
  }

  @Test
  void anInterruptEndsTheSearch() {
    double[][] columns = Points.random(1, 2, N);
    Thread.currentThread().interrupt();
    try {
      SwapSearch search = new SwapSearch(columns, N, 20);
      assertThrows(CancellationException.class, () -> search.improve(firstPoints(columns, 20)));
    } finally {
      assertTrue(Thread.interrupted());
    }
  }
}
