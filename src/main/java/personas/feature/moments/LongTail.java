package personas.feature.moments;

import java.util.Arrays;

/**
 * Decides from a sketch of non-negative values whether they have a long upper tail, as amounts of
 * money have. Clustering such values as they are lets the few largest ones decide.
 *
 * <p>Three conditions must hold. The skewness of the values is above 1.5, about as much as an
 * exponential distribution has; for this, values beyond the quantiles 0.01 and 0.99 count as these
 * quantiles, so a few extreme users decide nothing. The logarithm brings the skewness nearer to 0.
 * And the distance from the quantile 0.9 to the quantile 0.99 is longer than the distance from the
 * median to the quantile 0.9: a tail thins out, while a group with large values, more than a tenth
 * of all users, ends where the group ends, although it makes the values skewed too.
 *
 * <p>Values of one bucket of the sketch count as the middle of the bucket, which is within a 128th.
 */
final class LongTail {
  private static final double SKEWED = 1.5;
  private static final double CAP = 0.99;
  private static final double MOST = 0.9;

  private final double[] values;
  private final long[] counts;
  private final long total;

  /**
   * @param values ascending, not negative
   * @param counts how many users have each value; positive
   */
  LongTail(double[] values, long[] counts) {
    this.values = values;
    this.counts = counts;
    this.total = Arrays.stream(counts).sum();
  }

  /** Whether all conditions hold; never for a column of two values, and never for no value. */
  boolean isLong() {
    if (values.length < 3) {
      return false;
    }
    double median = quantile(0.5);
    double most = quantile(MOST);
    double upper = quantile(CAP);
    // Differences of halves, because a difference of the largest doubles could overflow.
    if (!(upper / 2 - most / 2 > most / 2 - median / 2)) {
      return false;
    }
    double[] capped = capped(upper);
    double[] logarithms = Arrays.stream(capped).map(StrictMath::log1p).toArray();
    double[] parts = Arrays.stream(capped).map(value -> value / upper).toArray();
    double skewness = skewness(parts);
    return skewness > SKEWED && skewness > Math.abs(skewness(logarithms));
  }

  private double[] capped(double upper) {
    double lower = quantile(1 - CAP);
    return Arrays.stream(values).map(value -> Math.max(lower, Math.min(upper, value))).toArray();
  }

  /** The least value that at least this share of the users does not exceed. */
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

  /** The third standardized moment; 0 if all values are the same. */
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
