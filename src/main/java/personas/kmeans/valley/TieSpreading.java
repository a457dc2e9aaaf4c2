package personas.kmeans.valley;

import java.util.Arrays;
import personas.math.Hashing;

/**
 * Spreads tied values of a feature. Whole numbers, such as usage counts, have a gap between any two
 * values, which is not a valley between clusters. Each value is spread evenly over the space around
 * it: half way to the next value on either side, but not farther than the whole gap on the other
 * side, so that a real gap remains.
 *
 * <p>A feature with two values keeps no gap, because two values alone are not evidence of clusters.
 */
final class TieSpreading {
  private TieSpreading() {}

  /**
   * Returns a copy of a column with spread ties.
   *
   * @param column values in a canonical order of the points; the random draws depend on the row
   *     numbers
   * @param feature the number of the feature, which gives each feature other draws
   */
  static double[] of(double[] column, int rows, int feature) {
    double[] values = Arrays.stream(column, 0, rows).sorted().distinct().toArray();
    double[] untied = new double[rows];
    for (int i = 0; i < rows; i++) {
      int at = Arrays.binarySearch(values, column[i]);
      double below = at > 0 ? column[i] - values[at - 1] : Double.POSITIVE_INFINITY;
      double above = at + 1 < values.length ? values[at + 1] - column[i] : Double.POSITIVE_INFINITY;
      // The smallest and the largest value have one gap only. A constant column has no gap.
      double left = at > 0 ? Math.min(below / 2, above) : above / 2;
      double right = at + 1 < values.length ? Math.min(above / 2, below) : below / 2;
      double draw = Hashing.uniform(Hashing.mix(feature, i));
      untied[i] = values.length == 1 ? column[i] : column[i] - left + draw * (left + right);
    }
    return untied;
  }
}
