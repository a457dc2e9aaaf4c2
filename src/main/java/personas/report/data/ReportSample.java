package personas.report.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An even sample of the users, or all users, with the cluster of each user. The report computes
 * medians, histograms and rules from the sample in the order of the users. So the caller must give
 * the users in an order that does not depend on the run, such as the order of the hashes or of the
 * ids.
 */
public final class ReportSample implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[][] raw;
  private final double[][] z;
  private final int[] clusters;
  private final boolean isWhole;

  /**
   * Creates a sample and copies the arrays.
   *
   * @param raw d columns of n raw values, finite; NaN where the value is missing
   * @param z d columns of n standardized values, finite
   * @param clusters for each of the n users the index of the cluster, in the order of the model
   * @param isWhole whether the sample holds all users
   * @throws IllegalArgumentException if sizes differ or a value is not finite
   */
  public ReportSample(double[][] raw, double[][] z, int[] clusters, boolean isWhole) {
    if (raw.length != z.length) {
      throw new IllegalArgumentException("z: " + z.length + " columns, raw: " + raw.length);
    }
    this.raw = copy(raw, clusters.length, "raw", true);
    this.z = copy(z, clusters.length, "z", false);
    this.clusters = clusters.clone();
    this.isWhole = isWhole;
  }

  private static double[][] copy(double[][] columns, int rows, String name, boolean mayBeMissing) {
    double[][] copy = new double[columns.length][];
    for (int f = 0; f < columns.length; f++) {
      if (columns[f].length != rows) {
        throw new IllegalArgumentException(
            "%s: column %d has %d values, but clusters has %d"
                .formatted(name, f, columns[f].length, rows));
      }
      for (double value : columns[f]) {
        if (!Double.isFinite(value) && !(mayBeMissing && Double.isNaN(value))) {
          throw new IllegalArgumentException(
              "%s: column %d holds %s, which is not finite".formatted(name, f, value));
        }
      }
      // Adding 0 turns -0 into 0, because sorting distinguishes the two.
      copy[f] = Arrays.stream(columns[f]).map(value -> value + 0.0).toArray();
    }
    return copy;
  }

  /** Returns n, the number of users in the sample. */
  public int size() {
    return clusters.length;
  }

  /** Returns d, the number of features. */
  public int d() {
    return raw.length;
  }

  /** Returns whether the sample holds all users. */
  public boolean isWhole() {
    return isWhole;
  }

  /** Returns the index of the cluster of a user. {@code user} is the index in the sample. */
  public int cluster(int user) {
    return clusters[user];
  }

  /** Returns the raw value of a user; NaN if the value is missing. */
  public double raw(int feature, int user) {
    return raw[feature][user];
  }

  /** Returns the standardized value of a user, with the imputed value in place of a missing one. */
  public double z(int feature, int user) {
    return z[feature][user];
  }

  /** Returns the raw values of a feature that are not missing, ascending. */
  public double[] sorted(int feature) {
    return Arrays.stream(raw[feature]).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }

  /**
   * Returns the raw values of a feature that are not missing, for the users of one cluster in the
   * order of the sample.
   */
  public double[] rawOf(int feature, int cluster) {
    double[] values = new double[clusters.length];
    int count = 0;
    for (int i = 0; i < clusters.length; i++) {
      if (clusters[i] == cluster && !Double.isNaN(raw[feature][i])) {
        values[count++] = raw[feature][i];
      }
    }
    return Arrays.copyOf(values, count);
  }
}
