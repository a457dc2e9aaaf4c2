package personas.kmeans;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The users of each cluster in three figures: how many, their mean, and the sum of their squared
 * distances to that mean; k clusters, standardised units. From these the mean squared distance from
 * any point to all users of a cluster follows without looking at them again: ‖x − mean‖² + squares
 * / users. Immutable.
 *
 * <p>Exact but for the rounding of each squared distance to the grid and of the mean to a double.
 */
public final class ClusterSpread implements Serializable {
  /** The share of a cluster's users that is not beyond the edge of its outliers. */
  public static final double TYPICAL_SHARE = 0.995;

  private static final long serialVersionUID = 1;

  private final Centroids centroids;
  private final Centroids means;
  private final long[] users;
  private final double[] squares;
  private final double[] outlierEdges;

  /**
   * @param centroids that the users were assigned by
   * @param sums of all users, by these centroids
   */
  ClusterSpread(Centroids centroids, PassSums sums) {
    this.centroids = centroids;
    this.means = sums.plainMeans(centroids);
    this.users = sums.users().stream().mapToLong(Long::longValue).toArray();
    this.squares = new double[users.length];
    this.outlierEdges = new double[users.length];
    for (int j = 0; j < users.length; j++) {
      outlierEdges[j] = sums.distanceEdge(j, TYPICAL_SHARE);
      double moved = 0;
      for (int f = 0; f < means.d(); f++) {
        double difference = means.at(j, f) - centroids.at(j, f);
        moved += difference * difference;
      }
      squares[j] = Math.max(0, sums.within(j).value() - users[j] * moved);
    }
  }

  public int k() {
    return users.length;
  }

  /** The centroids that the users were assigned by: their nearest, of equally near the first. */
  public Centroids centroids() {
    return centroids;
  }

  /** The means of the clusters; that of an empty one is its centroid. */
  public Centroids means() {
    return means;
  }

  public long users(int cluster) {
    return users[cluster];
  }

  public long users() {
    return Arrays.stream(users).sum();
  }

  /** Sum of the squared distances of a cluster's users to their mean. */
  public double squares(int cluster) {
    return squares[cluster];
  }

  /**
   * The distance to the centroid above which a user is an outlier of a cluster, standardized units:
   * the smallest edge of a bucket of the exact histogram of distances below which at least {@link
   * #TYPICAL_SHARE} of the cluster's users lie.
   */
  public double outlierEdge(int cluster) {
    return outlierEdges[cluster];
  }

  /**
   * The share of the total variance that lies between the clusters, 0..1; null if all users are the
   * same. The same clusters in another order may differ in the last digits.
   */
  public Double explained() {
    double within = Arrays.stream(squares).sum();
    double between = between();
    return within + between == 0 ? null : (Double) (between / (within + between));
  }

  /** Sum over the users of the squared distance from their cluster's mean to the mean of all. */
  public double between() {
    double between = 0;
    for (int f = 0; f < means.d(); f++) {
      double sum = 0;
      for (int j = 0; j < k(); j++) {
        sum += users[j] * means.at(j, f);
      }
      double mean = sum / users();
      for (int j = 0; j < k(); j++) {
        double difference = means.at(j, f) - mean;
        between += users[j] * difference * difference;
      }
    }
    return between;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterSpread that
        && centroids.equals(that.centroids)
        && means.equals(that.means)
        && Arrays.equals(users, that.users)
        && Arrays.equals(squares, that.squares)
        && Arrays.equals(outlierEdges, that.outlierEdges);
  }

  @Override
  public int hashCode() {
    return 31 * centroids.hashCode() + Arrays.hashCode(users);
  }

  @Override
  public String toString() {
    return Arrays.toString(users) + " around " + means;
  }
}
