package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.ExactSum;

/**
 * Exact sums of one feature's values and of their squares under one transform. If quantiles are
 * needed, the sums are kept in a {@link QuantileSketch}. Sums can be merged in any order.
 */
final class FeatureSums implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BLOCK = 1 << 10;

  private final Transform transform;
  private final ExactSum sum;
  private final ExactSum squares;

  /** Holds the values instead of the sums if quantiles are needed; otherwise null. */
  private QuantileSketch sketch;

  FeatureSums(Transform transform) {
    this(transform, new ExactSum(), new ExactSum(), null);
  }

  private FeatureSums(Transform transform, ExactSum sum, ExactSum squares, QuantileSketch sketch) {
    this.transform = transform;
    this.sum = sum;
    this.squares = squares;
    this.sketch = sketch;
  }

  /**
   * Adds raw values; NaN adds nothing.
   *
   * @param needsQuantiles whether quantiles are needed; must be the same in all calls
   * @throws IllegalArgumentException if a value is infinite or not in the domain of the transform
   */
  void addAll(Feature feature, double[] raw, int from, int to, boolean needsQuantiles) {
    Feature resolved = feature.with(transform);
    if (needsQuantiles) {
      sketch = sketch == null ? new QuantileSketch(transform) : sketch;
      sketch.addAll(resolved, raw, from, to);
    } else if (transform == Transform.NONE) {
      ExactSum.addAll(raw, from, to, sum, squares);
    } else {
      double[] block = new double[BLOCK];
      for (int start = from; start < to; start += BLOCK) {
        int size = Math.min(BLOCK, to - start);
        for (int i = 0; i < size; i++) {
          double value = raw[start + i];
          block[i] = Double.isNaN(value) ? value : resolved.transformed(value);
        }
        ExactSum.addAll(block, 0, size, sum, squares);
      }
    }
  }

  /**
   * Adds a raw value, which is not missing.
   *
   * @param copies the number of users with this value, at least 1
   * @param needsQuantiles as in {@link #addAll}
   * @throws IllegalArgumentException if the value is infinite or not in the domain of the transform
   */
  void add(Feature feature, double raw, int copies, boolean needsQuantiles) {
    Feature resolved = feature.with(transform);
    if (needsQuantiles) {
      sketch = sketch == null ? new QuantileSketch(transform) : sketch;
      sketch.add(resolved, raw, copies);
    } else {
      double value = resolved.transformed(raw);
      sum.addCopies(value, copies);
      squares.addSquareCopies(value, copies);
    }
  }

  /** Adds a raw value to the sum only. */
  void addWithoutSquare(double raw, int copies) {
    sum.addCopies(raw, copies);
  }

  /** Adds raw values to the sum only. */
  void addWithoutSquares(double[] raw, int from, int to) {
    sum.addAll(raw, from, to);
  }

  void merge(FeatureSums other) {
    sum.merge(other.sum);
    squares.merge(other.squares);
    if (other.sketch != null) {
      sketch = sketch == null ? new QuantileSketch(transform) : sketch;
      sketch.merge(other.sketch);
    }
  }

  /** Returns the limits at a quantile, or null if no value is winsorized. */
  ValueLimits limits(double quantile) {
    return sketch == null || quantile == 1 ? null : sketch.limits(quantile);
  }

  /** Returns the median of the raw values. Requires buckets and at least one value. */
  double median() {
    return sketch.median();
  }

  /** Returns whether the raw values have a long upper tail. The values must not be negative. */
  boolean hasLongTail() {
    return sketch != null && sketch.tail().isLong();
  }

  /** Returns whether the raw values in buckets have at most two distinct values. */
  boolean isBinary() {
    return sketch != null && sketch.isBinary();
  }

  /**
   * Adds these sums to other sums.
   *
   * @param limits the limits at which values are winsorized; null if they are not winsorized
   */
  void addTo(ExactSum otherSum, ExactSum otherSquares, ValueLimits limits) {
    otherSum.merge(sum);
    otherSquares.merge(squares);
    if (sketch != null) {
      sketch.addTo(otherSum, otherSquares, limits);
    }
  }

  /** Returns the mean of {@code count} values without winsorizing. */
  double mean(long count) {
    ExactSum total = new ExactSum();
    addTo(total, new ExactSum(), null);
    return total.mean(count);
  }

  /** Returns the population standard deviation of {@code count} values without winsorizing. */
  double deviation(long count) {
    ExactSum total = new ExactSum();
    ExactSum totalSquares = new ExactSum();
    addTo(total, totalSquares, null);
    return ExactSum.deviation(total, totalSquares, count);
  }

  void write(DataOutput out) throws IOException {
    sum.write(out);
    squares.write(out);
    out.writeBoolean(sketch != null);
    if (sketch != null) {
      sketch.write(out);
    }
  }

  static FeatureSums read(DataInput in, Transform transform) throws IOException {
    return new FeatureSums(
        transform,
        ExactSum.read(in),
        ExactSum.read(in),
        in.readBoolean() ? QuantileSketch.read(in, transform) : null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSums that
        && sum.equals(that.sum)
        && squares.equals(that.squares)
        && Objects.equals(sketch, that.sketch);
  }

  @Override
  public int hashCode() {
    return sum.hashCode();
  }
}
