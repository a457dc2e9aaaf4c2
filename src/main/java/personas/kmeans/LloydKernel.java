package personas.kmeans;

import java.util.Arrays;

/**
 * Finds the nearest centroid of every point in a block of columns. This is the hot loop of K-Means,
 * and its form suits the compiler: HotSpot vectorizes loops over arrays that start at 0 and do not
 * branch. Each loop handles one centroid and two features. The results equal the results of a naive
 * loop bit for bit: squared differences are added in feature order without fused multiply-add, and
 * ties go to the lowest cluster. Squared distances must be finite.
 *
 * <p>An instance is not thread-safe, because it owns its buffers.
 */
public final class LloydKernel {
  /** The largest number of points in a block. */
  public static final int BLOCK = 512;

  /** A factor whose square lifts the smallest positive double above 1. */
  private static final double LIFT = 0x1p1000;

  private final int k;
  private final int d;
  private final double[] centroids;
  private final double[][] block;
  private final double[] squared;

  /**
   * The index of the nearest cluster of each point. The indices are doubles, because all lanes of a
   * vector have one width.
   */
  private final double[] cluster;

  /** The index of the second nearest cluster of each point; -1 if there is none. */
  private final double[] runnerUp;

  /** Creates a kernel that compares points with the given centroids. */
  public LloydKernel(Centroids centroids) {
    this(centroids.k(), centroids.d(), centroids.toArray(), new double[centroids.d() + 3][BLOCK]);
  }

  /**
   * Creates a kernel that works in the given buffers.
   *
   * @param buffers d + 3 arrays with the length of a block
   */
  private LloydKernel(int k, int d, double[] centroids, double[][] buffers) {
    this.k = k;
    this.d = d;
    this.centroids = centroids;
    this.block = buffers;
    this.squared = buffers[d];
    this.cluster = buffers[d + 1];
    this.runnerUp = buffers[d + 2];
  }

  /**
   * Returns a kernel of other centroids that shares the buffers of this kernel. Use it for few
   * points at a time, for which creating buffers would take longer than computing the distances.
   * Only one of the two kernels may work at a time.
   *
   * @param otherCentroids any number of centroids with d standardized coordinates each; row-major,
   *     not copied
   */
  public LloydKernel sharingBuffers(double[] otherCentroids) {
    return new LloydKernel(otherCentroids.length / d, d, otherCentroids, block);
  }

  /**
   * Finds the nearest centroid of points {@code from..from + count}.
   *
   * @param columns d columns of standardized values
   * @param count at most {@link #BLOCK}
   * @param nearest gets the cluster of point {@code from + i} at i
   * @param best gets the squared distance of point {@code from + i} to that centroid at i
   */
  public void nearest(double[][] columns, int from, int count, int[] nearest, double[] best) {
    double[][] points = block(columns, from, count);
    squaredDistances(points, count, 0, best);
    Arrays.fill(cluster, 0, count, 0);
    for (int j = 1; j < k; j++) {
      squaredDistances(points, count, j, squared);
      select(j, count, squared, cluster, best);
    }
    for (int i = 0; i < count; i++) {
      nearest[i] = (int) cluster[i];
    }
  }

  /**
   * Finds the nearest centroid as {@link #nearest} does, and the squared distance to the second
   * nearest centroid.
   *
   * @param secondBest gets the squared distance of point {@code from + i} to the second nearest
   *     centroid at i; infinite if k is 1
   */
  public void nearestWithNext(
      double[][] columns, int from, int count, int[] nearest, double[] best, double[] secondBest) {
    double[][] points = block(columns, from, count);
    squaredDistances(points, count, 0, best);
    Arrays.fill(cluster, 0, count, 0);
    Arrays.fill(secondBest, 0, count, Double.POSITIVE_INFINITY);
    for (int j = 1; j < k; j++) {
      squaredDistances(points, count, j, squared);
      keepSecond(count, squared, best, secondBest);
      select(j, count, squared, cluster, best);
    }
    for (int i = 0; i < count; i++) {
      nearest[i] = (int) cluster[i];
    }
  }

  /**
   * Finds the nearest centroid as {@link #nearest} does, and the second nearest centroid.
   *
   * @param found gets the two nearest centroids of point {@code from + i} at i
   */
  public void nearestTwo(double[][] columns, int from, int count, NearestTwo found) {
    double[][] points = block(columns, from, count);
    double[] best = found.best();
    double[] secondBest = found.secondBest();
    squaredDistances(points, count, 0, best);
    Arrays.fill(cluster, 0, count, 0);
    Arrays.fill(runnerUp, 0, count, -1);
    Arrays.fill(secondBest, 0, count, Double.POSITIVE_INFINITY);
    for (int j = 1; j < k; j++) {
      squaredDistances(points, count, j, squared);
      selectSecond(j, count, squared, cluster, best, runnerUp, secondBest);
      select(j, count, squared, cluster, best);
    }
    for (int i = 0; i < count; i++) {
      found.nearest()[i] = (int) cluster[i];
      found.second()[i] = (int) runnerUp[i];
    }
  }

  /**
   * Computes the squared distances of points {@code from..from + count} to all centroids.
   *
   * @param out k arrays, one per centroid; each gets the squared distance of point {@code from + i}
   *     at i
   */
  public void squaredDistances(double[][] columns, int from, int count, double[][] out) {
    double[][] points = block(columns, from, count);
    for (int j = 0; j < k; j++) {
      squaredDistances(points, count, j, out[j]);
    }
  }

  /** Returns the points as columns that start at 0. */
  private double[][] block(double[][] columns, int from, int count) {
    if (from == 0) {
      return columns;
    }
    for (int f = 0; f < d; f++) {
      System.arraycopy(columns[f], from, block[f], 0, count);
    }
    return block;
  }

  private void squaredDistances(double[][] points, int count, int j, double[] out) {
    int at = j * d;
    int f = d % 2;
    if (f == 1) {
      setOne(points[0], count, centroids[at], out);
    } else {
      setTwo(points[0], points[1], count, centroids[at], centroids[at + 1], out);
      f = 2;
    }
    for (; f < d; f += 2) {
      addTwo(points[f], points[f + 1], count, centroids[at + f], centroids[at + f + 1], out);
    }
  }

  private static void setOne(double[] column, int count, double coordinate, double[] out) {
    for (int i = 0; i < count; i++) {
      double difference = column[i] - coordinate;
      out[i] = difference * difference;
    }
  }

  private static void setTwo(
      double[] first,
      double[] second,
      int count,
      double firstCoordinate,
      double secondCoordinate,
      double[] out) {
    for (int i = 0; i < count; i++) {
      double x = first[i] - firstCoordinate;
      double y = second[i] - secondCoordinate;
      out[i] = x * x + y * y;
    }
  }

  private static void addTwo(
      double[] first,
      double[] second,
      int count,
      double firstCoordinate,
      double secondCoordinate,
      double[] out) {
    for (int i = 0; i < count; i++) {
      double x = first[i] - firstCoordinate;
      double y = second[i] - secondCoordinate;
      out[i] = (out[i] + x * x) + y * y;
    }
  }

  /** Replaces the nearest centroid so far by centroid j if centroid j is nearer. */
  private static void select(int j, int count, double[] squared, double[] cluster, double[] best) {
    for (int i = 0; i < count; i++) {
      double before = best[i];
      double least = Math.min(before, squared[i]);
      cluster[i] += oneIfPositive(before - least) * (j - cluster[i]);
      best[i] = least;
    }
  }

  /**
   * Updates the second smallest distance. Call it before {@link #select}, while {@code best} does
   * not contain centroid j.
   */
  private static void keepSecond(int count, double[] squared, double[] best, double[] secondBest) {
    for (int i = 0; i < count; i++) {
      secondBest[i] = Math.min(secondBest[i], Math.max(best[i], squared[i]));
    }
  }

  /**
   * Updates the second nearest centroid. Call it before {@link #select}, while {@code best} does
   * not contain centroid j.
   */
  private static void selectSecond(
      int j,
      int count,
      double[] squared,
      double[] cluster,
      double[] best,
      double[] runnerUp,
      double[] secondBest) {
    for (int i = 0; i < count; i++) {
      double distance = squared[i];
      double nearest = best[i];
      double before = secondBest[i];
      double least = Math.min(before, Math.max(nearest, distance));
      double changes = oneIfPositive(before - least);
      double nearer = oneIfPositive(nearest - Math.min(nearest, distance));
      // If centroid j is the nearest, the nearest so far becomes the second.
      double next = j + nearer * (cluster[i] - j);
      double replaces = Math.max(changes, nearer);
      runnerUp[i] += replaces * (next - runnerUp[i]);
      secondBest[i] = least;
    }
  }

  /** Returns 1 for a positive number or infinity, and 0 for 0. */
  private static double oneIfPositive(double value) {
    return Math.min(1.0, value * LIFT * LIFT);
  }

  /**
   * Returns the index of the nearest centroid of each row.
   *
   * @param columns d columns of at least {@code rows} standardized values
   */
  public static int[] nearestOf(double[][] columns, int rows, Centroids centroids) {
    int[] clusters = new int[rows];
    int[] nearest = new int[BLOCK];
    double[] best = new double[BLOCK];
    LloydKernel kernel = new LloydKernel(centroids);
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      kernel.nearest(columns, from, count, nearest, best);
      System.arraycopy(nearest, 0, clusters, from, count);
    }
    return clusters;
  }
}
