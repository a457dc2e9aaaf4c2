package personas.confidence;

import personas.math.Require;

/**
 * The count, mean and standard deviation of the values of some users.
 *
 * @param count number of values
 * @param mean the mean; 0 if the count is 0
 * @param deviation the population standard deviation; 0 if the count is 0
 */
public record Spread(long count, double mean, double deviation) {
  /** The spread of an empty set of values. */
  public static final Spread NONE = new Spread(0, 0, 0);

  public Spread {
    Require.atLeast(0, "count", count);
  }

  /**
   * Returns the spread of {@code count} values, of which {@code ones} are 1 and all others are 0.
   */
  public static Spread ofShare(long count, long ones) {
    if (count == 0) {
      return NONE;
    }
    double share = ones / (double) count;
    return new Spread(count, share, Math.sqrt(share * ((count - ones) / (double) count)));
  }

  /**
   * Returns the spread of a few values of moderate size. The values are added in the order of the
   * array, so another order may change the last bits.
   */
  public static Spread of(double[] values) {
    if (values.length == 0) {
      return NONE;
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Spread(values.length, mean, Math.sqrt(squares / values.length));
  }

  /** Returns how many values are 1, if all values are 0 or 1. */
  public long ones() {
    return Math.round(mean * count);
  }

  /**
   * Returns the standard error of the mean, from the unbiased variance. Requires at least two
   * values.
   */
  double standardError() {
    return deviation / Math.sqrt(count - 1.0);
  }
}
