package personas.describe;

import personas.math.ExactSum;

/**
 * Number, mean and spread of some values.
 *
 * @param count of the values
 * @param mean correctly rounded; 0 if there is no value
 * @param deviation population standard deviation; 0 if there is no value
 */
record Spread(long count, double mean, double deviation) {

  /** The spread of values of which the exact sums are known. */
  static Spread of(long count, ExactSum sum, ExactSum squares) {
    return count == 0
        ? new Spread(0, 0, 0)
        : new Spread(count, sum.mean(count), ExactSum.deviation(sum, squares, count));
  }

  /**
   * The spread of {@code count} values that are 1 for {@code ones} of them and 0 for the others.
   */
  static Spread ofShare(long count, long ones) {
    if (count == 0) {
      return new Spread(0, 0, 0);
    }
    double share = ones / (double) count;
    return new Spread(count, share, Math.sqrt(share * ((count - ones) / (double) count)));
  }
}
