package personas.kmeans;

import java.util.Arrays;

/**
 * The hot loop: nearest centroid of every point of a block of columns. Fenced, because it is
 * written for the compiler: one centroid and two features at a time over a block that stays in the
 * first-level cache, which HotSpot turns into vector instructions. The arithmetic is that of the
 * naive loop, bit for bit: squared differences are added in feature order, no fused multiply-add,
 * ties go to the lowest cluster.
 *
 * <p>Not thread-safe: it owns its buffers.
 */
public final class LloydKernel {
  /** Points a block; its buffers (two doubles and an int a point) fit a first-level cache. */
  public static final int BLOCK = 512;

  private final int k;
  private final int d;
  private final double[] centroids;
  private final double[] squared = new double[BLOCK];

  public LloydKernel(Centroids centroids) {
    this.k = centroids.k();
    this.d = centroids.d();
    this.centroids = centroids.toArray();
  }

  /**
   * Finds the nearest centroid of points {@code from..from + count}.
   *
   * @param columns d columns of standardised values
   * @param count at most {@link #BLOCK}
   * @param nearest gets the cluster of point {@code from + i} at i
   * @param best gets its squared distance at i
   */
  public void nearest(double[][] columns, int from, int count, int[] nearest, double[] best) {
    squaredDistances(columns, from, count, 0, best);
    Arrays.fill(nearest, 0, count, 0);
    for (int j = 1; j < k; j++) {
      squaredDistances(columns, from, count, j, squared);
      select(j, count, nearest, best);
    }
  }

  /**
   * Like {@link #nearest}, with the runner-up.
   *
   * @param second gets the cluster of the second nearest centroid; -1 where k is 1
   * @param secondBest gets its squared distance; infinite where k is 1
   */
  public void nearestTwo(
      double[][] columns,
      int from,
      int count,
      int[] nearest,
      double[] best,
      int[] second,
      double[] secondBest) {
    squaredDistances(columns, from, count, 0, best);
    Arrays.fill(nearest, 0, count, 0);
    Arrays.fill(second, 0, count, -1);
    Arrays.fill(secondBest, 0, count, Double.POSITIVE_INFINITY);
    for (int j = 1; j < k; j++) {
      squaredDistances(columns, from, count, j, squared);
      for (int i = 0; i < count; i++) {
        double distance = squared[i];
        if (distance < best[i]) {
          secondBest[i] = best[i];
          second[i] = nearest[i];
          best[i] = distance;
          nearest[i] = j;
        } else if (distance < secondBest[i]) {
          secondBest[i] = distance;
          second[i] = j;
        }
      }
    }
  }

  /** Squared distances of the points to centroid {@code j}. */
  public void squaredDistances(double[][] columns, int from, int count, int j, double[] out) {
    int at = j * d;
    int f = d % 2;
    if (f == 1) {
      one(columns[0], from, count, centroids[at], out);
    } else {
      two(columns[0], columns[1], from, count, centroids[at], centroids[at + 1], out);
      f = 2;
    }
    for (; f < d; f += 2) {
      twoMore(
          columns[f], columns[f + 1], from, count, centroids[at + f], centroids[at + f + 1], out);
    }
  }

  private static void one(double[] column, int from, int count, double centre, double[] out) {
    for (int i = 0; i < count; i++) {
      double difference = column[from + i] - centre;
      out[i] = difference * difference;
    }
  }

  private static void two(
      double[] first,
      double[] second,
      int from,
      int count,
      double firstCentre,
      double secondCentre,
      double[] out) {
    for (int i = 0; i < count; i++) {
      double x = first[from + i] - firstCentre;
      double y = second[from + i] - secondCentre;
      out[i] = x * x + y * y;
    }
  }

  private static void twoMore(
      double[] first,
      double[] second,
      int from,
      int count,
      double firstCentre,
      double secondCentre,
      double[] out) {
    for (int i = 0; i < count; i++) {
      double x = first[from + i] - firstCentre;
      double y = second[from + i] - secondCentre;
      out[i] = (out[i] + x * x) + y * y;
    }
  }

  /**
   * Keeps the nearer of two. The bits of distances, which are not negative, have the order of the
   * distances; the sign of their difference takes the place of a branch that a processor would
   * guess wrongly for every third point.
   */
  private void select(int j, int count, int[] nearest, double[] best) {
    for (int i = 0; i < count; i++) {
      double distance = squared[i];
      double least = best[i];
      long difference = Double.doubleToRawLongBits(distance) - Double.doubleToRawLongBits(least);
      long nearer = difference >> 63;
      nearest[i] += (int) nearer & (j - nearest[i]);
      best[i] = Math.min(least, distance);
    }
  }
}
