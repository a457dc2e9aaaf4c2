package personas.kmeans;

import java.io.Serializable;

/**
 * The figures of a clustering over all its users, standardised units. Those of scikit-learn: {@code
 * silhouette_score(metric="sqeuclidean")}, {@code davies_bouldin_score}, {@code
 * calinski_harabasz_score}. A figure that is not defined is null: all three where fewer than two
 * clusters have users; Calinski–Harabasz where every user is a cluster, or where the users of each
 * cluster are all the same.
 *
 * @param k clusters
 * @param inertia sum of squared distances to the mean of the own cluster
 * @param silhouette mean over all users, squared Euclidean; -1..1, larger is better
 * @param daviesBouldin mean over the clusters of the worst (s₁ + s₂) / distance of the means, s the
 *     mean distance to the mean; smaller is better (D. L. Davies and D. W. Bouldin, 1979)
 * @param calinskiHarabasz variance between the clusters over variance within; larger is better (T.
 *     Caliński and J. Harabasz, 1974)
 * @param smallestShare of all users, in the smallest cluster; 0..1
 */
public record ClusterMetrics(
    int k,
    double inertia,
    Double silhouette,
    Double daviesBouldin,
    Double calinskiHarabasz,
    double smallestShare)
    implements Serializable {

  /** From the sums of all users. */
  public static ClusterMetrics of(ClusterSpread spread, ClusterMetricSums sums) {
    long users = spread.users();
    int filled = 0;
    long smallest = users;
    double inertia = 0;
    for (int j = 0; j < spread.k(); j++) {
      filled += spread.users(j) > 0 ? 1 : 0;
      smallest = Math.min(smallest, spread.users(j));
      inertia += spread.squares(j);
    }
    boolean several = filled > 1;
    return new ClusterMetrics(
        spread.k(),
        inertia,
        several ? sums.meanSilhouette(users) : null,
        several ? daviesBouldin(spread, sums, filled) : null,
        several && filled < users && inertia > 0
            ? spread.between() / (filled - 1) / (inertia / (users - filled))
            : null,
        (double) smallest / users);
  }

  private static Double daviesBouldin(ClusterSpread spread, ClusterMetricSums sums, int filled) {
    double total = 0;
    for (int j = 0; j < spread.k(); j++) {
      double worst = 0;
      for (int other = 0; other < spread.k(); other++) {
        if (other != j && spread.users(j) > 0 && spread.users(other) > 0) {
          double scatter =
              sums.meanDistance(j, spread.users(j)) + sums.meanDistance(other, spread.users(other));
          double apart = Math.sqrt(squaredDistance(spread.means(), j, other));
          worst = Math.max(worst, apart == 0 ? 0 : scatter / apart);
        }
      }
      total += worst;
    }
    return total / filled;
  }

  private static double squaredDistance(Centroids means, int a, int b) {
    double squared = 0;
    for (int f = 0; f < means.d(); f++) {
      double difference = means.at(a, f) - means.at(b, f);
      squared += difference * difference;
    }
    return squared;
  }
}
