package personas.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An exact sum of non-negative numbers that are first rounded to steps, which are multiples of
 * 2⁻²⁴. Addition is associative and commutative, so the total has the same bits in any order.
 * Numbers and totals up to 2⁶⁸, which is 2⁹² steps, are exact.
 */
public final class GridSum implements Comparable<GridSum> {
  private static final double STEPS_PER_UNIT = 1 << 24;
  private static final int LOW_BITS = 40;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;

  /**
   * Numbers below this limit have fewer than 2⁴⁴ steps, so the sum of 512 numbers fits in a long.
   */
  private static final double FAST_LIMIT = 1L << 20;

  private long high;
  private long low;

  /**
   * Adds {@code values[from..to)}: at most 512 numbers, all ≥ 0.
   *
   * @throws ArithmeticException if the total overflows, which needs 2¹⁰³ steps
   */
  public void addBlock(double[] values, int from, int to) {
    long steps = 0;
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (value < FAST_LIMIT) {
        steps += (long) Math.rint(value * STEPS_PER_UNIT);
      } else {
        add(value);
      }
    }
    addSteps(steps);
  }

  /**
   * Adds one number, which is not negative.
   *
   * @throws ArithmeticException if the total overflows, which needs 2¹⁰³ steps
   */
  public void add(double value) {
    double steps = Math.rint(value * STEPS_PER_UNIT);
    long highPart = (long) (steps * 0x1p-40);
    high = Math.addExact(high, highPart);
    addSteps((long) (steps - highPart * 0x1p40));
  }

  /**
   * Adds one number, which is not negative, {@code copies} times.
   *
   * @throws ArithmeticException if the total overflows, which needs 2¹⁰³ steps
   */
  public void addCopies(double value, int copies) {
    double steps = Math.rint(value * STEPS_PER_UNIT);
    long highPart = (long) (steps * 0x1p-40);
    long lowPart = (long) (steps - highPart * 0x1p40);
    // The product has up to 71 bits, because lowPart is below 2^40 and copies is below 2^31.
    long upper = Math.multiplyHigh(lowPart, copies);
    long lower = lowPart * copies;
    high = Math.addExact(high, Math.multiplyExact(highPart, (long) copies));
    high = Math.addExact(high, upper << (Long.SIZE - LOW_BITS) | lower >>> LOW_BITS);
    addSteps(lower & LOW_MASK);
  }

  private void addSteps(long steps) {
    low += steps;
    high = Math.addExact(high, low >> LOW_BITS);
    low &= LOW_MASK;
  }

  /** Adds another sum, which does not change. */
  public void merge(GridSum other) {
    high = Math.addExact(high, other.high);
    addSteps(other.low);
  }

  /** Returns the total, rounded once to the nearest double if it has more than 53 bits. */
  public double value() {
    // Both terms are exact below 2^92 steps; their sum is the only rounding.
    return (high * 0x1p40 + low) * 0x1p-24;
  }

  /** Compares exact totals. */
  @Override
  public int compareTo(GridSum other) {
    int byHigh = Long.compare(high, other.high);
    return byHigh != 0 ? byHigh : Long.compare(low, other.low);
  }

  /** Writes the exact total. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(high);
    out.writeLong(low);
  }

  /** Reads a total that {@link #write} wrote. */
  public static GridSum read(DataInput in) throws IOException {
    GridSum sum = new GridSum();
    sum.high = in.readLong();
    sum.low = in.readLong();
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GridSum that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * high + low);
  }

  @Override
  public String toString() {
    return Double.toString(value());
  }
}
