package personas.kmeans;

import java.util.Arrays;

/**
 * Finds the same nearest centroids as {@link LloydKernel}, bit for bit, and computes fewer
 * distances. Each point has a bound from the previous pass. The bound is at most the distance of
 * the point to every centroid except the centroid of the point's own cluster. Before a pass, the
 * bound is lowered by the largest shift of these other centroids. If the own centroid is certainly
 * nearer than the bound, the point is not compared with the other centroids. In most passes, a few
 * centroids move far and the others move little. So an undecided point also has a bound that
 * ignores the centroids that moved farthest. If this bound decides, the point is compared only with
 * the ignored centroids.
 *
 * <p>Source: G. Hamerly, <i>Making k-means even faster</i>, SDM 2010. The upper bound of the paper
 * is not used, because the squared distance to the own centroid is part of the result and is always
 * computed. The groups of centroids come from Y. Ding and others, <i>Yinyang k-means</i>, ICML
 * 2015. Here the groups are chosen again in each pass and share one bound. Margins cover all
 * rounding: a computed squared distance has a relative error below {@code (d + 3) · 2⁻⁵³}, because
 * a difference of two numbers is rounded once, relative to itself. Equal distances are always
 * compared in full, so that ties go to the lowest cluster.
 *
 * <p>An instance is not thread-safe, because it owns its buffers.
 */
public final class BoundedKernel {
  /** A relative margin above the rounding of a distance and of a comparison. */
  private static final double MARGIN = 1e-9;

  /** A relative margin above the rounding of a bound to a float, which is 2⁻²⁴. */
  private static final double FLOAT_MARGIN = 1e-7;

  /** The share of the centroids that count as far movers, see {@link FarMovers}. */
  private static final double FAR_MOVER_SHARE = 1 / 6.0;

  /**
   * The minimum number of clusters for far movers. With fewer clusters, a comparison with all
   * centroids takes the same time.
   */
  private static final int FAR_MOVERS_MIN_CLUSTERS = 64;

  /**
   * The minimum number of points of a block for a separate comparison with the far movers. Fewer
   * points are compared with all centroids, because this takes the same time.
   */
  private static final int FAR_MOVERS_MIN_POINTS = 32;

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

  /** Columns with copies of the points of a block that are compared with centroids. */
  private final double[][] gatheredColumns;

  /** The rows of the points whose bounds do not decide which centroid is nearest. */
  private final int[] undecidedRows = new int[LloydKernel.BLOCK];

  private final int[] stillUndecidedRows = new int[LloydKernel.BLOCK];

  /** The rows of the points that are compared with the far movers only. */
  private final int[] decidedRows = new int[LloydKernel.BLOCK];

  /** The bounds of the points of a block as the previous pass left them. */
  private final float[] boundsBefore = new float[LloydKernel.BLOCK];

  private final int[] nearestUndecided = new int[LloydKernel.BLOCK];
  private final double[] bestUndecided = new double[LloydKernel.BLOCK];
  private final double[] secondBest = new double[LloydKernel.BLOCK];
  private long distances;

  /** Creates a kernel that compares points with the given centroids. */
  public BoundedKernel(Centroids centroids) {
    this.centroids = centroids;
    this.d = centroids.d();
    this.coordinates = centroids.toArray();
    this.kernel = new LloydKernel(centroids);
    this.gatheredColumns = new double[d][LloydKernel.BLOCK];
  }

  /** Returns the number of distances between a point and a centroid that were computed so far. */
  public long distances() {
    return distances;
  }

  Centroids centroids() {
    return centroids;
  }

  /**
   * Returns a search that uses and updates the bounds of the points of a shard. The caller searches
   * each point once, and keeps the point's cluster of the previous pass until then.
   *
   * @param known the clusters and bounds of the previous pass
   * @param before the centroids of the previous pass; null if there was none
   */
  Search search(KnownAssignment known, Centroids before) {
    if (!known.hasBounds()) {
      return (block, from, count, nearest, best) -> {
        distances += (long) count * centroids.k();
        kernel.nearest(block, 0, count, nearest, best);
      };
    }
    return before == null ? firstSearch(known) : nextSearch(known, before);
  }

  private Search firstSearch(KnownAssignment known) {
    return (block, from, count, nearest, best) -> {
      compareAll(block, count, nearest, best);
      for (int i = 0; i < count; i++) {
        known.bounds()[from + i] = roundDown(Math.sqrt(secondBest[i]));
      }
    };
  }

  private Search nextSearch(KnownAssignment known, Centroids before) {
    RankedShifts shifts = new RankedShifts(before, centroids, MARGIN);
    double[] largestOfOthers = shifts.largestOfOthers(0);
    FarMovers movers = centroids.k() < FAR_MOVERS_MIN_CLUSTERS ? null : new FarMovers(shifts);
    return (block, from, count, nearest, best) -> {
      System.arraycopy(known.clusters(), from, nearest, 0, count);
      ownDistances(block, count, nearest, best);
      System.arraycopy(known.bounds(), from, boundsBefore, 0, count);
      Known points = new Known(known.bounds(), from, nearest, best);
      int undecidedCount = lowerBounds(points, count, largestOfOthers);
      if (undecidedCount >= FAR_MOVERS_MIN_POINTS && movers != null) {
        undecidedCount = movers.decide(block, undecidedCount, points);
      }
      if (undecidedCount > 0) {
        compareUndecided(block, undecidedCount, points);
      }
    };
  }

  /** The bounds and clusters of a block of points from the previous pass. */
  private static final class Known {
    /** The bounds of all points of the shard. */
    final float[] bounds;

    /** The first point of the block in the shard. */
    final int from;

    /** The cluster of each point of the block. */
    final int[] nearest;

    /** The squared distance of each point to the centroid of that cluster. */
    final double[] best;

    Known(float[] bounds, int from, int[] nearest, double[] best) {
      this.bounds = bounds;
      this.from = from;
      this.nearest = nearest;
      this.best = best;
    }
  }

  /**
   * Returns a distance, rounded down to a float. Floats below the smallest normal float have fewer
   * digits, so the smallest normal float is subtracted too.
   */
  private static float roundDown(double distance) {
    double lowered = Math.min(distance, Float.MAX_VALUE) * (1 - FLOAT_MARGIN);
    return (float) Math.max(0, lowered - Float.MIN_NORMAL);
  }

  /**
   * Computes the squared distance of each point to the centroid of its cluster. The squared
   * differences are added in the order of the features, as {@link LloydKernel} adds them.
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

  /**
   * Lowers the bounds of a block. Returns the number of points that the lowered bounds do not
   * decide.
   */
  private int lowerBounds(Known points, int count, double[] shifts) {
    float[] bounds = points.bounds;
    int from = points.from;
    int[] nearest = points.nearest;
    double[] best = points.best;
    int undecidedCount = 0;
    for (int i = 0; i < count; i++) {
      double bound = Math.max(0, bounds[from + i] - shifts[nearest[i]]);
      bounds[from + i] = roundDown(bound);
      undecidedRows[undecidedCount] = i;
      undecidedCount += isNearer(best[i], bound) ? 0 : 1;
    }
    return undecidedCount;
  }

  /** Returns whether a squared distance is certainly smaller than the square of the bound. */
  private static boolean isNearer(double squared, double bound) {
    return squared * (1 + MARGIN) < bound * bound * (1 - MARGIN);
  }

  /** The centroids that moved farthest. Some points are compared only with these centroids. */
  private final class FarMovers {
    private final int[] clusters;
    private final LloydKernel farKernel;
    private final double[] shiftsOfOthers;

    FarMovers(RankedShifts shifts) {
      int count = (int) (FAR_MOVER_SHARE * centroids.k());
      this.clusters = shifts.farthest(count);
      this.farKernel = kernel.sharingBuffers(shifts.centroids(clusters));
      this.shiftsOfOthers = shifts.largestOfOthers(count);
    }

    /**
     * Decides the points that can only stay in their cluster or move to a far mover. Returns the
     * number of undecided points.
     */
    int decide(double[][] block, int undecidedCount, Known points) {
      int stillUndecided = 0;
      int decided = 0;
      for (int u = 0; u < undecidedCount; u++) {
        int i = undecidedRows[u];
        double bound = boundsBefore[i] - shiftsOfOthers[points.nearest[i]];
        boolean isDecided = isNearer(points.best[i], Math.max(0, bound));
        decidedRows[decided] = i;
        decided += isDecided ? 1 : 0;
        stillUndecidedRows[stillUndecided] = i;
        stillUndecided += isDecided ? 0 : 1;
      }
      if (decided < FAR_MOVERS_MIN_POINTS) {
        return undecidedCount;
      }
      System.arraycopy(stillUndecidedRows, 0, undecidedRows, 0, stillUndecided);
      gather(block, decidedRows, decided);
      distances += (long) decided * clusters.length;
      farKernel.nearestWithNext(
          gatheredColumns, 0, decided, nearestUndecided, bestUndecided, secondBest);
      for (int u = 0; u < decided; u++) {
        choose(decidedRows[u], u, points);
      }
      return stillUndecided;
    }

    /**
     * Chooses between the present cluster of a point and the nearest of the compared centroids. If
     * both are equally near, the lower cluster wins.
     *
     * @param i the row of the point in the block
     * @param u the index of the point among the compared points
     */
    private void choose(int i, int u, Known points) {
      int own = points.nearest[i];
      int other = clusters[nearestUndecided[u]];
      double squared = points.best[i];
      double squaredOther = bestUndecided[u];
      double next = squaredOther;
      if (other == own) {
        next = secondBest[u];
      } else if (squaredOther < squared || (squaredOther == squared && other < own)) {
        points.nearest[i] = other;
        points.best[i] = squaredOther;
        next = Math.min(squared, secondBest[u]);
      }
      double bound = Math.max(0, boundsBefore[i] - shiftsOfOthers[own]);
      points.bounds[points.from + i] = roundDown(Math.min(bound, Math.sqrt(next)));
    }
  }

  /** Copies the points of some rows of a block to {@link #gatheredColumns}. */
  private void gather(double[][] block, int[] rows, int count) {
    for (int f = 0; f < d; f++) {
      double[] column = block[f];
      double[] gathered = gatheredColumns[f];
      for (int u = 0; u < count; u++) {
        gathered[u] = column[rows[u]];
      }
    }
  }

  private void compareUndecided(double[][] block, int undecidedCount, Known points) {
    gather(block, undecidedRows, undecidedCount);
    compareAll(gatheredColumns, undecidedCount, nearestUndecided, bestUndecided);
    for (int u = 0; u < undecidedCount; u++) {
      int i = undecidedRows[u];
      points.nearest[i] = nearestUndecided[u];
      points.best[i] = bestUndecided[u];
      points.bounds[points.from + i] = roundDown(Math.sqrt(secondBest[u]));
    }
  }

  private void compareAll(double[][] points, int count, int[] nearest, double[] best) {
    distances += (long) count * centroids.k();
    kernel.nearestWithNext(points, 0, count, nearest, best, secondBest);
  }
}
