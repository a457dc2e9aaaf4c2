package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import personas.math.ExactSum;

/**
 * The sums of one pass for the metrics of a clustering: the silhouettes of all users, and per
 * cluster the distances of the users to the mean of the cluster. The sums are exact, so they can be
 * merged in any order.
 *
 * <p>The silhouette of a user x of cluster A is (b − a) / max(a, b). Here a is the mean squared
 * distance to the other users of A, and b is the smallest mean squared distance to the users of
 * another cluster. A silhouette is 0 if the user is alone in the cluster, if a and b are 0, or if
 * only one cluster has users.
 *
 * <p>Source: P. J. Rousseeuw, <i>Silhouettes</i>, 1987, here with squared Euclidean distances. A
 * {@link ClusterSpread} makes the time linear in the number of users, as in the ClusteringEvaluator
 * of Apache Spark.
 */
public final class ClusterMetricSums {
  private final ExactSum silhouettes;
  private final ExactSum[] distances;

  private ClusterMetricSums(ExactSum silhouettes, ExactSum[] distances) {
    this.silhouettes = silhouettes;
    this.distances = distances;
  }

  /** Creates sums of 0 for k clusters. */
  public ClusterMetricSums(int k) {
    this(new ExactSum(), new ExactSum[k]);
    Arrays.setAll(distances, j -> new ExactSum());
  }

  /**
   * Computes the silhouettes and distances of points and adds them to sums. An instance is not
   * thread-safe, because it owns its buffers.
   */
  public static final class Measure {
    private static final int LANES = 4;

    private final ClusterSpread spread;
    private final ClusterMetricSums sums;
    private final LloydKernel assigningKernel;
    private final LloydKernel meansKernel;

    /** Per cluster the squared distance of each point of a block to the mean of the cluster. */
    private final double[][] squared;

    /**
     * Per cluster the mean squared distance of each point of a block to the users of the cluster;
     * infinite for the own cluster of the point and for an empty cluster.
     */
    private final double[][] toOthers;

    private final int[] nearest = new int[LloydKernel.BLOCK];
    private final double[] best = new double[LloydKernel.BLOCK];
    private final double[] own = new double[LloydKernel.BLOCK];
    private final double[] distance = new double[LloydKernel.BLOCK];
    private final double[] ownUsers = new double[LloydKernel.BLOCK];
    private final double[] ownSquares = new double[LloydKernel.BLOCK];

    /** The smallest mean squared distance of each point to the users of another cluster. */
    private final double[] toNearestOther = new double[LloydKernel.BLOCK];

    private final double[] silhouette = new double[LloydKernel.BLOCK];

    /**
     * Per cluster the mean squared distance of the users to the mean; infinite for an empty
     * cluster.
     */
    private final double[] meanSquares;

    /**
     * The silhouettes are added to several sums in turn, because an addition waits for the previous
     * addition to the same sum.
     */
    private final ExactSum[] silhouettes = new ExactSum[LANES];

    /** The number of users at each point of the next block; null if each point is one user. */
    private int[] weights;

    private int firstWeight;

    /** Whether a cluster has users whose silhouette is 0 by definition. */
    private boolean hasZeroSilhouettes;

    /**
     * Creates a measure whose sums are 0.
     *
     * @param spread users, means and squared distances of the clusters
     */
    public Measure(ClusterSpread spread) {
      int k = spread.k();
      this.spread = spread;
      this.sums = new ClusterMetricSums(k);
      this.assigningKernel = new LloydKernel(spread.centroids());
      this.meansKernel = new LloydKernel(spread.means());
      this.squared = new double[k][LloydKernel.BLOCK];
      this.toOthers = new double[k][LloydKernel.BLOCK];
      this.meanSquares = new double[k];
      Arrays.setAll(silhouettes, i -> new ExactSum());
      int filled = 0;
      for (int j = 0; j < k; j++) {
        double users = spread.users(j);
        filled += users > 0 ? 1 : 0;
        hasZeroSilhouettes |= users == 1;
        meanSquares[j] = users > 0 ? spread.squares(j) / users : Double.POSITIVE_INFINITY;
      }
      hasZeroSilhouettes |= filled == 1;
    }

    /**
     * Sets the number of users at each point of the next block.
     *
     * @param pointWeights number of users at each point; null if each point is one user
     * @param first the index of the weight of the block's first point
     */
    public void weigh(int[] pointWeights, int first) {
      weights = pointWeights;
      firstWeight = first;
    }

    /**
     * Adds the points in the rows from {@code from}, inclusive, to {@code to}, exclusive.
     *
     * @param columns d columns of standardized values on the grid
     */
    public void add(double[][] columns, int from, int to) {
      for (int start = from; start < to; start += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, to - start);
        assigningKernel.nearest(columns, start, count, nearest, best);
        addBlock(columns, start, count, nearest);
      }
    }

    /**
     * Adds the first {@code count} points, at most {@link LloydKernel#BLOCK}, whose clusters are
     * known.
     *
     * @param columns d columns of standardized values on the grid, which start at 0
     * @param clusters for each point the index of the nearest centroid of the spread; ties go to
     *     the lowest index
     */
    public void add(double[][] columns, int count, int[] clusters) {
      addBlock(columns, 0, count, clusters);
    }

    private void addBlock(double[][] columns, int from, int count, int[] clusters) {
      meansKernel.squaredDistances(columns, from, count, squared);
      for (int j = 0; j < squared.length; j++) {
        plus(squared[j], meanSquares[j], count, toOthers[j]);
      }
      gatherOwn(count, clusters);
      addDistances(count, clusters);
      Arrays.fill(toNearestOther, 0, count, Double.POSITIVE_INFINITY);
      for (double[] distances : toOthers) {
        lowerToMinimum(distances, count, toNearestOther);
      }
      meanWithin(own, ownUsers, ownSquares, count, silhouette);
      silhouette(toNearestOther, count, silhouette);
      for (int i = 0; hasZeroSilhouettes && i < count; i++) {
        if (spread.users(clusters[i]) == 1 || toNearestOther[i] == Double.POSITIVE_INFINITY) {
          silhouette[i] = 0;
        }
      }
      if (weights != null) {
        addWeightedSilhouettes(count);
        return;
      }
      // If both mean distances are 0, the silhouette is NaN here and is skipped, which adds 0.
      for (int i = 0; i < count; i++) {
        if (!Double.isNaN(silhouette[i])) {
          silhouettes[i & (LANES - 1)].add(silhouette[i]);
        }
      }
    }

    private void addWeightedSilhouettes(int count) {
      for (int i = 0; i < count; i++) {
        if (!Double.isNaN(silhouette[i]) && weights[firstWeight + i] > 0) {
          silhouettes[i & (LANES - 1)].addCopies(silhouette[i], weights[firstWeight + i]);
        }
      }
    }

    /** Copies the figures of each user's own cluster, and excludes it from the other clusters. */
    private void gatherOwn(int count, int[] clusters) {
      for (int i = 0; i < count; i++) {
        int cluster = clusters[i];
        own[i] = squared[cluster][i];
        ownUsers[i] = spread.users(cluster);
        ownSquares[i] = spread.squares(cluster);
        toOthers[cluster][i] = Double.POSITIVE_INFINITY;
      }
    }

    private void addDistances(int count, int[] clusters) {
      roots(own, count, distance);
      if (weights != null) {
        for (int i = 0; i < count; i++) {
          sums.distances[clusters[i]].addCopies(distance[i], weights[firstWeight + i]);
        }
        return;
      }
      for (int i = 0; i < count; i++) {
        sums.distances[clusters[i]].add(distance[i]);
      }
    }

    private static void roots(double[] values, int count, double[] roots) {
      for (int i = 0; i < count; i++) {
        roots[i] = Math.sqrt(values[i]);
      }
    }

    private static void plus(double[] values, double added, int count, double[] out) {
      for (int i = 0; i < count; i++) {
        out[i] = values[i] + added;
      }
    }

    private static void lowerToMinimum(double[] values, int count, double[] minimum) {
      for (int i = 0; i < count; i++) {
        minimum[i] = Math.min(minimum[i], values[i]);
      }
    }

    /** Computes the mean squared distances to the other users of the own cluster. */
    private static void meanWithin(
        double[] squared, double[] users, double[] squares, int count, double[] out) {
      for (int i = 0; i < count; i++) {
        out[i] = (squared[i] * users[i] + squares[i]) / (users[i] - 1);
      }
    }

    /** Replaces {@code meanWithin} by the silhouettes. */
    private static void silhouette(double[] toNearestOther, int count, double[] meanWithin) {
      for (int i = 0; i < count; i++) {
        meanWithin[i] =
            (toNearestOther[i] - meanWithin[i]) / Math.max(meanWithin[i], toNearestOther[i]);
      }
    }

    /** Returns the sums of all points that were added. */
    public ClusterMetricSums sums() {
      for (int i = 0; i < silhouettes.length; i++) {
        sums.silhouettes.merge(silhouettes[i]);
        silhouettes[i] = new ExactSum();
      }
      return sums;
    }
  }

  /** Adds the sums of other users of the same clusters. */
  public void merge(ClusterMetricSums other) {
    silhouettes.merge(other.silhouettes);
    for (int j = 0; j < distances.length; j++) {
      distances[j].merge(other.distances[j]);
    }
  }

  /** Returns the number of clusters. */
  public int k() {
    return distances.length;
  }

  /** Returns the mean silhouette of {@code users} users, correctly rounded. */
  public double meanSilhouette(long users) {
    return silhouettes.mean(users);
  }

  /**
   * Returns the mean distance of a cluster's users to the mean of the cluster, correctly rounded,
   * in standard deviations.
   *
   * @param users number of users in the cluster, at least 1
   */
  public double meanDistance(int cluster, long users) {
    return distances[cluster].mean(users);
  }

  /** Writes the exact sums. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(distances.length);
    silhouettes.write(out);
    for (ExactSum sum : distances) {
      sum.write(out);
    }
  }

  /** Reads sums that {@link #write} wrote. */
  public static ClusterMetricSums read(DataInput in) throws IOException {
    int k = in.readInt();
    ExactSum silhouettes = ExactSum.read(in);
    ExactSum[] distances = new ExactSum[k];
    for (int j = 0; j < k; j++) {
      distances[j] = ExactSum.read(in);
    }
    return new ClusterMetricSums(silhouettes, distances);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterMetricSums that
        && silhouettes.equals(that.silhouettes)
        && Arrays.equals(distances, that.distances);
  }

  @Override
  public int hashCode() {
    return silhouettes.hashCode();
  }
}
