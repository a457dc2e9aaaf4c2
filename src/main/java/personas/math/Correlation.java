package personas.math;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Correlation coefficients of two columns: K. Pearson, 1895, and C. Spearman, 1904. Means are
 * updated pair by pair (B. P. Welford, 1962).
 */
public final class Correlation {
  /** The smallest number of pairs for which a coefficient is computed. */
  private static final int MIN_PAIRS = 20;

  private Correlation() {}

  /**
   * Returns Pearson's correlation coefficient of two columns of the same users, -1..1. A pair with
   * a value that is not finite is skipped. The result is 0 if there are fewer than 20 pairs or a
   * column is constant.
   */
  public static double pearson(double[] x, double[] y) {
    int pairs = 0;
    double meanX = 0;
    double meanY = 0;
    double squaresX = 0;
    double squaresY = 0;
    double products = 0;
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        pairs++;
        double stepX = x[i] - meanX;
        double stepY = y[i] - meanY;
        meanX += stepX / pairs;
        meanY += stepY / pairs;
        squaresX += stepX * (x[i] - meanX);
        squaresY += stepY * (y[i] - meanY);
        products += stepX * (y[i] - meanY);
      }
    }
    double scale = StrictMath.sqrt(squaresX) * StrictMath.sqrt(squaresY);
    return pairs < MIN_PAIRS || !(scale > 0) ? 0 : products / scale;
  }

  /**
   * Returns Spearman's rank correlation of two columns of the same users, -1..1, which is Pearson's
   * coefficient of the ranks. A few extreme values can make Pearson's coefficient large, but not
   * Spearman's. A pair with NaN is skipped; the other value of the pair counts for the ranks of its
   * column. The result is 0 if there are fewer than 20 pairs or a column is constant.
   */
  public static double spearman(double[] x, double[] y) {
    return pearson(ranks(x), ranks(y));
  }

  /**
   * Returns the ranks of numbers, from 0. Equal numbers get the mean of their ranks; NaN stays NaN.
   */
  private static double[] ranks(double[] numbers) {
    Integer[] order = new Integer[numbers.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> numbers[i]));
    double[] ranks = new double[numbers.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && numbers[order[to]] == numbers[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = Double.isNaN(numbers[order[i]]) ? Double.NaN : (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
