package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.ExactSum;

/**
 * Exact moments of one feature: how many values there are and are missing, the sums of the
 * transformed values and of their squares, and where missing values get the mean also the sum of
 * the raw values. Where the transform is still to be chosen, the sums of both. Mergeable in any
 * order.
 */
final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Deviations of so many means come from a few extreme users, whom {@link LongTail} caps. An
   * exponential distribution has a deviation of one mean; whales bring it to 10 and more.
   */
  private static final double EXTREME = 2;

  private long present;
  private long missing;
  private final FeatureSums plain;

  /** Empty where a value was negative and the choice is open: that settles it. */
  private FeatureSums logarithms;

  /** Whether a value was negative while the choice is open. */
  private boolean negative;

  FeatureMoments() {
    this(0, 0, new FeatureSums(Transform.NONE), new FeatureSums(Transform.LOG1P), false);
  }

  private FeatureMoments(
      long present, long missing, FeatureSums plain, FeatureSums logarithms, boolean negative) {
    this.present = present;
    this.missing = missing;
    this.plain = plain;
    this.logarithms = logarithms;
    this.negative = negative;
  }

  /**
   * Adds raw values; NaN counts as missing.
   *
   * @throws IllegalArgumentException where the feature's transform does not take a value
   */
  void add(Feature feature, double[] values, int from, int to) {
    int absent = 0;
    int below = 0;
    for (int i = from; i < to; i++) {
      absent += Double.isNaN(values[i]) ? 1 : 0;
      below += values[i] < 0 ? 1 : 0;
    }
    missing += absent;
    present += to - from - absent;
    boolean mayBeLimited = needsBuckets(feature);
    switch (feature.transform()) {
      case NONE -> plain.addAll(feature, values, from, to, mayBeLimited);
      case LOG1P -> {
        plain.addWithoutSquares(values, from, to);
        logarithms.addAll(feature, values, from, to, mayBeLimited);
      }
      case AUTO -> {
        plain.addAll(feature, values, from, to, mayBeLimited);
        if (below > 0) {
          refuseLogarithms();
        }
        if (!negative) {
          logarithms.addAll(feature, values, from, to, true);
        }
      }
    }
  }

  /**
   * Adds raw values of records that stand for several users each; NaN counts as missing.
   *
   * @param weights how many users each record stands for; a record of weight 0 adds nothing
   */
  void add(Feature feature, double[] values, int[] weights, int rows) {
    boolean mayBeLimited = needsBuckets(feature);
    for (int i = 0; i < rows; i++) {
      if (weights[i] > 0) {
        add(feature, values[i], weights[i], mayBeLimited);
      }
    }
  }

  private void add(Feature feature, double value, int copies, boolean mayBeLimited) {
    if (Double.isNaN(value)) {
      missing += copies;
      return;
    }
    present += copies;
    if (feature.transform() == Transform.LOG1P) {
      plain.addWithoutSquare(value, copies);
      logarithms.add(feature, value, copies, mayBeLimited);
      return;
    }
    plain.add(feature, value, copies, mayBeLimited);
    if (feature.transform() == Transform.AUTO) {
      if (value < 0) {
        refuseLogarithms();
      }
      if (!negative) {
        logarithms.add(feature, value, copies, true);
      }
    }
  }

  private static boolean needsBuckets(Feature feature) {
    return feature.winsorize().quantile(false) < 1 || imputesMedian(feature);
  }

  /** The mode of a boolean feature is its median. */
  private static boolean imputesMedian(Feature feature) {
    return feature.missing() == MissingPolicy.MEDIAN || feature.missing() == MissingPolicy.MODE;
  }

  private void refuseLogarithms() {
    negative = true;
    logarithms = new FeatureSums(Transform.LOG1P);
  }

  void merge(FeatureMoments other) {
    present += other.present;
    missing += other.missing;
    plain.merge(other.plain);
    if (negative || other.negative) {
      refuseLogarithms();
    } else {
      logarithms.merge(other.logarithms);
    }
  }

  /** The transform that a feature of open transform gets; a declared one stays. */
  Transform chosen(Feature feature) {
    if (feature.transform() != Transform.AUTO) {
      return feature.transform();
    }
    return present > 0 && !negative && isSkewed() ? Transform.LOG1P : Transform.NONE;
  }

  private boolean isSkewed() {
    boolean hasExtremes = plain.deviation(present) > EXTREME * plain.mean(present);
    return logarithms.hasLongTail() || (hasExtremes && !logarithms.isBinary());
  }

  /**
   * The limits of the values.
   *
   * @param declared the feature as the spec has it
   * @param chosen its transform
   * @return null where no value is limited
   */
  ValueLimits limits(Feature declared, Transform chosen) {
    boolean foundSkewed = declared.transform() == Transform.AUTO && chosen == Transform.LOG1P;
    return sums(chosen).limits(declared.winsorize().quantile(foundSkewed));
  }

  private FeatureSums sums(Transform chosen) {
    return chosen == Transform.LOG1P ? logarithms : plain;
  }

  /**
   * The raw value that stands in for a missing one: the median if the feature asks for it, else the
   * mean; 0 if no user has a value.
   *
   * @param feature with its transform chosen
   */
  double imputed(Feature feature) {
    return present > 0 && imputesMedian(feature) ? sums(feature.transform()).median() : rawMean();
  }

  /** The mean of the raw values that are there; 0 where there is none. */
  double rawMean() {
    return present == 0 ? 0 : plain.mean(present);
  }

  /**
   * Mean and deviation of all users; 0 and 0 where there is none.
   *
   * @param chosen the transform
   * @param limits of the values; null for none
   * @param imputed what stands in for each missing value, in transformed space
   */
  MeanAndDeviation over(Transform chosen, ValueLimits limits, double imputed) {
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

  /** In transformed space; the deviation is the population's. */
  record MeanAndDeviation(double mean, double deviation) {}

  void write(DataOutput out) throws IOException {
    out.writeLong(present);
    out.writeLong(missing);
    plain.write(out);
    logarithms.write(out);
    out.writeBoolean(negative);
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
        && negative == that.negative;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * present + missing);
  }
}
