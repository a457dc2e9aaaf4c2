package personas.kmeans.sum;

import java.util.Arrays;

/**
 * Plain sums of doubles per cluster and feature, written for speed. The sums are exact, and so
 * independent of the order, if all values are multiples of one step and no sum reaches 2⁵³ steps.
 * The caller guarantees both.
 */
public final class BlockSums {
  private final int d;
  private final double[] sums;

  /** Creates sums of 0 for k clusters and d features. */
  public BlockSums(int k, int d) {
    this.d = d;
    this.sums = new double[k * d];
  }

  /**
   * Adds the points in rows {@code from..from + count}.
   *
   * @param columns d columns
   * @param cluster the cluster of point {@code from + i} at i
   */
  public void add(double[][] columns, int from, int count, int[] cluster) {
    // The loop adds four features at a time, because an addition to a sum waits for the previous
    // addition to the same sum.
    int f = 0;
    for (; f + 4 <= d; f += 4) {
      addFour(columns, f, from, count, cluster);
    }
    for (; f < d; f++) {
      addOne(columns[f], f, from, count, cluster);
    }
  }

  private void addFour(double[][] columns, int f, int from, int count, int[] cluster) {
    double[] first = columns[f];
    double[] second = columns[f + 1];
    double[] third = columns[f + 2];
    double[] fourth = columns[f + 3];
    for (int i = 0; i < count; i++) {
      int at = cluster[i] * d + f;
      sums[at] += first[from + i];
      sums[at + 1] += second[from + i];
      sums[at + 2] += third[from + i];
      sums[at + 3] += fourth[from + i];
    }
  }

  private void addOne(double[] column, int f, int from, int count, int[] cluster) {
    for (int i = 0; i < count; i++) {
      sums[cluster[i] * d + f] += column[from + i];
    }
  }

  /** Returns the sum at index {@code cluster · d + feature}. */
  public double at(int index) {
    return sums[index];
  }

  /** Sets all sums to 0. */
  public void clear() {
    Arrays.fill(sums, 0);
  }
}
