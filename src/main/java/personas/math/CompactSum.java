package personas.math;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many exact sums of doubles, one for each group. A sum is a whole number of 128 bits in units of
 * 2⁻⁸⁰, which takes 16 bytes where an {@link ExactSum} takes a kilobyte. A value that has bits
 * below the unit, or a sum beyond 2⁴⁷, goes to an {@link ExactSum} of its group. Nothing is
 * rounded, so any order and any grouping of additions and merges gives the same sums.
 */
public final class CompactSum {
  /**
   * The lowest bit stands for 2⁻⁸⁰: decimals of up to eight places of amounts have no lower one.
   */
  private static final int UNIT_BIT = -80;

  /**
   * Values at or above 2⁴⁶ are added exactly elsewhere, so that 128 bits hold many of the others.
   */
  private static final int MAX_EXPONENT = 46;

  private static final int EXPONENT_BIAS = 1075;
  private static final long FRACTION = 0xF_FFFF_FFFF_FFFFL;
  private static final long HIDDEN_BIT = 0x10_0000_0000_0000L;

  /** A high half beyond this is moved to the exact sum before it could overflow. */
  private static final long MAX_HIGH = 1L << 62;

  private long[] high;
  private long[] low;

  /** The sums of groups that need more bits; nearly always empty. */
  private final Map<Integer, ExactSum> wide = new TreeMap<>();

  /** Sums that are all 0. */
  public CompactSum(int groups) {
    high = new long[groups];
    low = new long[groups];
  }

  /** Makes room for more groups, whose sums are 0. */
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

  /** Adds a whole number of units to the sum of a group. */
  /** Whether a number does not fit into 128 bits of whole units. */
  private static boolean isWide(int exponent, long mantissa) {
    int shift = exponent - EXPONENT_BIAS - UNIT_BIT;
    return exponent == 0
        || exponent - EXPONENT_BIAS + 53 > MAX_EXPONENT
        || Long.numberOfTrailingZeros(mantissa) + shift < 0;
  }

  private void add(int group, long upper, long lower) {
    long sum = low[group] + lower;
    long carry = Long.compareUnsigned(sum, lower) < 0 ? 1 : 0;
    low[group] = sum;
    high[group] += upper + carry;
    if (high[group] >= MAX_HIGH || high[group] < -MAX_HIGH) {
      wide(group).add(narrow(group), UNIT_BIT);
      high[group] = 0;
      low[group] = 0;
    }
  }

  private ExactSum wide(int group) {
    return wide.computeIfAbsent(group, any -> new ExactSum());
  }

  /** The 128 bits of a group as a number of units. */
  private BigInteger narrow(int group) {
    return BigInteger.valueOf(high[group])
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(low[group])));
  }

  /** The sum of a group, correctly rounded. */
  public double value(int group) {
    return mean(group, 1);
  }

  /** The sum of a group divided by {@code count}, which is at least 1, correctly rounded. */
  public double mean(int group, long count) {
    ExactSum more = wide.get(group);
    if (more == null) {
      if (high[group] == 0 && low[group] == 0) {
        return 0;
      }
      return ExactSum.divide(narrow(group), BigInteger.valueOf(count).shiftLeft(-UNIT_BIT));
    }
    ExactSum all = new ExactSum();
    all.merge(more);
    all.add(narrow(group), UNIT_BIT);
    return all.mean(count);
  }

  /** Takes the sum of one group. */
  public interface Bits {
    /**
     * Writes a sum.
     *
     * @param wide null if the 128 bits are the whole sum
     */
    void write(long high, long low, ExactSum wide);
  }

  /** Hands out the sum of a group. */
  public void write(int group, Bits bits) {
    bits.write(high[group], low[group], wide.get(group));
  }

  /**
   * Adds a sum that {@link #write} handed out to the sum of a group.
   *
   * @param more null if the 128 bits are the whole sum
   */
  public void merge(int group, long upper, long lower, ExactSum more) {
    add(group, upper, lower);
    if (more != null) {
      wide(group).merge(more);
    }
  }

  /** About the bytes that a group takes in memory. */
  public static int bytesPerGroup() {
    return 2 * Long.BYTES;
  }
}
