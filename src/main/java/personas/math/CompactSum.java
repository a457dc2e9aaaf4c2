package personas.math;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exact sums of doubles, one for each group. A sum is a whole number of 128 bits in units of 2⁻⁸⁰.
 * It takes 16 bytes, whereas an {@link ExactSum} takes a kilobyte. A value that has bits below the
 * unit, or a sum of 2⁴⁶ or more, goes to an {@link ExactSum} of the group. Nothing is rounded, so
 * any order and any grouping of additions and merges gives the same sums.
 */
public final class CompactSum {
  /**
   * The lowest bit stands for 2⁻⁸⁰. The doubles of amounts with up to eight decimals have no lower
   * bit.
   */
  private static final int UNIT_BIT = -80;

  /**
   * Values of 2⁴⁶ or more go to the {@link ExactSum}, so that 128 bits hold the sum of many values.
   */
  private static final int MAX_EXPONENT = 46;

  private static final int EXPONENT_BIAS = 1075;
  private static final long FRACTION = 0xF_FFFF_FFFF_FFFFL;
  private static final long HIDDEN_BIT = 0x10_0000_0000_0000L;

  /**
   * A sum whose high half reaches this limit moves to the {@link ExactSum}, so that no high half
   * overflows.
   */
  private static final long MAX_HIGH = 1L << 62;

  private long[] high;
  private long[] low;

  /** Exact sums of the groups that need more than 128 bits. The map is nearly always empty. */
  private final Map<Integer, ExactSum> wide = new TreeMap<>();

  /**
   * Creates sums of 0.
   *
   * @param groups number of groups
   */
  public CompactSum(int groups) {
    high = new long[groups];
    low = new long[groups];
  }

  /**
   * Adds groups with a sum of 0.
   *
   * @param groups the new number of groups, at least the present number
   */
  public void resize(int groups) {
    high = Arrays.copyOf(high, groups);
    low = Arrays.copyOf(low, groups);
  }

  /**
   * Adds a value to the sum of a group.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public void add(int group, double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    int shift = exponent - EXPONENT_BIAS - UNIT_BIT;
    long mantissa = (bits & FRACTION) | HIDDEN_BIT;
    if (value == 0) {
      return;
    }
    if (isWide(exponent, mantissa)) {
      wide(group).add(value);
      return;
    }
    long upper = 0;
    long lower;
    if (shift < 0) {
      lower = mantissa >>> -shift;
    } else if (shift == 0) {
      lower = mantissa;
    } else if (shift < Long.SIZE) {
      lower = mantissa << shift;
      upper = mantissa >>> (Long.SIZE - shift);
    } else {
      lower = 0;
      upper = mantissa << (shift - Long.SIZE);
    }
    if (bits < 0) {
      lower = -lower;
      upper = ~upper + (lower == 0 ? 1 : 0);
    }
    add(group, upper, lower);
  }

  /** Returns whether a number does not fit into 128 bits of whole units. */
  private static boolean isWide(int exponent, long mantissa) {
    int shift = exponent - EXPONENT_BIAS - UNIT_BIT;
    return exponent == 0
        || exponent - EXPONENT_BIAS + 53 > MAX_EXPONENT
        || Long.numberOfTrailingZeros(mantissa) + shift < 0;
  }

  /** Adds a whole number of units to the sum of a group. */
  private void add(int group, long upper, long lower) {
    long sum = low[group] + lower;
    long carry = Long.compareUnsigned(sum, lower) < 0 ? 1 : 0;
    low[group] = sum;
    high[group] += upper + carry;
    if (high[group] >= MAX_HIGH || high[group] < -MAX_HIGH) {
      wide(group).add(compactUnits(group), UNIT_BIT);
      high[group] = 0;
      low[group] = 0;
    }
  }

  /** Returns the exact sum of a group, which is created if there is none. */
  private ExactSum wide(int group) {
    return wide.computeIfAbsent(group, key -> new ExactSum());
  }

  /** Returns the 128 bits of a group as a number of units. */
  private BigInteger compactUnits(int group) {
    return BigInteger.valueOf(high[group])
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(low[group])));
  }

  /** Returns the sum of a group, correctly rounded. */
  public double value(int group) {
    return mean(group, 1);
  }

  /**
   * Returns the sum of a group divided by {@code count}, correctly rounded.
   *
   * @param count at least 1
   */
  public double mean(int group, long count) {
    ExactSum wideSum = wide.get(group);
    if (wideSum == null) {
      if (high[group] == 0 && low[group] == 0) {
        return 0;
      }
      return ExactSum.divide(compactUnits(group), BigInteger.valueOf(count).shiftLeft(-UNIT_BIT));
    }
    ExactSum total = new ExactSum();
    total.merge(wideSum);
    total.add(compactUnits(group), UNIT_BIT);
    return total.mean(count);
  }

  /** Receives the parts of one sum. */
  public interface Bits {
    /**
     * Writes a sum.
     *
     * @param high the upper 64 of 128 bits
     * @param low the lower 64 bits
     * @param wide a part that is added to the 128 bits; null if there is none
     */
    void write(long high, long low, ExactSum wide);
  }

  /** Passes the parts of the sum of a group to {@code bits}, without rounding. */
  public void write(int group, Bits bits) {
    bits.write(high[group], low[group], wide.get(group));
  }

  /**
   * Adds another sum, in the parts that {@link #write} passes, to the sum of a group.
   *
   * @param upper the upper 64 of 128 bits
   * @param lower the lower 64 bits
   * @param wideSum a part that is added to the 128 bits; null if there is none
   */
  public void merge(int group, long upper, long lower, ExactSum wideSum) {
    add(group, upper, lower);
    if (wideSum != null) {
      wide(group).merge(wideSum);
    }
  }

  /** Returns the approximate memory that one group takes, in bytes. */
  public static int bytesPerGroup() {
    return 2 * Long.BYTES;
  }
}
