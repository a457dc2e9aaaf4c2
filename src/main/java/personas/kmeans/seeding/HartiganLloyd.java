package personas.kmeans.seeding;

import java.util.Arrays;
import personas.kmeans.CentroidShifts;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;

/**
 * A strong local search on points in memory. With many clusters it begins with {@link SwapSearch}.
 * Then Lloyd's iteration and Hartigan's moves of single points alternate until neither changes a
 * cluster. The result is a fixpoint of Lloyd's iteration that no move of one point improves.
 *
 * <p>Lloyd's passes skip the points whose nearest centroid cannot have changed (G. Hamerly,
 * <i>Making k-means even faster</i>, SDM 2010). Hartigan's moves take a point to another cluster if
 * this lowers the inertia, with both means updated (J. A. Hartigan, <i>Clustering Algorithms</i>,
 * 1975; M. Telgarsky and A. Vattani, <i>Hartigan's method</i>, AISTATS 2010). One thread handles
 * the points in one order, so equal inputs give equal bits. Points on the grid are added and
 * subtracted exactly.
 *
 * <p>An instance is not thread-safe, because it owns its buffers.
 */
final class HartiganLloyd {
  /**
   * A limit that ends a cycle, which rounding could cause. Real data sets take far fewer rounds.
   */
  private static final int MAX_ROUNDS = 300;

  /**
   * The smallest number of clusters for which the search begins with swaps. With up to 16 clusters,
   * which {@code k: auto} tries, starts without swaps find the optimum of all data sets of the
   * tests.
   */
  static final int SWAPS_FROM = 17;

  private final double[][] columns;
  private final double[] points;
  private final int n;
  private final int d;
  private final int k;
  private final double[] centroids;
  private final double[] previousCentroids;
  private final double[] sums;
  private final int[] users;
  private final int[] nearest;

  /** For each point, an upper bound of the distance to the centroid of the point's cluster. */
  private final double[] upper;

  /** For each point, a lower bound of the distance to every other centroid. */
  private final double[] lower;

  private long work;

  /**
   * Creates a search on n points.
   *
   * @param columns d columns of at least n standardized values on the grid
   * @param n number of points
   * @param k number of clusters, at most the number of distinct points
   */
  HartiganLloyd(double[][] columns, int n, int k) {
    this(columns, n, k, rowMajor(columns, n));
  }

  private HartiganLloyd(double[][] columns, int n, int k, double[] points) {
    this.columns = columns;
    this.n = n;
    this.d = columns.length;
    this.k = k;
    this.points = points;
    centroids = new double[k * d];
    previousCentroids = new double[k * d];
    sums = new double[k * d];
    users = new int[k];
    nearest = new int[n];
    upper = new double[n];
    lower = new double[n];
  }

  private static double[] rowMajor(double[][] columns, int n) {
    int d = columns.length;
    double[] points = new double[n * d];
    for (int f = 0; f < d; f++) {
      for (int i = 0; i < n; i++) {
        points[i * d + f] = columns[f][i];
      }
    }
    return points;
  }

  /** Returns a search of the same points that may run in parallel with this search. */
  HartiganLloyd newSearch() {
    return new HartiganLloyd(columns, n, k, points);
  }

  /** Returns the number of points. */
  int points() {
    return n;
  }

  /**
   * Returns the approximate number of coordinate differences computed so far. This measures the
   * cost of the search without a clock.
   */
  long work() {
    return work;
  }

  /** Adds work that other objects did for this search. */
  void addWork(long differences) {
    work += differences;
  }

  /**
   * Searches from starting centroids. Afterwards {@link #copyCentroids} returns the centroids that
   * were found.
   *
   * @param start k × d, row-major; not changed
   * @return the inertia of the centroids that were found
   */
  double improve(double[] start) {
    System.arraycopy(k < SWAPS_FROM ? start : swapped(start), 0, centroids, 0, k * d);
    assignAll();
    int rounds = 0;
    do {
      lloyd();
      rounds++;
    } while (moveSinglePoints() && rounds < MAX_ROUNDS);
    return inertia();
  }

  private double[] swapped(double[] start) {
    SwapSearch swaps = new SwapSearch(columns, n, k);
    double[] centroidsAfterSwaps = swaps.improve(start);
    work += swaps.work();
    return centroidsAfterSwaps;
  }

  /** Returns a copy of the centroids, k × d, row-major. */
  double[] copyCentroids() {
    return centroids.clone();
  }

  private void assignAll() {
    Arrays.fill(sums, 0);
    Arrays.fill(users, 0);
    LloydKernel kernel = new LloydKernel(Centroids.of(k, d, centroids));
    int[] blockNearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    double[] secondBest = new double[LloydKernel.BLOCK];
    for (int from = 0; from < n; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, n - from);
      kernel.nearestWithNext(columns, from, count, blockNearest, best, secondBest);
      for (int i = 0; i < count; i++) {
        nearest[from + i] = blockNearest[i];
        upper[from + i] = Math.sqrt(best[i]);
        lower[from + i] = Math.sqrt(secondBest[i]);
        add(from + i, blockNearest[i], 1);
      }
    }
    work += (long) n * k * d;
  }

  private void lloyd() {
    for (int pass = 0; pass < MAX_ROUNDS; pass++) {
      fillEmptyClusters();
      System.arraycopy(centroids, 0, previousCentroids, 0, k * d);
      for (int j = 0; j < k; j++) {
        updateMean(j);
      }
      if (!loosenBounds(true)) {
        return;
      }
    }
  }

  /**
   * Loosens the bounds after the centroids moved from {@code previousCentroids}. Returns whether
   * any centroid moved.
   *
   * @param reassign whether a point is assigned to its nearest centroid if the bounds do not
   *     exclude another centroid
   */
  private boolean loosenBounds(boolean reassign) {
    CentroidShifts shifts = new CentroidShifts(centroids, previousCentroids, k);
    // Each point has two bounds, which are read and written.
    work += 4L * n;
    if (shifts.areZero()) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      int own = nearest[i];
      double newUpper = upper[i] + shifts.of(own);
      double newLower = lower[i] - shifts.ofOthers(own);
      upper[i] = newUpper;
      lower[i] = newLower;
      if (reassign && newUpper >= newLower) {
        reassign(i);
      }
    }
    return true;
  }

  private void reassign(int i) {
    upper[i] = Math.sqrt(squared(i, nearest[i]));
    if (upper[i] >= lower[i]) {
      findNearest(i);
    }
  }

  /** Finds the nearest centroid of a point and computes both bounds exactly. */
  private void findNearest(int i) {
    int best = 0;
    double least = squared(i, 0);
    double second = Double.POSITIVE_INFINITY;
    for (int j = 1; j < k; j++) {
      double distance = squared(i, j);
      if (distance < least) {
        second = least;
        least = distance;
        best = j;
      } else {
        second = Math.min(second, distance);
      }
    }
    upper[i] = Math.sqrt(least);
    lower[i] = Math.sqrt(second);
    if (best != nearest[i]) {
      move(i, best);
    }
  }

  /** Moves to each empty cluster the point that is farthest from its own centroid. */
  private void fillEmptyClusters() {
    for (int j = 0; j < k; j++) {
      if (users[j] == 0) {
        int farthest = -1;
        for (int i = 0; i < n; i++) {
          upper[i] = Math.sqrt(squared(i, nearest[i]));
          if (users[nearest[i]] > 1 && (farthest < 0 || upper[i] > upper[farthest])) {
            farthest = i;
          }
        }
        move(farthest, j);
        System.arraycopy(points, farthest * d, centroids, j * d, d);
        // The new centroid may be the nearest centroid of any point.
        Arrays.fill(lower, 0);
        upper[farthest] = 0;
      }
    }
  }

  /** Makes one round of Hartigan's moves and returns whether a point moved. */
  private boolean moveSinglePoints() {
    System.arraycopy(centroids, 0, previousCentroids, 0, k * d);
    double leastCostFactor = Double.POSITIVE_INFINITY;
    for (int j = 0; j < k; j++) {
      leastCostFactor = Math.min(leastCostFactor, users[j] / (users[j] + 1.0));
    }
    boolean anyMoved = false;
    for (int i = 0; i < n; i++) {
      int own = nearest[i];
      if (users[own] > 1) {
        double gainFactor = users[own] / (users[own] - 1.0);
        double toOthers = Math.max(0, lower[i]);
        if (gainFactor * upper[i] * upper[i] > leastCostFactor * toOthers * toOthers) {
          anyMoved |= moveToBetterCluster(i, gainFactor * squared(i, own));
        }
      }
    }
    if (anyMoved) {
      loosenBounds(false);
    }
    return anyMoved;
  }

  private boolean moveToBetterCluster(int i, double gain) {
    int own = nearest[i];
    int best = -1;
    // A smaller gain could come from rounding.
    double least = gain * (1 - 1e-12);
    for (int j = 0; j < k; j++) {
      if (j != own) {
        double cost = users[j] / (users[j] + 1.0) * squared(i, j);
        if (cost < least) {
          least = cost;
          best = j;
        }
      }
    }
    if (best < 0) {
      return false;
    }
    move(i, best);
    updateMean(own);
    updateMean(best);
    // The next pass finds the nearest centroid.
    upper[i] = Double.POSITIVE_INFINITY;
    return true;
  }

  private void move(int i, int to) {
    add(i, nearest[i], -1);
    add(i, to, 1);
    nearest[i] = to;
  }

  private void add(int i, int j, int sign) {
    users[j] += sign;
    for (int f = 0; f < d; f++) {
      sums[j * d + f] += sign * points[i * d + f];
    }
  }

  private void updateMean(int j) {
    for (int f = 0; f < d && users[j] > 0; f++) {
      centroids[j * d + f] = sums[j * d + f] / users[j];
    }
  }

  private double squared(int i, int j) {
    double squared = 0;
    for (int f = 0, p = i * d, c = j * d; f < d; f++) {
      double difference = points[p + f] - centroids[c + f];
      squared += difference * difference;
    }
    work += d;
    return squared;
  }

  private double inertia() {
    double inertia = 0;
    for (int i = 0; i < n; i++) {
      double squared = squared(i, nearest[i]);
      upper[i] = Math.sqrt(squared);
      inertia += squared;
    }
    return inertia;
  }
}
