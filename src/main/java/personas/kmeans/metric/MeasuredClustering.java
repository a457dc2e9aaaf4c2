package personas.kmeans.metric;

import personas.kmeans.Centroids;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterSpread;

/**
 * What the metrics over all users are computed from.
 *
 * @param spread users, means and squared distances of each cluster
 * @param sums silhouettes and distances of all users, by the same clusters
 */
public record MeasuredClustering(ClusterSpread spread, ClusterMetricSums sums) {

  /** The sum of the squared distances of all users to the mean of their cluster. */
  double inertia() {
    double inertia = 0;
    for (int j = 0; j < spread.k(); j++) {
      inertia += spread.squares(j);
    }
    return inertia;
  }

  /** The number of clusters that have users. */
  private int filled() {
    int filled = 0;
    for (int j = 0; j < spread.k(); j++) {
      filled += spread.users(j) > 0 ? 1 : 0;
    }
    return filled;
  }

  /** The share of the users in the smallest cluster, 0..1. */
  double smallestShare() {
    long smallest = spread.users();
    for (int j = 0; j < spread.k(); j++) {
      smallest = Math.min(smallest, spread.users(j));
    }
    return (double) smallest / spread.users();
  }

  /** The mean silhouette; null if fewer than two clusters have users. */
  Double silhouette() {
    return filled() > 1 ? (Double) sums.meanSilhouette(spread.users()) : null;
  }

  /**
   * The index of D. L. Davies and D. W. Bouldin, 1979: the mean over the clusters of the worst (s₁
   * + s₂) / distance of the means, where s is the mean distance to the mean; null if fewer than two
   * clusters have users.
   */
  Double daviesBouldin() {
    if (filled() < 2) {
      return null;
    }
    double total = 0;
    for (int j = 0; j < spread.k(); j++) {
      total += worstOverlap(j);
    }
    return total / filled();
  }

  private double worstOverlap(int cluster) {
    double worst = 0;
    for (int other = 0; other < spread.k(); other++) {
      if (other != cluster && spread.users(cluster) > 0 && spread.users(other) > 0) {
        double scatter = meanDistance(cluster) + meanDistance(other);
        double apart = Math.sqrt(squaredDistance(spread.means(), cluster, other));
        worst = Math.max(worst, apart == 0 ? 0 : scatter / apart);
      }
    }
    return worst;
  }

  private double meanDistance(int cluster) {
    return sums.meanDistance(cluster, spread.users(cluster));
  }

  private static double squaredDistance(Centroids means, int a, int b) {
    double squared = 0;
    for (int f = 0; f < means.d(); f++) {
      double difference = means.at(a, f) - means.at(b, f);
      squared += difference * difference;
    }
    return squared;
  }

  /**
   * The index of T. Caliński and J. Harabasz, 1974: the variance between the clusters over the
   * variance within them; null if fewer than two clusters have users, if every user is a cluster,
   * and if the users of each cluster are all the same.
   */
  Double calinskiHarabasz() {
    int filled = filled();
    double inertia = inertia();
    return filled > 1 && filled < spread.users() && inertia > 0
        ? (Double) (spread.between() / (filled - 1) / (inertia / (spread.users() - filled)))
        : null;
  }
}
