package personas.kmeans;

import java.util.Arrays;

/**
 * Finds the same nearest centroids as {@link LloydKernel}, bit for bit, with fewer distances. Each
 * point has a lower bound of its distance to every centroid except its own. After a pass, the bound
 * shrinks by the largest distance that another centroid moved. If the own centroid is certainly
 * nearer than the bound, no other centroid is compared.
 *
 * <p>Source: G. Hamerly, <i>Making k-means even faster</i>, SDM 2010. This variant has no upper
 * bound, because the squared distance to the own centroid is part of the result and is always
 * computed. Margins cover all rounding: a computed squared distance has a relative error below
 * {@code (d + 3) · 2⁻⁵³}. Equal distances are always compared in full, so that ties go to the
 * lowest cluster.
 *
 * <p>An instance is not thread-safe, because it owns its buffers.
 */
public final class BoundedKernel {
  /** A relative margin above the rounding of a distance and of a comparison. */
  private static final double MARGIN = 1e-9;

  /** A relative margin above the rounding of a bound to a float, which is 2⁻²⁴. */
  private static final double FLOAT_MARGIN = 1e-7;

  /** Finds the nearest centroids of the points of one shard, a block at a time. */
  interface Search {
    /**
     * Finds the nearest centroid of each point of a block.
     *
     * @param block d columns of standardized values that start at 0
     * @param from the row of the first point in the shard
     * @param count at most {@link LloydKernel#BLOCK}
     * @param nearest gets the cluster of point {@code from + i} at i; ties go to the lowest cluster
     * @param best gets the squared distance of point {@code from + i} at i
     */
    void nearest(double[][] block, int from, int count, int[] nearest, double[] best);
  }

  private final Centroids centroids;
  private final int d;
  private final double[] coordinates;
  private final LloydKernel kernel;

  /** Columns of the points of a block whose bounds do not decide which centroid is nearest. */
  private final double[][] undecided;

  private final int[] undecidedRows = new int[LloydKernel.BLOCK];
  private final int[] nearestUndecided = new int[LloydKernel.BLOCK];
  private final double[] bestUndecided = new double[LloydKernel.BLOCK];
  private final double[] secondBest = new double[LloydKernel.BLOCK];
  private long distances;

  /** Creates a kernel for passes by the given centroids. */
  public BoundedKernel(Centroids centroids) {
    this.centroids = centroids;
    this.d = centroids.d();
    this.coordinates = centroids.toArray();
    this.kernel = new LloydKernel(centroids);
    this.undecided = new double[d][LloydKernel.BLOCK];
  }

  /** Returns the number of distances between a point and a centroid that were computed so far. */
  public long distances() {
    return distances;
  }

  Centroids centroids() {
    return centroids;
  }

  /**
   * Returns a search that uses and updates the bounds of the points of a shard. The caller asks
   * once for each point, and keeps the cluster of the previous pass until then.
   *
   * @param known the clusters and bounds that the previous pass left
   * @param before the centroids of the previous pass; null if there was none
   */
  Search search(KnownAssignment known, Centroids before) {
    if (!known.hasBounds()) {
      return (block, from, count, nearest, best) -> {
        distances += (long) count * centroids.k();
        kernel.nearest(block, 0, count, nearest, best);
      };
    }
    if (before == null) {
      return (block, from, count, nearest, best) -> {
        compareAll(block, count, nearest, best);
        for (int i = 0; i < count; i++) {
          known.bounds()[from + i] = roundDown(Math.sqrt(secondBest[i]));
        }
      };
    }
    return new SearchWithinBounds(known, largestOtherShifts(before));
  }

  /**
   * Compares a point with all centroids only if the bound of the previous pass does not decide
   * which centroid is nearest.
   */
  private final class SearchWithinBounds implements Search {
    private final KnownAssignment known;
    private final float[] bounds;

    /** The largest distance that another centroid moved, for each cluster. */
    private final double[] shifts;

    SearchWithinBounds(KnownAssignment known, double[] shifts) {
      this.known = known;
      this.bounds = known.bounds();
      this.shifts = shifts;
    }

    @Override
    public void nearest(double[][] block, int from, int count, int[] nearest, double[] best) {
      System.arraycopy(known.clusters(), from, nearest, 0, count);
      ownDistances(block, count, nearest, best);
      int left = loosen(from, count, nearest, best);
      if (left > 0) {
        compareUndecided(block, left, nearest, best);
        for (int u = 0; u < left; u++) {
          bounds[from + undecidedRows[u]] = roundDown(Math.sqrt(secondBest[u]));
        }
      }
    }

    /** Loosens the bounds of a block and returns the number of points that they do not decide. */
    private int loosen(int from, int count, int[] cluster, double[] own) {
      int left = 0;
      for (int i = 0; i < count; i++) {
        double bound = Math.max(0, bounds[from + i] - shifts[cluster[i]]);
        bounds[from + i] = roundDown(bound);
        undecidedRows[left] = i;
        left += own[i] * (1 + MARGIN) < bound * bound * (1 - MARGIN) ? 0 : 1;
      }
      return left;
    }
  }

  /** Returns a distance, rounded down to a float. The subtraction keeps tiny results below it. */
  private static float roundDown(double distance) {
    double most = Math.min(distance, Float.MAX_VALUE) * (1 - FLOAT_MARGIN);
    return (float) Math.max(0, most - Float.MIN_NORMAL);
  }

  /**
   * Returns for each cluster the largest distance that another centroid moved, with a margin for
   * rounding.
   */
  private double[] largestOtherShifts(Centroids before) {
    CentroidShifts moved = new CentroidShifts(coordinates, before.toArray(), centroids.k());
    double[] shifts = new double[centroids.k()];
    Arrays.setAll(shifts, j -> moved.ofOthers(j) * (1 + MARGIN));
    return shifts;
  }

  /**
   * Computes the squared distances to the own centroids. Features are added in the order of {@link
   * LloydKernel}, so that the bits are the same.
   */
  private void ownDistances(double[][] block, int count, int[] cluster, double[] squared) {
    distances += count;
    Arrays.fill(squared, 0, count, 0);
    int f = 0;
    for (; f + 4 <= d; f += 4) {
      addFour(block, f, count, cluster, squared);
    }
    for (; f < d; f++) {
      addOne(block[f], f, count, cluster, squared);
    }
  }

  private void addFour(double[][] block, int f, int count, int[] cluster, double[] squared) {
    double[] first = block[f];
    double[] second = block[f + 1];
    double[] third = block[f + 2];
    double[] fourth = block[f + 3];
    for (int i = 0; i < count; i++) {
      int at = cluster[i] * d + f;
      double a = first[i] - coordinates[at];
      double b = second[i] - coordinates[at + 1];
      double c = third[i] - coordinates[at + 2];
      double e = fourth[i] - coordinates[at + 3];
      squared[i] = (((squared[i] + a * a) + b * b) + c * c) + e * e;
    }
  }

  private void addOne(double[] column, int f, int count, int[] cluster, double[] squared) {
    for (int i = 0; i < count; i++) {
      double difference = column[i] - coordinates[cluster[i] * d + f];
      squared[i] += difference * difference;
    }
  }

  private void compareUndecided(double[][] block, int left, int[] nearest, double[] best) {
    for (int f = 0; f < d; f++) {
      double[] column = block[f];
      double[] gathered = undecided[f];
      for (int u = 0; u < left; u++) {
        gathered[u] = column[undecidedRows[u]];
      }
    }
    compareAll(undecided, left, nearestUndecided, bestUndecided);
    for (int u = 0; u < left; u++) {
      nearest[undecidedRows[u]] = nearestUndecided[u];
      best[undecidedRows[u]] = bestUndecided[u];
    }
  }

  private void compareAll(double[][] points, int count, int[] nearest, double[] best) {
    distances += (long) count * centroids.k();
    kernel.nearestWithNext(points, 0, count, nearest, best, secondBest);
  }
}
