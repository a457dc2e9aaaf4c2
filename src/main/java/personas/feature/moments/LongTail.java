package personas.feature.moments;

import java.util.Arrays;

/**
 * Decides from a sketch whether non-negative values have a long upper tail, as amounts of money do.
 * Without a transform, a few very large values would decide the clusters.
 *
 * <p>Three conditions must hold. First, the skewness is above 1.5; an exponential distribution has
 * a skewness of 2. The values are winsorized at the quantiles 0.01 and 0.99 for this, so a few
 * extreme users do not decide. Second, the logarithm brings the skewness nearer to 0. Third, the
 * distance from the quantile 0.9 to the quantile 0.99 is longer than the distance from the median
 * to the quantile 0.9, because a tail thins out. If more than a tenth of all users form a group
 * with large values, the values are skewed too, but the third condition does not hold.
 *
 * <p>All values of a bucket of the sketch count as the middle of the bucket, which differs from
 * them by at most one 128th.
 */
final class LongTail {
  private static final double MIN_SKEWNESS = 1.5;
  private static final double CAP_QUANTILE = 0.99;
  private static final double TAIL_START = 0.9;

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
    double tailStart = quantile(TAIL_START);
    double upper = quantile(CAP_QUANTILE);
    // The values are halved, because a difference of the largest doubles could overflow.
    if (!(upper / 2 - tailStart / 2 > tailStart / 2 - median / 2)) {
      return false;
    }
    double[] capped = capped(upper);
    double[] logarithms = Arrays.stream(capped).map(StrictMath::log1p).toArray();
    double[] parts = Arrays.stream(capped).map(value -> value / upper).toArray();
    double skewness = skewness(parts);
    return skewness > MIN_SKEWNESS && skewness > Math.abs(skewness(logarithms));
  }

  private double[] capped(double upper) {
    double lower = quantile(1 - CAP_QUANTILE);
    return Arrays.stream(values).map(value -> Math.max(lower, Math.min(upper, value))).toArray();
  }

  /** Returns the smallest value that at least this share of the users does not exceed. */
  private double quantile(double share) {
    double rank = Math.ceil(share * total);
    long reached = 0;
    for (int i = 0; i < values.length; i++) {
      reached += counts[i];
      if (reached >= rank) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }

  /** Returns the third standardized moment; 0 if all values are equal. */
  private double skewness(double[] points) {
    double mean = 0;
    for (int i = 0; i < points.length; i++) {
      mean += points[i] * counts[i] / total;
    }
    double variance = 0;
    double third = 0;
    for (int i = 0; i < points.length; i++) {
      double deviation = points[i] - mean;
      double share = deviation * deviation * counts[i] / total;
      variance += share;
      third += share * deviation;
    }
    return variance == 0 ? 0 : third / (variance * StrictMath.sqrt(variance));
  }
}
