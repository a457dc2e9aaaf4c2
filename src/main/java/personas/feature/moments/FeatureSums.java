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
 * The exact sums of one feature's values, and of their squares, under one transform; in buckets
 * where outliers may have to be limited. Mergeable in any order.
 */
final class FeatureSums implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BLOCK = 1 << 10;

  private final Transform transform;
  private final ExactSum sum;
  private final ExactSum squares;

  /** Holds what the sums would; null where they do. */
  private QuantileSketch buckets;

  FeatureSums(Transform transform) {
    this(transform, new ExactSum(), new ExactSum(), null);
  }

  private FeatureSums(Transform transform, ExactSum sum, ExactSum squares, QuantileSketch buckets) {
    this.transform = transform;
    this.sum = sum;
    this.squares = squares;
    this.buckets = buckets;
  }

  /**
   * Adds raw values; NaN adds nothing.
   *
   * @param inBuckets whether {@link #limits} will be asked for; always the same
   * @throws IllegalArgumentException where the transform does not take a value
   */
  void addAll(Feature feature, double[] raw, int from, int to, boolean inBuckets) {
    Feature resolved = feature.with(transform);
    if (inBuckets) {
      buckets = buckets == null ? new QuantileSketch(transform) : buckets;
      buckets.addAll(resolved, raw, from, to);
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
   * Adds a raw value.
   *
   * @param copies how many users have it, at least 1
   * @param inBuckets as for {@link #addAll}
   */
  void add(Feature feature, double raw, int copies, boolean inBuckets) {
    Feature resolved = feature.with(transform);
    if (inBuckets) {
      buckets = buckets == null ? new QuantileSketch(transform) : buckets;
      buckets.add(resolved, raw, copies);
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
    if (other.buckets != null) {
      buckets = buckets == null ? new QuantileSketch(transform) : buckets;
      buckets.merge(other.buckets);
    }
  }

  /** The limits at a quantile; null where none are needed. */
  ValueLimits limits(double quantile) {
    return buckets == null || quantile == 1 ? null : buckets.limits(quantile);
  }

  /** The median of the raw values, which are in buckets; there is at least one. */
  double median() {
    return buckets.median();
  }

  /** Whether the raw values, which are in buckets and not negative, have a long upper tail. */
  boolean hasLongTail() {
    return buckets != null && buckets.tail().isLong();
  }

  /** Whether the raw values, which are in buckets, are at most two different ones. */
  boolean isBinary() {
    return buckets != null && buckets.isBinary();
  }

  /** Adds the values, each within the limits, to other sums. */
  void addTo(ExactSum otherSum, ExactSum otherSquares, ValueLimits limits) {
    otherSum.merge(sum);
    otherSquares.merge(squares);
    if (buckets != null) {
      buckets.addTo(otherSum, otherSquares, limits);
    }
  }

  /** The mean of {@code count} values, not limited. */
  double mean(long count) {
    ExactSum total = new ExactSum();
    addTo(total, new ExactSum(), null);
    return total.mean(count);
  }

  /** The population deviation of {@code count} values, not limited. */
  double deviation(long count) {
    ExactSum total = new ExactSum();
    ExactSum totalSquares = new ExactSum();
    addTo(total, totalSquares, null);
    return ExactSum.deviation(total, totalSquares, count);
  }

  void write(DataOutput out) throws IOException {
    sum.write(out);
    squares.write(out);
    out.writeBoolean(buckets != null);
    if (buckets != null) {
      buckets.write(out);
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
        && Objects.equals(buckets, that.buckets);
  }

  @Override
  public int hashCode() {
    return sum.hashCode();
  }
}
