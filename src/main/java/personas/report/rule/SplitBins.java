package personas.report.rule;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import personas.report.data.Decimals;

/**
 * The possible thresholds of a tree, and the bin of each user between two thresholds. A threshold
 * has few digits, so that it is easy to read. A feature with few different values has the shortest
 * decimal between each two neighboring values as a threshold. Other features have quantiles with
 * two significant digits as thresholds.
 */
final class SplitBins {
  /**
   * A feature with at most this many different values has a threshold between each two neighboring
   * values.
   */
  private static final int MAX_VALUES_FOR_ALL_SPLITS = 40;

  private static final int QUANTILES = 32;
  private static final int QUANTILES_OF_CLUSTER = 8;
  private static final int SIGNIFICANT_DIGITS = 2;

  private final double[][] thresholds;
  private final short[][] bins;

  /**
   * Chooses the thresholds.
   *
   * @param values d columns of n finite values
   * @param clusters the cluster of each of the n users, below k
   */
  SplitBins(double[][] values, int[] clusters, int k) {
    thresholds = new double[values.length][];
    bins = new short[values.length][clusters.length];
    for (int f = 0; f < values.length; f++) {
      thresholds[f] = thresholds(values[f], clusters, k);
      for (int i = 0; i < clusters.length; i++) {
        int found = Arrays.binarySearch(thresholds[f], values[f][i]);
        bins[f][i] = (short) (found >= 0 ? found + 1 : -found - 1);
      }
    }
  }

  private static double[] thresholds(double[] values, int[] clusters, int k) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    TreeSet<Double> chosen = new TreeSet<>();
    if (distinct.length <= MAX_VALUES_FOR_ALL_SPLITS) {
      for (int i = 1; i < distinct.length; i++) {
        chosen.add(Decimals.shortestAbove(distinct[i - 1], distinct[i]).doubleValue());
      }
    } else {
      int digits = Decimals.digits(sorted[0], sorted[sorted.length - 1], SIGNIFICANT_DIGITS);
      add(sorted, QUANTILES, digits, chosen);
      for (int j = 0; j < k; j++) {
        add(valuesOf(j, values, clusters), QUANTILES_OF_CLUSTER, digits, chosen);
      }
      // A threshold with all users on one side does not split the users.
      chosen.removeIf(threshold -> threshold <= sorted[0] || threshold > sorted[sorted.length - 1]);
    }
    return chosen.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void add(double[] sorted, int quantiles, int digits, Set<Double> chosen) {
    for (int q = 1; q < quantiles && sorted.length > 0; q++) {
      double value = sorted[(int) ((sorted.length - 1L) * q / quantiles)];
      chosen.add(Decimals.significant(value, digits) + 0.0);
    }
  }

  private static double[] valuesOf(int cluster, double[] values, int[] clusters) {
    double[] clusterValues = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (clusters[i] == cluster) {
        clusterValues[count++] = values[i];
      }
    }
    double[] sorted = Arrays.copyOf(clusterValues, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns the number of features. */
  int features() {
    return thresholds.length;
  }

  /** Returns the number of thresholds of a feature. The number of bins is one larger. */
  int splits(int feature) {
    return thresholds[feature].length;
  }

  /**
   * Returns whether the value of a user is at least a threshold that {@link #threshold} returned.
   */
  boolean isAtLeast(int feature, int user, double threshold) {
    int bin = bin(feature, user);
    return bin > 0 && threshold(feature, bin - 1) >= threshold;
  }

  /** Returns a threshold of a feature, by its index in ascending order. */
  double threshold(int feature, int split) {
    return thresholds[feature][split];
  }

  /** Returns the bin of a user: the number of thresholds that are at most the value. */
  int bin(int feature, int user) {
    return bins[feature][user];
  }
}
