package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.ExactSum;

/**
 * Exact moments of one feature: the counts of present and missing values, and the sums of the
 * transformed values and of their squares. Until the transform is chosen, the moments hold both the
 * sums of raw values and the sums of logarithms. Moments can be merged in any order.
 */
final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * A few extreme users cause a standard deviation above this multiple of the mean. {@link
   * LongTail} does not see these users, because it winsorizes. An exponential distribution has a
   * standard deviation of one mean; extreme users raise it to 10 means and more.
   */
  private static final double EXTREME_DEVIATION = 2;

  private long present;
  private long missing;

  /** The sums of raw values. */
  private final FeatureSums plain;

  /** The sums of logarithms; empty after a negative value, which rules out the logarithm. */
  private FeatureSums logarithms;

  /** Whether the transform is {@link Transform#AUTO} and a value was negative. */
  private boolean hasNegative;

  FeatureMoments() {
    this(0, 0, new FeatureSums(Transform.NONE), new FeatureSums(Transform.LOG1P), false);
  }

  private FeatureMoments(
      long present, long missing, FeatureSums plain, FeatureSums logarithms, boolean hasNegative) {
    this.present = present;
    this.missing = missing;
    this.plain = plain;
    this.logarithms = logarithms;
    this.hasNegative = hasNegative;
  }

  /**
   * Adds raw values; NaN counts as missing.
   *
   * @throws IllegalArgumentException if a value is infinite or not in the domain of the transform
   */
  void add(Feature feature, double[] values, int from, int to) {
    int absent = 0;
    int negatives = 0;
    for (int i = from; i < to; i++) {
      absent += Double.isNaN(values[i]) ? 1 : 0;
      negatives += values[i] < 0 ? 1 : 0;
    }
    missing += absent;
    present += to - from - absent;
    boolean needsQuantiles = needsQuantiles(feature);
    switch (feature.transform()) {
      case NONE -> plain.addAll(feature, values, from, to, needsQuantiles);
      case LOG1P -> {
        plain.addWithoutSquares(values, from, to);
        logarithms.addAll(feature, values, from, to, needsQuantiles);
      }
      case AUTO -> {
        plain.addAll(feature, values, from, to, needsQuantiles);
        if (negatives > 0) {
          ruleOutLogarithms();
        }
        if (!hasNegative) {
          logarithms.addAll(feature, values, from, to, true);
        }
      }
    }
  }

  /**
   * Adds raw values of weighted records; NaN counts as missing.
   *
   * @param weights the number of users that each record stands for; a record of weight 0 adds
   *     nothing
   * @throws IllegalArgumentException if a value is infinite or not in the domain of the transform
   */
  void add(Feature feature, double[] values, int[] weights, int rows) {
    boolean needsQuantiles = needsQuantiles(feature);
    for (int i = 0; i < rows; i++) {
      if (weights[i] > 0) {
        add(feature, values[i], weights[i], needsQuantiles);
      }
    }
  }

  private void add(Feature feature, double value, int copies, boolean needsQuantiles) {
    if (Double.isNaN(value)) {
      missing += copies;
      return;
    }
    present += copies;
    if (feature.transform() == Transform.LOG1P) {
      plain.addWithoutSquare(value, copies);
      logarithms.add(feature, value, copies, needsQuantiles);
      return;
    }
    plain.add(feature, value, copies, needsQuantiles);
    if (feature.transform() == Transform.AUTO) {
      if (value < 0) {
        ruleOutLogarithms();
      }
      if (!hasNegative) {
        logarithms.add(feature, value, copies, true);
      }
    }
  }

  /** Returns whether the sums must be kept in a sketch, whatever the transform is. */
  private static boolean needsQuantiles(Feature feature) {
    return feature.winsorize().quantile(false) < 1 || imputesMedian(feature);
  }

  /** Returns whether the median is imputed. The mode of a boolean feature is the median. */
  private static boolean imputesMedian(Feature feature) {
    return feature.missing() == MissingPolicy.MEDIAN
        || (feature.missing() == MissingPolicy.MODE && feature instanceof ColumnFeature);
  }

  private void ruleOutLogarithms() {
    hasNegative = true;
    logarithms = new FeatureSums(Transform.LOG1P);
  }

  void merge(FeatureMoments other) {
    present += other.present;
    missing += other.missing;
    plain.merge(other.plain);
    if (hasNegative || other.hasNegative) {
      ruleOutLogarithms();
    } else {
      logarithms.merge(other.logarithms);
    }
  }

  /**
   * Returns the declared transform, or the transform that the data choose for {@link
   * Transform#AUTO}.
   */
  Transform chooseTransform(Feature feature) {
    if (feature.transform() != Transform.AUTO) {
      return feature.transform();
    }
    return present > 0 && !hasNegative && isSkewed() ? Transform.LOG1P : Transform.NONE;
  }

  private boolean isSkewed() {
    boolean hasExtremes = plain.deviation(present) > EXTREME_DEVIATION * plain.mean(present);
    return logarithms.hasLongTail() || (hasExtremes && !logarithms.isBinary());
  }

  /**
   * Returns the limits at which values are winsorized.
   *
   * @param declared the feature as declared in the spec
   * @param chosen the chosen transform
   * @return the limits; null if no value is winsorized
   */
  ValueLimits limits(Feature declared, Transform chosen) {
    boolean isFoundSkewed = declared.transform() == Transform.AUTO && chosen == Transform.LOG1P;
    return sums(chosen).limits(declared.winsorize().quantile(isFoundSkewed));
  }

  private FeatureSums sums(Transform chosen) {
    return chosen == Transform.LOG1P ? logarithms : plain;
  }

  /**
   * Returns the raw imputed value: the median if the feature declares it, otherwise the mean; 0 if
   * no user has a value.
   *
   * @param feature the feature with its chosen transform
   */
  double imputed(Feature feature) {
    return present > 0 && imputesMedian(feature) ? sums(feature.transform()).median() : rawMean();
  }

  /** Returns the mean of the raw values that are present, or 0 without a value. */
  double rawMean() {
    return present == 0 ? 0 : plain.mean(present);
  }

  /**
   * Returns the mean and the standard deviation of all users; 0 and 0 without users.
   *
   * @param chosen the chosen transform
   * @param limits the limits at which values are winsorized; null for none
   * @param imputed the imputed value in transformed space
   */
  MeanAndDeviation meanAndDeviation(Transform chosen, ValueLimits limits, double imputed) {
    ExactSum sum = new ExactSum();
    ExactSum sumOfSquares = new ExactSum();
    sums(chosen).addTo(sum, sumOfSquares, limits);
    sum.addCopies(imputed, missing);
    sumOfSquares.addSquareCopies(imputed, missing);
    long count = present + missing;
    return count == 0
        ? new MeanAndDeviation(0, 0)
        : new MeanAndDeviation(sum.mean(count), ExactSum.deviation(sum, sumOfSquares, count));
  }

  /** The mean and the population standard deviation in transformed space. */
  record MeanAndDeviation(double mean, double deviation) {}

  void write(DataOutput out) throws IOException {
    out.writeLong(present);
    out.writeLong(missing);
    plain.write(out);
    logarithms.write(out);
    out.writeBoolean(hasNegative);
  }

  static FeatureMoments read(DataInput in) throws IOException {
    return new FeatureMoments(
        in.readLong(),
        in.readLong(),
        FeatureSums.read(in, Transform.NONE),
        FeatureSums.read(in, Transform.LOG1P),
        in.readBoolean());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureMoments that
        && present == that.present
        && missing == that.missing
        && plain.equals(that.plain)
        && logarithms.equals(that.logarithms)
        && hasNegative == that.hasNegative;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * present + missing);
  }
}
