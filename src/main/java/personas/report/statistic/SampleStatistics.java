package personas.report.statistic;

/** The median and the standard deviation of the values of a sample. */
public final class SampleStatistics {
  private SampleStatistics() {}

  /**
   * Returns the median: the middle value, or the mean of the two middle ones.
   *
   * @param sorted ascending values
   * @return null if there are no values
   */
  public static Double median(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return null;
    }
    double upper = sorted[n / 2];
    if (n % 2 == 1) {
      return upper;
    }
    double lower = sorted[n / 2 - 1];
    double middle = lower + (upper - lower) / 2;
    // The sum of halves of the largest doubles does not overflow.
    return Double.isInfinite(middle) ? lower / 2 + upper / 2 : middle;
  }

  /**
   * Returns the population standard deviation. If at least two values differ, the result is
   * positive and finite for values of any magnitude.
   *
   * @return 0 for one value; null if there are no values
   */
  public static Double sigma(double[] values) {
    int n = values.length;
    if (n == 0) {
      return null;
    }
    // A power of two as factor prevents overflow of the squares and does not round.
    int exponent = exponent(values);
    double factor = Math.scalb(1.0, -exponent);
    // Values relative to the first value prevent cancellation if the spread is small.
    double origin = values[0] * factor;
    double mean = 0;
    for (double value : values) {
      mean += (value * factor - origin) / n;
    }
    double squares = 0;
    for (double value : values) {
      double deviation = value * factor - origin - mean;
      squares += deviation * deviation / n;
    }
    double sigma = Math.scalb(StrictMath.sqrt(squares), exponent);
    return squares == 0 ? 0 : Math.max(Double.MIN_VALUE, Math.min(Double.MAX_VALUE, sigma));
  }

  /** Returns the exponent of the largest magnitude; 0 if all values are 0. */
  private static int exponent(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0 ? 0 : Math.getExponent(largest);
  }
}
