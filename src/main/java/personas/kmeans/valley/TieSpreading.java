package personas.kmeans.valley;

import java.util.Arrays;
import personas.math.Hashing;

/**
 * Spreads tied values of a feature. Whole numbers, such as usage counts, have a gap between any two
 * values, which is not a valley between clusters. Each value is spread evenly over the space around
 * it: half way to the next value on each side, but on each side at most as far as the whole gap on
 * the other side. So a real gap remains.
 *
 * <p>A feature with two values keeps no gap, because two values alone are not evidence of clusters.
 */
final class TieSpreading {
  private TieSpreading() {}

  /**
   * Returns a copy of a column with spread ties.
   *
   * @param column values in a canonical order of the points; the random draws depend on the indices
   *     of the rows
   * @param rows number of values
   * @param feature the index of the feature; the draws of two features differ
   */
  static double[] of(double[] column, int rows, int feature) {
    double[] values = Arrays.stream(column, 0, rows).sorted().distinct().toArray();
    double[] untied = new double[rows];
    for (int i = 0; i < rows; i++) {
      int index = Arrays.binarySearch(values, column[i]);
      double gapBelow = index > 0 ? column[i] - values[index - 1] : Double.POSITIVE_INFINITY;
      double gapAbove =
          index + 1 < values.length ? values[index + 1] - column[i] : Double.POSITIVE_INFINITY;
      // The smallest and the largest value have one gap only. A constant column has no gap.
      double spaceBelow = index > 0 ? Math.min(gapBelow / 2, gapAbove) : gapAbove / 2;
      double spaceAbove =
          index + 1 < values.length ? Math.min(gapAbove / 2, gapBelow) : gapBelow / 2;
      double draw = Hashing.uniform(Hashing.mix(feature, i));
      untied[i] =
          values.length == 1
              ? column[i]
              : column[i] - spaceBelow + draw * (spaceBelow + spaceAbove);
    }
    return untied;
  }
}
