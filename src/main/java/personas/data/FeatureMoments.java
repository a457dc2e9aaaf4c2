package personas.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import personas.math.ExactSum;

/**
 * Exact moments of one feature: how many values there are and are missing, the sums of the
 * transformed values and of their squares, and where missing values get the mean also the sum of
 * the raw values. Where the transform is still to be chosen, the sums of both. Mergeable in any
 * order.
 */
final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BLOCK = 1 << 10;

  /** An exponential distribution has a deviation of one mean; whales bring it to 10 and more. */
  private static final double HEAVILY_SKEWED = 2;

  private long present;
  private long missing;
  private final ExactSum transformed;
  private final ExactSum squares;
  private final ExactSum raw;

  /** Of raw values, where {@link #transformed} holds logarithms though the choice is open. */
  private final ExactSum rawSquares;

  /** Whether a value was negative, so that only the raw values count. */
  private boolean negative;

  FeatureMoments() {
    this(0, 0, new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum(), false);
  }

  private FeatureMoments(
      long present,
      long missing,
      ExactSum transformed,
      ExactSum squares,
      ExactSum raw,
      ExactSum rawSquares,
      boolean negative) {
    this.present = present;
    this.missing = missing;
    this.transformed = transformed;
    this.squares = squares;
    this.raw = raw;
    this.rawSquares = rawSquares;
    this.negative = negative;
  }

  /**
   * Adds raw values; NaN counts as missing.
   *
   * @throws IllegalArgumentException where the feature's transform does not take a value
   */
  void add(Feature feature, double[] values, int from, int to) {
    int absent = 0;
    for (int i = from; i < to; i++) {
      absent += Double.isNaN(values[i]) ? 1 : 0;
    }
    missing += absent;
    present += to - from - absent;
    if (feature.transform() == Transform.NONE) {
      ExactSum.addAll(values, from, to, transformed, squares);
      return;
    }
    boolean open = feature.transform() == Transform.AUTO;
    if (open) {
      ExactSum.addAll(values, from, to, raw, rawSquares);
    } else {
      raw.addAll(values, from, to);
    }
    double[] block = new double[BLOCK];
    for (int start = from; start < to; start += BLOCK) {
      int size = Math.min(BLOCK, to - start);
      for (int i = 0; i < size; i++) {
        double value = values[start + i];
        negative |= open && value < 0;
        // A negative value settles the choice; its logarithm is never looked at.
        block[i] =
            Double.isNaN(value)
                ? value
                : open ? Transform.LOG1P.apply(Math.max(0, value)) : feature.transformed(value);
      }
      ExactSum.addAll(block, 0, size, transformed, squares);
    }
  }

  void merge(FeatureMoments other) {
    present += other.present;
    missing += other.missing;
    transformed.merge(other.transformed);
    squares.merge(other.squares);
    raw.merge(other.raw);
    rawSquares.merge(other.rawSquares);
    negative |= other.negative;
  }

  /** The transform that a feature of open transform gets; a declared one stays. */
  Transform chosen(Feature feature) {
    if (feature.transform() != Transform.AUTO) {
      return feature.transform();
    }
    boolean skewed =
        present > 0
            && !negative
            && ExactSum.deviation(raw, rawSquares, present) > HEAVILY_SKEWED * raw.mean(present);
    return skewed ? Transform.LOG1P : Transform.NONE;
  }

  /** The moments of a feature whose transform was open, as if {@code chosen} had been declared. */
  FeatureMoments as(Transform chosen) {
    return chosen == Transform.LOG1P
        ? this
        : new FeatureMoments(
            present, missing, raw, rawSquares, new ExactSum(), new ExactSum(), false);
  }

  /** The mean of the raw values that are there; 0 where there is none. */
  double rawMean(Transform transform) {
    if (present == 0) {
      return 0;
    }
    return (transform == Transform.NONE ? transformed : raw).mean(present);
  }

  /**
   * Mean and deviation of all users; 0 and 0 where there is none.
   *
   * @param imputed what stands in for each missing value, in transformed space
   */
  MeanAndDeviation over(double imputed) {
    ExactSum sum = new ExactSum();
    ExactSum sumOfSquares = new ExactSum();
    sum.merge(transformed);
    sumOfSquares.merge(squares);
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
    transformed.write(out);
    squares.write(out);
    raw.write(out);
    rawSquares.write(out);
    out.writeBoolean(negative);
  }

  static FeatureMoments read(DataInput in) throws IOException {
    return new FeatureMoments(
        in.readLong(),
        in.readLong(),
        ExactSum.read(in),
        ExactSum.read(in),
        ExactSum.read(in),
        ExactSum.read(in),
        in.readBoolean());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureMoments that
        && present == that.present
        && missing == that.missing
        && transformed.equals(that.transformed)
        && squares.equals(that.squares)
        && raw.equals(that.raw)
        && rawSquares.equals(that.rawSquares)
        && negative == that.negative;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * present + missing);
  }
}
