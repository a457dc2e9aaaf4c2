package personas.report.rule;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import personas.report.data.ReportSample;

/**
 * The possible thresholds of a rule for one cluster, called cuts, and the bin of each user: bin b
 * lies above cut b-1 and below cut b. A user without a value is not in a bin, because a comparison
 * with NULL is not true in SQL.
 */
final class RuleThresholds {
  /** The bin of a user without a value. */
  static final int MISSING = -1;

  /**
   * The number of parts into which quantiles divide the users of the cluster, and all users. The
   * number is small, so that a bin fits in a byte.
   */
  private static final int QUANTILES = 24;

  private final ReportSample sample;
  private final int cluster;
  private final int users;
  private final double[][] below;
  private final double[][] above;
  private final byte[][] bins;

  /**
   * Chooses the cuts.
   *
   * @param sorted d columns of raw values, ascending
   * @param ranks for each feature and user, the index of the value in {@code sorted}, or {@link
   *     #MISSING}
   * @param cluster the cluster of the rule
   */
  RuleThresholds(ReportSample sample, double[][] sorted, int[][] ranks, int cluster) {
    this.sample = sample;
    this.cluster = cluster;
    int d = sample.d();
    below = new double[d][];
    above = new double[d][];
    bins = new byte[d][sample.size()];
    int clusterUsers = 0;
    for (int i = 0; i < sample.size(); i++) {
      clusterUsers += sample.cluster(i) == cluster ? 1 : 0;
    }
    users = clusterUsers;
    for (int f = 0; f < d && users > 0; f++) {
      chooseCuts(f, sorted[f]);
      byte[] binOfRank = binOfRank(sorted[f], above[f]);
      for (int i = 0; i < sample.size(); i++) {
        int rank = ranks[f][i];
        bins[f][i] = rank == MISSING ? MISSING : binOfRank[rank];
      }
    }
  }

  /** Returns the bin of each value: the number of cuts that are at most the value. */
  private static byte[] binOfRank(double[] sorted, double[] above) {
    byte[] bins = new byte[sorted.length];
    int bin = 0;
    for (int rank = 0; rank < sorted.length; rank++) {
      while (bin < above.length && above[bin] <= sorted[rank]) {
        bin++;
      }
      bins[rank] = (byte) bin;
    }
    return bins;
  }

  private void chooseCuts(int feature, double[] sorted) {
    double[] clusterValues = sample.rawOf(feature, cluster);
    Arrays.sort(clusterValues);
    TreeSet<Double> cutValues = new TreeSet<>();
    for (int q = 0; q <= QUANTILES && sorted.length > 0; q++) {
      addCuts(cutValues, sorted, quantile(sorted, q));
      if (clusterValues.length > 0) {
        addCuts(cutValues, sorted, quantile(clusterValues, q));
      }
    }
    above[feature] = cutValues.stream().mapToDouble(Double::doubleValue).toArray();
    below[feature] = new double[above[feature].length];
    for (int c = 0; c < below[feature].length; c++) {
      below[feature][c] = sorted[first(sorted, above[feature][c]) - 1];
    }
  }

  private static double quantile(double[] values, int q) {
    return values[(int) ((values.length - 1L) * q / QUANTILES)];
  }

  /**
   * Adds the cuts just below and just above a value. A cut is represented by the smallest value
   * above it.
   */
  private static void addCuts(Set<Double> cutValues, double[] sorted, double value) {
    if (first(sorted, value) > 0) {
      cutValues.add(value);
    }
    int next = first(sorted, Math.nextUp(value));
    if (next < sorted.length) {
      cutValues.add(sorted[next]);
    }
  }

  /** Returns the index of the first value that is at least {@code value}. */
  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the number of sampled users in the cluster. */
  int users() {
    return users;
  }

  /** Returns the largest value below a cut. */
  double below(int feature, int cut) {
    return below[feature][cut];
  }

  /** Returns the smallest value above a cut. */
  double above(int feature, int cut) {
    return above[feature][cut];
  }

  /**
   * Returns the given users whose value is on one side of a cut.
   *
   * @param users indices of users in the sample
   * @param isAbove whether the users above the cut are returned, otherwise the users below
   */
  int[] select(int[] users, int feature, boolean isAbove, int cut) {
    int[] selected = new int[users.length];
    int count = 0;
    for (int user : users) {
      int bin = bins[feature][user];
      if (bin != MISSING && (bin > cut) == isAbove) {
        selected[count++] = user;
      }
    }
    return Arrays.copyOf(selected, count);
  }

  /**
   * Returns the number of the given users in each bin: at index 0 the users of the cluster, at
   * index 1 the other users.
   */
  int[][] count(int feature, int[] users) {
    int[][] counts = new int[2][above[feature].length + 1];
    for (int user : users) {
      if (bins[feature][user] != MISSING) {
        counts[sample.cluster(user) == cluster ? 0 : 1][bins[feature][user]]++;
      }
    }
    return counts;
  }
}
