package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.confidence.Spread;

/**
 * The sums of the values of one column in one cluster, read as numbers, as days and as booleans.
 * Sums can be merged in any order.
 */
final class ValueSums {
  private long present;
  private long booleans;
  private long yes;
  private final ExactMoments numbers;
  private final ExactMoments days;

  ValueSums() {
    this(new ExactMoments(), new ExactMoments());
  }

  private ValueSums(ExactMoments numbers, ExactMoments days) {
    this.numbers = numbers;
    this.days = days;
  }

  /** Adds {@code copies} users with the value. */
  void add(ReadValue value, long copies) {
    present += copies;
    numbers.add(value.number(), copies);
    days.add(value.day(), copies);
    if (!Double.isNaN(value.truth())) {
      booleans += copies;
      yes += value.truth() == 1 ? copies : 0;
    }
  }

  void merge(ValueSums other) {
    present += other.present;
    booleans += other.booleans;
    yes += other.yes;
    numbers.merge(other.numbers);
    days.merge(other.days);
  }

  /** Returns the number of users with a value. */
  long present() {
    return present;
  }

  /** Returns the number of users whose value is a number. */
  long numbers() {
    return numbers.count();
  }

  /** Returns the number of users whose value is a date. */
  long days() {
    return days.count();
  }

  /** Returns the number of users whose value is yes or no. */
  long booleans() {
    return booleans;
  }

  /** Returns the spread of the values that have the given type. */
  Spread spread(DescribedType type) {
    return switch (type) {
      case NUMERIC -> numbers.spread();
      case DATE -> days.spread();
      case BOOLEAN -> Spread.ofShare(booleans, yes);
      case CATEGORY ->
          throw new IllegalArgumentException(
              "a category has no single spread, only a share for each text");
    };
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(present);
    out.writeLong(booleans);
    out.writeLong(yes);
    numbers.write(out);
    days.write(out);
  }

  static ValueSums read(DataInput in) throws IOException {
    long present = in.readLong();
    long booleans = in.readLong();
    long yes = in.readLong();
    ValueSums sums = new ValueSums(ExactMoments.read(in), ExactMoments.read(in));
    sums.present = present;
    sums.booleans = booleans;
    sums.yes = yes;
    return sums;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueSums that
        && present == that.present
        && booleans == that.booleans
        && yes == that.yes
        && numbers.equals(that.numbers)
        && days.equals(that.days);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(present) + 31 * numbers.hashCode();
  }
}
