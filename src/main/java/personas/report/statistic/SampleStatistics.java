package personas.report.statistic;

/** Figures of a few thousand values; null of none. */
public final class SampleStatistics {
  private SampleStatistics() {}

  /** The middle value, or the mean of the two middle ones. */
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
    // Halves of the largest doubles do not overflow.
    return Double.isInfinite(middle) ? lower / 2 + upper / 2 : middle;
  }

  /**
   * Population standard deviation, in two passes; 0 of one value. Of values that differ it is
   * positive and finite, whatever their magnitude.
   */
  public static Double sigma(double[] values) {
    int n = values.length;
    if (n == 0) {
      return null;
    }
    // Multiplied by a power of two, so that no square leaves the doubles; that rounds nothing.
    int exponent = exponent(values);
    double factor = Math.scalb(1.0, -exponent);
    // From a value of the sample on, so that neither pass cancels where the spread is small.
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

  /** The exponent of the largest magnitude; 0 if all values are 0. */
  private static int exponent(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0 ? 0 : Math.getExponent(largest);
  }
}
