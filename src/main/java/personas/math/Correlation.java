package personas.math;

import java.util.Arrays;
import java.util.Comparator;

/** Correlation coefficients of two columns. A pair with a value that is not finite is skipped. */
public final class Correlation {
  /** Pairs from which on a coefficient says something. */
  private static final int MIN_PAIRS = 20;

  private Correlation() {}

  /** Returns Pearson's coefficient; 0 if there are too few pairs or a column is constant. */
  public static double pearson(double[] one, double[] other) {
    int pairs = 0;
    double meanOne = 0;
    double meanOther = 0;
    double squaresOne = 0;
    double squaresOther = 0;
    double products = 0;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      if (Double.isFinite(one[i]) && Double.isFinite(other[i])) {
        pairs++;
        double stepOne = one[i] - meanOne;
        double stepOther = other[i] - meanOther;
        meanOne += stepOne / pairs;
        meanOther += stepOther / pairs;
        squaresOne += stepOne * (one[i] - meanOne);
        squaresOther += stepOther * (other[i] - meanOther);
        products += stepOne * (other[i] - meanOther);
      }
    }
    double scale = StrictMath.sqrt(squaresOne) * StrictMath.sqrt(squaresOther);
    return pairs < MIN_PAIRS || !(scale > 0) ? 0 : products / scale;
  }

  /**
   * Returns Spearman's coefficient, which is Pearson's of the ranks. A few extreme values can make
   * Pearson's coefficient large, but not Spearman's.
   */
  public static double spearman(double[] one, double[] other) {
    return pearson(ranks(one), ranks(other));
  }

  /** Returns the ranks of numbers; equal numbers have their mean rank, and NaN stays NaN. */
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
