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
public final class SeparationSums {
  private final ExactSum silhouettes;
  private final ExactSum[] distances;

  private SeparationSums(ExactSum silhouettes, ExactSum[] distances) {
    this.silhouettes = silhouettes;
    this.distances = distances;
  }

  public SeparationSums(int k) {
    this(new ExactSum(), new ExactSum[k]);
    Arrays.setAll(distances, j -> new ExactSum());
  }

  /** Adds users to sums; owns the buffers that it needs. Not thread-safe. */
  public static final class Measure {
    private final ClusterSpread spread;
    private final SeparationSums sums;
    private final LloydKernel assigning;
    private final LloydKernel kernel;
    private final double[][] squared;
    private final int[] nearest = new int[LloydKernel.BLOCK];
    private final double[] best = new double[LloydKernel.BLOCK];
    private final double[] silhouette = new double[LloydKernel.BLOCK];

    public Measure(ClusterSpread spread) {
      this.spread = spread;
      this.sums = new SeparationSums(spread.k());
      this.assigning = new LloydKernel(spread.centroids());
      this.kernel = new LloydKernel(spread.means());
      this.squared = new double[spread.k()][LloydKernel.BLOCK];
    }

    /** Adds points {@code from..to} of d columns of standardised values on the grid. */
    public void add(double[][] columns, int from, int to) {
      for (int start = from; start < to; start += LloydKernel.BLOCK) {
        addBlock(columns, start, Math.min(LloydKernel.BLOCK, to - start));
      }
    }

    private void addBlock(double[][] columns, int from, int count) {
      assigning.nearest(columns, from, count, nearest, best);
      kernel.squaredDistances(columns, from, count, squared);
      for (int i = 0; i < count; i++) {
        int own = nearest[i];
        sums.distances[own].add(Math.sqrt(squared[own][i]));
        silhouette[i] = silhouette(own, i);
      }
      sums.silhouettes.addAll(silhouette, 0, count);
    }

    private double silhouette(int own, int i) {
      double users = spread.users(own);
      double other = Double.POSITIVE_INFINITY;
      for (int j = 0; j < spread.k(); j++) {
        if (j != own && spread.users(j) > 0) {
          other = Math.min(other, squared[j][i] + spread.squares(j) / spread.users(j));
        }
      }
      if (users == 1 || other == Double.POSITIVE_INFINITY) {
        return 0;
      }
      double inner = (squared[own][i] * users + spread.squares(own)) / (users - 1);
      double larger = Math.max(inner, other);
      return larger == 0 ? 0 : (other - inner) / larger;
    }

    public SeparationSums sums() {
      return sums;
    }
  }

  public void merge(SeparationSums other) {
    silhouettes.merge(other.silhouettes);
    for (int j = 0; j < distances.length; j++) {
      distances[j].merge(other.distances[j]);
    }
  }

  public int k() {
    return distances.length;
  }

  /** The mean silhouette of {@code users} users, correctly rounded. */
  double meanSilhouette(long users) {
    return silhouettes.mean(users);
  }

  /** The mean distance of a cluster's users to their mean, correctly rounded. */
  double meanDistance(int cluster, long users) {
    return distances[cluster].mean(users);
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(distances.length);
    silhouettes.write(out);
    for (ExactSum sum : distances) {
      sum.write(out);
    }
  }

  public static SeparationSums read(DataInput in) throws IOException {
    int k = in.readInt();
    ExactSum silhouettes = ExactSum.read(in);
    ExactSum[] distances = new ExactSum[k];
    for (int j = 0; j < k; j++) {
      distances[j] = ExactSum.read(in);
    }
    return new SeparationSums(silhouettes, distances);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeparationSums that
        && silhouettes.equals(that.silhouettes)
        && Arrays.equals(distances, that.distances);
  }

  @Override
  public int hashCode() {
    return silhouettes.hashCode();
  }
}
