package personas.kmeans.valley;

import java.util.Arrays;
import personas.math.Hashing;

/**
 * A feature's values with its ties undone: whole numbers, which is what usage counts are, make a
 * comb, and a comb has a valley between any two teeth. Each value is spread evenly over the space
 * that it stands for: half way to the next value on either side, but not farther than the whole gap
 * on the other side, so that a real gap stays one.
 *
 * <p>A feature of two values becomes one even heap: two values alone say nothing of clusters.
 */
final class TieSpreading {
  private TieSpreading() {}

  /**
   * A copy.
   *
   * @param column values in a canonical order of the points; the draws come from their places
   * @param feature tells the draws of one feature from those of another
   */
  static double[] of(double[] column, int rows, int feature) {
    double[] values = Arrays.stream(column, 0, rows).sorted().distinct().toArray();
    double[] untied = new double[rows];
    for (int i = 0; i < rows; i++) {
      int at = Arrays.binarySearch(values, column[i]);
      double below = at > 0 ? column[i] - values[at - 1] : Double.POSITIVE_INFINITY;
      double above = at + 1 < values.length ? values[at + 1] - column[i] : Double.POSITIVE_INFINITY;
      // At either end there is one gap only; where there is none all values are the same.
      double left = at > 0 ? Math.min(below / 2, above) : above / 2;
      double right = at + 1 < values.length ? Math.min(above / 2, below) : below / 2;
      double draw = Hashing.uniform(Hashing.mix(feature, i));
      untied[i] = values.length == 1 ? column[i] : column[i] - left + draw * (left + right);
    }
    return untied;
  }
}
