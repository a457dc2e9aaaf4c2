package personas.feature.moments;

import java.util.Arrays;

/**
 * Decides from a sketch whether non-negative values have a long upper tail, as amounts of money do.
 * Without a transform, a few very large values would decide the clusters.
 *
 * <p>Three conditions must hold. First, the skewness is above 1.5; an exponential distribution has
 * a skewness of 2. The skewness is computed from values that are winsorized at the quantiles 0.01
 * and 0.99, so a few extreme users do not decide. Second, the logarithm brings the skewness nearer
 * to 0. Third, the distance from the quantile 0.9 to the quantile 0.99 is longer than the distance
 * from the median to the quantile 0.9, because a tail thins out. If more than a tenth of all users
 * form a group with large values, the values are skewed too, but the third condition does not hold.
 *
 * <p>The middle of a bucket of the sketch replaces every value of the bucket. It differs from each
 * of these values by at most one 128th.
 */
final class LongTail {
  private static final double MIN_SKEWNESS = 1.5;
  private static final double CAP_QUANTILE = 0.99;
  private static final double TAIL_START_QUANTILE = 0.9;

  private final double[] values;
  private final long[] counts;
  private final long total;

  /**
   * Creates the distribution.
   *
   * @param values distinct values, ascending, not negative
   * @param counts the positive number of users of each value
   */
  LongTail(double[] values, long[] counts) {
    this.values = values;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /** Returns whether all conditions hold; false for fewer than three distinct values. */
  boolean isLong() {
    if (values.length < 3) {
      return false;
    }
    double median = quantile(0.5);
    double tailStart = quantile(TAIL_START_QUANTILE);
    double upper = quantile(CAP_QUANTILE);
    // The values are halved, because a difference of the largest doubles could overflow.
    if (!(upper / 2 - tailStart / 2 > tailStart / 2 - median / 2)) {
      return false;
    }
    double[] capped = capped(upper);
    double[] logarithms = Arrays.stream(capped).map(StrictMath::log1p).toArray();
    // The skewness does not depend on the scale, and small numbers have no infinite squares.
    double[] scaled = Arrays.stream(capped).map(value -> value / upper).toArray();
    double skewness = skewness(scaled);
    return skewness > MIN_SKEWNESS && skewness > Math.abs(skewness(logarithms));
  }

  private double[] capped(double upper) {
    double lower = quantile(1 - CAP_QUANTILE);
    return Arrays.stream(values).map(value -> Math.max(lower, Math.min(upper, value))).toArray();
  }

  /** Returns the smallest value such that at least this share of the users is not above it. */
  private double quantile(double share) {
    double rank = Math.ceil(share * total);
    long users = 0;
    for (int i = 0; i < values.length; i++) {
      users += counts[i];
      if (users >= rank) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }

  /** Returns the third standardized moment; 0 if all values are equal. */
  private double skewness(double[] numbers) {
    double mean = 0;
    for (int i = 0; i < numbers.length; i++) {
      mean += numbers[i] * counts[i] / total;
    }
    double variance = 0;
    double thirdMoment = 0;
    for (int i = 0; i < numbers.length; i++) {
      double deviation = numbers[i] - mean;
      double share = deviation * deviation * counts[i] / total;
      variance += share;
      thirdMoment += share * deviation;
    }
    return variance == 0 ? 0 : thirdMoment / (variance * StrictMath.sqrt(variance));
  }
}
