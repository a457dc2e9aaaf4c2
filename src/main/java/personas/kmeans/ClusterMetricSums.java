package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import personas.math.ExactSum;

/**
 * What one pass adds up for the figures of a clustering: the silhouettes of all users, and per
 * cluster the distances of its users to their mean. Sums of doubles without rounding, so mergeable
 * in any order.
 *
 * <p>The silhouette of a user x of cluster A is (b − a) / max(a, b): a the mean squared distance to
 * the other users of A, b the least mean squared distance to the users of another cluster (P. J.
 * Rousseeuw, <i>Silhouettes</i>, 1987, with squared Euclidean distances). With a {@link
 * ClusterSpread} it takes time linear in the users, as in the ClusteringEvaluator of Apache Spark.
 * 0 for a user who is alone in the cluster, and where a and b are 0. Where only one cluster has
 * users all silhouettes are 0.
 */
public final class ClusterMetricSums {
  private final ExactSum silhouettes;
  private final ExactSum[] distances;

  private ClusterMetricSums(ExactSum silhouettes, ExactSum[] distances) {
    this.silhouettes = silhouettes;
    this.distances = distances;
  }

  public ClusterMetricSums(int k) {
    this(new ExactSum(), new ExactSum[k]);
    Arrays.setAll(distances, j -> new ExactSum());
  }

  /** Adds users to sums; owns the buffers that it needs. Not thread-safe. */
  public static final class Measure {
    private static final int LANES = 4;

    private final ClusterSpread spread;
    private final ClusterMetricSums sums;
    private final LloydKernel assigning;
    private final LloydKernel kernel;
    private final double[][] squared;
    private final double[][] others;
    private final int[] nearest = new int[LloydKernel.BLOCK];
    private final double[] best = new double[LloydKernel.BLOCK];
    private final double[] own = new double[LloydKernel.BLOCK];
    private final double[] distance = new double[LloydKernel.BLOCK];
    private final double[] ownUsers = new double[LloydKernel.BLOCK];
    private final double[] ownSquares = new double[LloydKernel.BLOCK];
    private final double[] other = new double[LloydKernel.BLOCK];
    private final double[] silhouette = new double[LloydKernel.BLOCK];

    /** Per cluster the mean squared distance to its mean; infinite where it has no users. */
    private final double[] meanSquares;

    /** Users take turns: an addition to a sum waits for the one before it. */
    private final ExactSum[] silhouettes = new ExactSum[LANES];

    /** How many users the points of the next block stand for; null if each is one user. */
    private int[] weights;

    private int firstWeight;

    /** Whether some cluster's users have the silhouette 0 by definition. */
    private boolean hasLoners;

    public Measure(ClusterSpread spread) {
      int k = spread.k();
      this.spread = spread;
      this.sums = new ClusterMetricSums(k);
      this.assigning = new LloydKernel(spread.centroids());
      this.kernel = new LloydKernel(spread.means());
      this.squared = new double[k][LloydKernel.BLOCK];
      this.others = new double[k][LloydKernel.BLOCK];
      this.meanSquares = new double[k];
      Arrays.setAll(silhouettes, i -> new ExactSum());
      int used = 0;
      for (int j = 0; j < k; j++) {
        double users = spread.users(j);
        used += users > 0 ? 1 : 0;
        hasLoners |= users == 1;
        meanSquares[j] = users > 0 ? spread.squares(j) / users : Double.POSITIVE_INFINITY;
      }
      hasLoners |= used == 1;
    }

    /**
     * Says how many users the points of the next block stand for.
     *
     * @param pointWeights null if each point is one user
     * @param first the place of the weight of the block's first point
     */
    public void weigh(int[] pointWeights, int first) {
      weights = pointWeights;
      firstWeight = first;
    }

    /** Adds points {@code from..to} of d columns of standardised values on the grid. */
    public void add(double[][] columns, int from, int to) {
      for (int start = from; start < to; start += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, to - start);
        assigning.nearest(columns, start, count, nearest, best);
        addBlock(columns, start, count, nearest);
      }
    }

    /**
     * Adds the first {@code count} points, at most {@link LloydKernel#BLOCK}, of d columns where
     * their clusters are known.
     *
     * @param clusters the nearest of the spread's centroids, of equally near ones the first
     */
    public void add(double[][] columns, int count, int[] clusters) {
      addBlock(columns, 0, count, clusters);
    }

    private void addBlock(double[][] columns, int from, int count, int[] clusters) {
      kernel.squaredDistances(columns, from, count, squared);
      for (int j = 0; j < squared.length; j++) {
        plus(squared[j], meanSquares[j], count, others[j]);
      }
      gatherOwn(count, clusters);
      addDistances(count, clusters);
      Arrays.fill(other, 0, count, Double.POSITIVE_INFINITY);
      for (double[] each : others) {
        least(each, count, other);
      }
      inner(own, ownUsers, ownSquares, count, silhouette);
      silhouette(other, count, silhouette);
      for (int i = 0; hasLoners && i < count; i++) {
        if (spread.users(clusters[i]) == 1 || other[i] == Double.POSITIVE_INFINITY) {
          silhouette[i] = 0;
        }
      }
      if (weights != null) {
        addWeightedSilhouettes(count);
        return;
      }
      // Where both mean distances are 0 the silhouette is NaN here and adds nothing, as 0 would.
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

    /** The figures of each user's own cluster, which then is none of the others. */
    private void gatherOwn(int count, int[] clusters) {
      for (int i = 0; i < count; i++) {
        int cluster = clusters[i];
        own[i] = squared[cluster][i];
        ownUsers[i] = spread.users(cluster);
        ownSquares[i] = spread.squares(cluster);
        others[cluster][i] = Double.POSITIVE_INFINITY;
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

    private static void least(double[] values, int count, double[] least) {
      for (int i = 0; i < count; i++) {
        least[i] = Math.min(least[i], values[i]);
      }
    }

    /** The mean squared distances to the other users of the own cluster. */
    private static void inner(
        double[] squared, double[] users, double[] squares, int count, double[] inner) {
      for (int i = 0; i < count; i++) {
        inner[i] = (squared[i] * users[i] + squares[i]) / (users[i] - 1);
      }
    }

    /** {@code inner} becomes the silhouette. */
    private static void silhouette(double[] other, int count, double[] inner) {
      for (int i = 0; i < count; i++) {
        inner[i] = (other[i] - inner[i]) / Math.max(inner[i], other[i]);
      }
    }

    public ClusterMetricSums sums() {
      for (int i = 0; i < silhouettes.length; i++) {
        sums.silhouettes.merge(silhouettes[i]);
        silhouettes[i] = new ExactSum();
      }
      return sums;
    }
  }

  public void merge(ClusterMetricSums other) {
    silhouettes.merge(other.silhouettes);
    for (int j = 0; j < distances.length; j++) {
      distances[j].merge(other.distances[j]);
    }
  }

  public int k() {
    return distances.length;
  }

  /** Returns the mean silhouette of {@code users} users, correctly rounded. */
  public double meanSilhouette(long users) {
    return silhouettes.mean(users);
  }

  /** The mean distance of a cluster's users to their mean, correctly rounded. */
  public double meanDistance(int cluster, long users) {
    return distances[cluster].mean(users);
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(distances.length);
    silhouettes.write(out);
    for (ExactSum sum : distances) {
      sum.write(out);
    }
  }

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
