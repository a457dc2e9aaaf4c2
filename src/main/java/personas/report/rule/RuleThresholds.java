package personas.report.rule;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import personas.report.data.ReportSample;

/**
 * Where a rule may cut each feature, and on which side of the cuts each user lies: bin b lies above
 * cut b-1 and below cut b. A user without a value is in no bin, because in SQL no comparison with
 * NULL is true.
 */
final class RuleThresholds {
  /** The bin of a user without a value. */
  static final int MISSING = -1;

  /** Quantiles of the persona, and as many of all users; twice that many cuts fit a byte. */
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
   * @param sorted d columns of raw values, sorted
   * @param cluster whose users are told from the others
   */
  RuleThresholds(ReportSample sample, double[][] sorted, int cluster) {
    this.sample = sample;
    this.cluster = cluster;
    int d = sample.d();
    below = new double[d][];
    above = new double[d][];
    bins = new byte[d][sample.size()];
    int own = 0;
    for (int i = 0; i < sample.size(); i++) {
      own += sample.cluster(i) == cluster ? 1 : 0;
    }
    users = own;
    for (int f = 0; f < d && users > 0; f++) {
      cut(f, sorted[f]);
      for (int i = 0; i < sample.size(); i++) {
        double value = sample.raw(f, i);
        int found = Arrays.binarySearch(above[f], value);
        bins[f][i] = (byte) (Double.isNaN(value) ? MISSING : found >= 0 ? found + 1 : -found - 1);
      }
    }
  }

  private void cut(int feature, double[] sorted) {
    double[] own = sample.rawOf(feature, cluster);
    Arrays.sort(own);
    TreeSet<Double> uppers = new TreeSet<>();
    for (int q = 0; q <= QUANTILES && sorted.length > 0; q++) {
      addCuts(uppers, sorted, quantile(sorted, q));
      if (own.length > 0) {
        addCuts(uppers, sorted, quantile(own, q));
      }
    }
    above[feature] = uppers.stream().mapToDouble(Double::doubleValue).toArray();
    below[feature] = new double[above[feature].length];
    for (int c = 0; c < below[feature].length; c++) {
      below[feature][c] = sorted[first(sorted, above[feature][c]) - 1];
    }
  }

  private static double quantile(double[] values, int q) {
    return values[(int) ((values.length - 1L) * q / QUANTILES)];
  }

  /** Cuts below the value and above it, each named by the value on its upper side. */
  private static void addCuts(Set<Double> uppers, double[] sorted, double value) {
    if (first(sorted, value) > 0) {
      uppers.add(value);
    }
    int next = first(sorted, Math.nextUp(value));
    if (next < sorted.length) {
      uppers.add(sorted[next]);
    }
  }

  /** Index of the first value that is not below {@code value}. */
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

  /** Users of the cluster in the sample. */
  int users() {
    return users;
  }

  /** The largest value below a cut. */
  double below(int feature, int cut) {
    return below[feature][cut];
  }

  /** The smallest value above a cut. */
  double above(int feature, int cut) {
    return above[feature][cut];
  }

  /** The bin of a user, or {@link #MISSING}. */
  int bin(int feature, int user) {
    return bins[feature][user];
  }

  /** Users with a value per bin among those that match: of the cluster, and others. */
  int[][] count(int feature, boolean[] matches) {
    int[][] counts = new int[2][above[feature].length + 1];
    for (int i = 0; i < matches.length; i++) {
      if (matches[i] && bins[feature][i] != MISSING) {
        counts[sample.cluster(i) == cluster ? 0 : 1][bins[feature][i]]++;
      }
    }
    return counts;
  }
}
