package personas.feature.moments;

/**
 * Decides whether values that are not negative are so skewed that {@code transform: auto} takes
 * their logarithm. There are two ways to be heavily skewed:
 *
 * <ul>
 *   <li>The standard deviation is more than twice the mean. That is the case if a few users have
 *       values far beyond all others.
 *   <li>The body of the values is skewed, whatever the largest hundredth is: the 99th percentile is
 *       more than four times as far from the median as the first percentile. That is a skewness
 *       above 0.6 as D. V. Hinkley defines it, <i>On power transformations to symmetry</i>,
 *       Biometrika 62, 1975. Also, the 99th percentile is more than twice as far from the median as
 *       the 90th, because a logarithm shortens a tail; two groups of users that lie far apart have
 *       a large skewness and no tail.
 * </ul>
 *
 * <p>An exponential distribution, whose standard deviation is one mean, has 5.7 times and 2.4
 * times. A normal distribution has 1 and 1.8.
 */
final class HeavySkew {
  private static final double DEVIATIONS_PER_MEAN = 2;
  private static final double UPPER_PER_LOWER = 4;
  private static final double TAIL_PER_SHOULDER = 2;

  private HeavySkew() {}

  /**
   * Returns whether values are heavily skewed. A constant and a flag of two values are not.
   *
   * @param raw the sketch of the values, which holds at least one
   * @param mean of the values
   * @param deviation their population standard deviation
   */
  static boolean isIn(QuantileSketch raw, double mean, double deviation) {
    return !raw.isBinary() && (deviation > DEVIATIONS_PER_MEAN * mean || hasSkewedBody(raw));
  }

  private static boolean hasSkewedBody(QuantileSketch raw) {
    long n = raw.count();
    double median = raw.ofRank((n + 1) / 2);
    // Of fewer than 200 values the smallest and the largest do not count, because one record, such
    // as a total at the end of a file, must not decide.
    double lower = median - raw.ofRank(Math.max(Math.min(n, 2), (n + 99) / 100));
    double upper = raw.ofRank(Math.max(1, Math.min(n - 1, n - n / 100))) - median;
    double shoulder = raw.ofRank(n - n / 10) - median;
    return upper > UPPER_PER_LOWER * lower && upper > TAIL_PER_SHOULDER * shoulder;
  }
}
