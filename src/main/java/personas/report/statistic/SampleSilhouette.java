package personas.report.statistic;

import personas.report.data.ReportSample;

/**
 * The silhouette of the sample, -1..1, in linear time. The silhouette of a user is {@code (b - a) /
 * max(a, b)}: a is the mean <em>squared</em> Euclidean distance to the other users of the same
 * persona, and b is the mean squared distance to the users of the nearest other persona. A user
 * alone in a persona has the silhouette 0.
 *
 * <p>The mean squared distance from x to a cluster of n users is {@code ‖x‖² + Ψ/n - 2 x·Y/n},
 * where Y is the sum of the vectors of the cluster and Ψ the sum of the squared norms (as in the
 * evaluator of Spark MLlib; P. J. Rousseeuw, <em>Silhouettes</em>, J. Comput. Appl. Math. 20,
 * 1987).
 */
public final class SampleSilhouette {
  private final ReportSample sample;
  private final int k;
  private final double[][] sums;
  private final double[] squares;
  private final int[] users;
  private final double[] totals;

  /**
   * Computes the silhouettes of all users of a sample.
   *
   * @param sample the standardized users with the index of their persona
   * @param k number of personas
   */
  public SampleSilhouette(ReportSample sample, int k) {
    this.sample = sample;
    this.k = k;
    this.sums = new double[k][sample.d()];
    this.squares = new double[k];
    this.users = new int[k];
    this.totals = new double[k];
    for (int i = 0; i < sample.size(); i++) {
      int cluster = sample.cluster(i);
      users[cluster]++;
      for (int f = 0; f < sample.d(); f++) {
        double z = sample.z(f, i);
        sums[cluster][f] += z;
        squares[cluster] += z * z;
      }
    }
    for (int i = 0; i < sample.size(); i++) {
      totals[sample.cluster(i)] += silhouette(i);
    }
  }

  /** Returns the mean over all users; null if fewer than two clusters have users in the sample. */
  public Double mean() {
    double sum = 0;
    int occupied = 0;
    for (int c = 0; c < k; c++) {
      sum += totals[c];
      occupied += users[c] > 0 ? 1 : 0;
    }
    return occupied < 2 ? null : sum / sample.size();
  }

  /**
   * Returns the mean over the users of a cluster; null if the cluster has no user in the sample, or
   * if all users of the sample are in one cluster.
   */
  public Double mean(int cluster) {
    return mean() == null || users[cluster] == 0 ? null : totals[cluster] / users[cluster];
  }

  private double silhouette(int user) {
    int own = sample.cluster(user);
    if (users[own] == 1) {
      return 0;
    }
    double inside = 0;
    double outside = Double.POSITIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      if (c == own) {
        inside = sumOfDistances(user, c) / (users[c] - 1);
      } else if (users[c] > 0) {
        outside = Math.min(outside, sumOfDistances(user, c) / users[c]);
      }
    }
    double larger = Math.max(inside, outside);
    return larger == 0 || outside == Double.POSITIVE_INFINITY ? 0 : (outside - inside) / larger;
  }

  /** Returns the sum of the squared distances to the users of a cluster. */
  private double sumOfDistances(int user, int cluster) {
    double norm = 0;
    double product = 0;
    for (int f = 0; f < sample.d(); f++) {
      double z = sample.z(f, user);
      norm += z * z;
      product += z * sums[cluster][f];
    }
    return Math.max(0, users[cluster] * norm + squares[cluster] - 2 * product);
  }
}
