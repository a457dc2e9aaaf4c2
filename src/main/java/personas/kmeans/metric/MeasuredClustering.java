package personas.kmeans.metric;

import personas.kmeans.Centroids;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterSpread;
import personas.math.Require;

/**
 * The sums from which the metrics over all users are computed.
 *
 * @param spread users, means and squared distances of each cluster
 * @param sums silhouettes and distances of all users, for the same clusters
 */
public record MeasuredClustering(ClusterSpread spread, ClusterMetricSums sums) {
  public MeasuredClustering {
    Require.sameSize("sums", sums.k(), spread.k());
  }

  /** Returns the sum of the squared distances of all users to the mean of their cluster. */
  double inertia() {
    double inertia = 0;
    for (int j = 0; j < spread.k(); j++) {
      inertia += spread.squares(j);
    }
    return inertia;
  }

  /** Returns the number of clusters with users. */
  private int filledClusters() {
    int filled = 0;
    for (int j = 0; j < spread.k(); j++) {
      filled += spread.users(j) > 0 ? 1 : 0;
    }
    return filled;
  }

  /** Returns the share of the users in the smallest cluster, 0..1. */
  double smallestShare() {
    long smallest = spread.users();
    for (int j = 0; j < spread.k(); j++) {
      smallest = Math.min(smallest, spread.users(j));
    }
    return (double) smallest / spread.users();
  }

  /** Returns the mean silhouette; null if fewer than two clusters have users. */
  Double silhouette() {
    return filledClusters() > 1 ? (Double) sums.meanSilhouette(spread.users()) : null;
  }

  /**
   * Returns the index of D. L. Davies and D. W. Bouldin, <i>A cluster separation measure</i>, 1979;
   * null if fewer than two clusters have users. For each cluster, take the largest (s₁ + s₂) / d₁₂
   * over all other clusters. Here s is the mean distance of the users of a cluster to their mean,
   * and d₁₂ is the distance between the two means. If the two means are equal, the pair counts as
   * 0. The index is the mean of these values over the clusters with users.
   */
  Double daviesBouldin() {
    if (filledClusters() < 2) {
      return null;
    }
    double total = 0;
    for (int j = 0; j < spread.k(); j++) {
      total += worstOverlap(j);
    }
    return total / filledClusters();
  }

  private double worstOverlap(int cluster) {
    double worst = 0;
    for (int other = 0; other < spread.k(); other++) {
      if (other != cluster && spread.users(cluster) > 0 && spread.users(other) > 0) {
        double scatter = meanDistance(cluster) + meanDistance(other);
        double distance = Math.sqrt(squaredDistance(spread.means(), cluster, other));
        worst = Math.max(worst, distance == 0 ? 0 : scatter / distance);
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
   * Returns the index of T. Caliński and J. Harabasz, <i>A dendrite method for cluster
   * analysis</i>, 1974: the variance between the clusters divided by the variance within them. Null
   * if fewer than two clusters have users, if no cluster has more than one user, or if all users of
   * each cluster are equal.
   */
  Double calinskiHarabasz() {
    int filled = filledClusters();
    double inertia = inertia();
    return filled > 1 && filled < spread.users() && inertia > 0
        ? (Double) (spread.between() / (filled - 1) / (inertia / (spread.users() - filled)))
        : null;
  }
}
