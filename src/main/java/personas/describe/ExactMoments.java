package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.confidence.Spread;
import personas.math.ExactSum;

/**
 * The count, the exact sum and the exact sum of squares of values. Moments can be merged in any
 * order.
 */
final class ExactMoments {
  private long count;
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();

  /** Adds {@code copies} times the value. NaN is skipped. */
  void add(double value, long copies) {
    if (Double.isNaN(value)) {
      return;
    }
    count += copies;
    if (copies == 1) {
      sum.add(value);
      squares.addSquare(value);
    } else {
      sum.addCopies(value, copies);
      squares.addSquareCopies(value, copies);
    }
  }

  void merge(ExactMoments other) {
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  long count() {
    return count;
  }

  /** Returns the count, the mean and the population standard deviation of the values. */
  Spread spread() {
    return count == 0
        ? Spread.NONE
        : new Spread(count, sum.mean(count), ExactSum.deviation(sum, squares, count));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    sum.write(out);
    squares.write(out);
  }

  static ExactMoments read(DataInput in) throws IOException {
    ExactMoments moments = new ExactMoments();
    moments.count = in.readLong();
    moments.sum.merge(ExactSum.read(in));
    moments.squares.merge(ExactSum.read(in));
    return moments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactMoments that
        && count == that.count
        && sum.equals(that.sum)
        && squares.equals(that.squares);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) + 31 * sum.hashCode();
  }
}
