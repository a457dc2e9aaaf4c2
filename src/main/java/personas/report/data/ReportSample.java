package personas.report.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An even sample of the users, or all of them, with the cluster of each. What the report cannot
 * take from the model (medians, histograms, rules) is computed from it, in the order it comes in:
 * give it in an order that does not depend on the run, by hash or by id.
 */
public final class ReportSample implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[][] raw;
  private final double[][] z;
  private final int[] clusters;
  private final boolean whole;

  /**
   * Copies what it is given.
   *
   * @param raw d columns of n raw values, finite; NaN where the value is missing
   * @param z d columns of n standardised values
   * @param clusters n canonical cluster ids
   * @param whole whether these are all users
   */
  public ReportSample(double[][] raw, double[][] z, int[] clusters, boolean whole) {
    if (raw.length != z.length) {
      throw new IllegalArgumentException("z: " + z.length + " columns, raw: " + raw.length);
    }
    this.raw = copy(raw, clusters.length, "raw", true);
    this.z = copy(z, clusters.length, "z", false);
    this.clusters = clusters.clone();
    this.whole = whole;
  }

  private static double[][] copy(double[][] columns, int rows, String name, boolean mayBeMissing) {
    double[][] copy = new double[columns.length][];
    for (int f = 0; f < columns.length; f++) {
      if (columns[f].length != rows) {
        throw new IllegalArgumentException(
            "%s: column %d has %d values, clusters has %d"
                .formatted(name, f, columns[f].length, rows));
      }
      for (double value : columns[f]) {
        if (!Double.isFinite(value) && !(mayBeMissing && Double.isNaN(value))) {
          throw new IllegalArgumentException(
              "%s: column %d holds %s, which is not finite".formatted(name, f, value));
        }
      }
      // Adding 0 turns -0 into 0, which sorting would tell apart.
      copy[f] = Arrays.stream(columns[f]).map(value -> value + 0.0).toArray();
    }
    return copy;
  }

  /** Users in the sample. */
  public int size() {
    return clusters.length;
  }

  /** Features, d. */
  public int d() {
    return raw.length;
  }

  /** Whether the sample holds all users. */
  public boolean isWhole() {
    return whole;
  }

  public int cluster(int user) {
    return clusters[user];
  }

  /** A raw value; NaN if it is missing. */
  public double raw(int feature, int user) {
    return raw[feature][user];
  }

  public double z(int feature, int user) {
    return z[feature][user];
  }

  /** Sorted raw values of a feature, of all users who have one. */
  public double[] sorted(int feature) {
    return Arrays.stream(raw[feature]).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }

  /** Raw values of a feature, of the users of one cluster who have one. */
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
