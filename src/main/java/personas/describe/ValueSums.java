package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.math.ExactSum;

/**
 * What the users of one cluster have in one column: how many values there are, how many of them are
 * numbers, days and booleans, and the exact sums of the numbers and days. Mergeable in any order.
 */
final class ValueSums {
  private long present;
  private long numbers;
  private long days;
  private long booleans;
  private long yes;
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private final ExactSum daySum = new ExactSum();
  private final ExactSum daySquares = new ExactSum();

  /** Adds {@code copies} users that have the value. */
  void add(ReadValue value, long copies) {
    present += copies;
    if (!Double.isNaN(value.number())) {
      numbers += copies;
      addCopies(sum, squares, value.number(), copies);
    }
    if (!Double.isNaN(value.day())) {
      days += copies;
      addCopies(daySum, daySquares, value.day(), copies);
    }
    if (!Double.isNaN(value.truth())) {
      booleans += copies;
      yes += value.truth() == 1 ? copies : 0;
    }
  }

  private static void addCopies(ExactSum sum, ExactSum squares, double value, long copies) {
    if (copies == 1) {
      sum.add(value);
      squares.addSquare(value);
    } else {
      sum.addCopies(value, copies);
      squares.addSquareCopies(value, copies);
    }
  }

  void merge(ValueSums other) {
    present += other.present;
    numbers += other.numbers;
    days += other.days;
    booleans += other.booleans;
    yes += other.yes;
    sum.merge(other.sum);
    squares.merge(other.squares);
    daySum.merge(other.daySum);
    daySquares.merge(other.daySquares);
  }

  long present() {
    return present;
  }

  long numbers() {
    return numbers;
  }

  long days() {
    return days;
  }

  long booleans() {
    return booleans;
  }

  /** The distribution of the values of a type. */
  Spread spread(DescribedType type) {
    return switch (type) {
      case NUMERIC -> Spread.of(numbers, sum, squares);
      case DATE -> Spread.of(days, daySum, daySquares);
      case BOOLEAN -> Spread.ofShare(booleans, yes);
      case CATEGORY -> throw new IllegalArgumentException("a category has a share for each text");
    };
  }

  void write(DataOutput out) throws IOException {
    for (long count : new long[] {present, numbers, days, booleans, yes}) {
      out.writeLong(count);
    }
    for (ExactSum each : new ExactSum[] {sum, squares, daySum, daySquares}) {
      each.write(out);
    }
  }

  static ValueSums read(DataInput in) throws IOException {
    ValueSums sums = new ValueSums();
    sums.present = in.readLong();
    sums.numbers = in.readLong();
    sums.days = in.readLong();
    sums.booleans = in.readLong();
    sums.yes = in.readLong();
    for (ExactSum each : new ExactSum[] {sums.sum, sums.squares, sums.daySum, sums.daySquares}) {
      each.merge(ExactSum.read(in));
    }
    return sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueSums that
        && present == that.present
        && numbers == that.numbers
        && days == that.days
        && booleans == that.booleans
        && yes == that.yes
        && sum.equals(that.sum)
        && squares.equals(that.squares)
        && daySum.equals(that.daySum)
        && daySquares.equals(that.daySquares);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(present) + 31 * sum.hashCode();
  }
}
