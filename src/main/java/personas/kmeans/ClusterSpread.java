package personas.kmeans;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The number, mean and scatter of the users of each cluster, in standardized units. The scatter is
 * the sum of the squared distances of the users to their mean. The mean squared distance from a
 * point x to all users of a cluster follows without another pass: ‖x − mean‖² + scatter / users.
 * Instances are immutable.
 *
 * <p>The figures come from exact sums, in which each squared distance is rounded to the grid. Only
 * the computation of the figures from the sums rounds to doubles.
 */
public final class ClusterSpread implements Serializable {
  /** The share of a cluster's users that are not outliers. */
  public static final double TYPICAL_SHARE = 0.995;

  private static final long serialVersionUID = 1;

  private final Centroids centroids;
  private final Centroids means;
  private final long[] users;
  private final double[] squares;
  private final double[] outlierEdges;

  /**
   * Computes the figures from the sums of one pass.
   *
   * @param centroids the centroids of the pass
   * @param sums the sums of all users in this pass
   */
  ClusterSpread(Centroids centroids, PassSums sums) {
    this.centroids = centroids;
    this.means = sums.plainMeans(centroids);
    this.users = sums.users().stream().mapToLong(Long::longValue).toArray();
    this.squares = new double[users.length];
    this.outlierEdges = new double[users.length];
    for (int j = 0; j < users.length; j++) {
      outlierEdges[j] = sums.distanceEdge(j, TYPICAL_SHARE);
      double squaredShift = 0;
      for (int f = 0; f < means.d(); f++) {
        double difference = means.at(j, f) - centroids.at(j, f);
        squaredShift += difference * difference;
      }
      squares[j] = Math.max(0, sums.within(j).value() - users[j] * squaredShift);
    }
  }

  /** Returns the number of clusters. */
  public int k() {
    return users.length;
  }

  /**
   * Returns the centroids that the users were assigned by. Each user belongs to the nearest
   * centroid; ties go to the lowest index.
   */
  public Centroids centroids() {
    return centroids;
  }

  /** Returns the means of the clusters. The mean of an empty cluster is its centroid. */
  public Centroids means() {
    return means;
  }

  /** Returns the number of users in a cluster. */
  public long users(int cluster) {
    return users[cluster];
  }

  /** Returns the number of all users. */
  public long users() {
    return Arrays.stream(users).sum();
  }

  /** Returns the sum of the squared distances of a cluster's users to their mean. */
  public double squares(int cluster) {
    return squares[cluster];
  }

  /**
   * Returns the distance to the centroid above which a user is an outlier of a cluster, in
   * standardized units. It is the smallest bucket edge of the histogram of distances below which at
   * least {@link #TYPICAL_SHARE} of the cluster's users lie.
   */
  public double outlierEdge(int cluster) {
    return outlierEdges[cluster];
  }

  /**
   * Returns the share of the total variance that lies between the clusters, 0..1; null if all users
   * are equal. Another order of the clusters may change the last digits.
   */
  public Double explained() {
    double within = Arrays.stream(squares).sum();
    double between = between();
    return within + between == 0 ? null : (Double) (between / (within + between));
  }

  /**
   * Returns the sum, over all users, of the squared distance from the mean of their cluster to the
   * mean of all users.
   */
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
