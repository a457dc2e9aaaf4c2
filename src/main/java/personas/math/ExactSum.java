package personas.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * An exact sum of doubles or of squares of doubles. The sum is a fixed-point number that is wide
 * enough for every bit of every double. Nothing is rounded and nothing overflows, so any order and
 * any grouping of additions and merges gives the same sum.
 *
 * <p>The algorithm is the superaccumulator of R. M. Neal, <i>Fast exact summation using small and
 * large superaccumulators</i>, arXiv:1505.05571, 2015. Here it has more bits, so that squares are
 * added exactly as 106-bit products of mantissas. Reading a sum, or merging it into another single,
 * does not change it.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1;

  /** The lowest bit stands for 2⁻²¹⁴⁸, the square of the smallest positive double. */
  private static final int LOWEST_BIT = 2 * 1074;

  private static final long LIMB_MASK = 0xFFFF_FFFFL;

  /** 2148 bits below one, 2048 above, and 96 for carries and the sign. */
  private static final int LIMBS = (LOWEST_BIT + 2048 + 96) / 32;

  /**
   * The number of additions after which carries are propagated. A limb could overflow after 2³¹
   * additions.
   */
  private static final int MAX_PENDING = 1 << 29;

  /** Whole numbers below this limit have squares whose sum over a block of 2¹⁰ fits in a long. */
  private static final int SMALL_WHOLE = 1 << 26;

  private static final int BLOCK = 1 << 10;

  /**
   * The number of bits of a quotient before it is rounded. They are enough to decide whether the
   * quotient is rounded up or down.
   */
  private static final int PRECISION = 67;

  /**
   * The digits of the sum in base 2³², the lowest digit first. A digit can be isNegative or have
   * more than 32 bits until carries are propagated.
   */
  private transient long[] limbs = new long[LIMBS];

  /** Upper bound of the magnitude of every limb, in units of 2³². */
  private transient int pending;

  /**
   * Adds one value.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    if (exponent == 0x7FF) {
      throw new IllegalArgumentException("an exact sum takes finite values only, not " + value);
    }
    // A value is mantissa · 2^(exponent - 1075); subnormals have the exponent of 1.
    long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 0x10_0000_0000_0000L;
    }
    addMantissa(mantissa, exponent - 1075 + LOWEST_BIT, bits < 0);
  }

  private void addMantissa(long mantissa, int position, boolean isNegative) {
    int limb = position >>> 5;
    int shift = position & 31;
    long low = (mantissa << shift) & LIMB_MASK;
    long high = mantissa >>> (32 - shift);
    if (isNegative) {
      limbs[limb] -= low;
      limbs[limb + 1] -= high & LIMB_MASK;
      limbs[limb + 2] -= high >>> 32;
    } else {
      limbs[limb] += low;
      limbs[limb + 1] += high & LIMB_MASK;
      limbs[limb + 2] += high >>> 32;
    }
    countOne();
  }

  /**
   * Adds the square of one value.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    if (exponent == 0x7FF) {
      throw new IllegalArgumentException(
          "an exact sum takes squares of finite values only, not of " + value);
    }
    long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
    if (exponent == 0) {
      exponent = 1;
    } else {
      mantissa |= 0x10_0000_0000_0000L;
    }
    long low = mantissa * mantissa;
    long high = Math.multiplyHigh(mantissa, mantissa);
    int position = 2 * (exponent - 1075) + LOWEST_BIT;
    int limb = position >>> 5;
    int shift = position & 31;
    // The 106 bits are shifted and cut into limbs. A shift by 64 needs two steps in Java.
    limbs[limb] += (low << shift) & LIMB_MASK;
    limbs[limb + 1] += (low >>> (32 - shift)) & LIMB_MASK;
    limbs[limb + 2] += ((high << shift) | ((low >>> 1) >>> (63 - shift))) & LIMB_MASK;
    limbs[limb + 3] += (high >>> (32 - shift)) & LIMB_MASK;
    limbs[limb + 4] += (high >>> 1) >>> (63 - shift);
    countOne();
  }

  /**
   * Adds {@code copies} times {@code mantissa} in two halves, so that no product has more than 63
   * bits.
   */
  private void addMantissaCopies(long mantissa, int copies, int position, boolean isNegative) {
    addMantissa((mantissa & LIMB_MASK) * copies, position, isNegative);
    addMantissa((mantissa >>> 32) * copies, position + 32, isNegative);
  }

  private void countOne() {
    if (++pending >= MAX_PENDING) {
      carry();
    }
  }

  /**
   * Adds {@code values[from..to)}. NaN means a missing value and is skipped.
   *
   * @throws IllegalArgumentException if a value is infinite
   */
  public void addAll(double[] values, int from, int to) {
    addAll(values, from, to, this, null);
  }

  /**
   * Adds {@code values[from..to)} to {@code sum} and their squares to {@code squares}. NaN is
   * skipped. Blocks of small whole numbers, such as usage counts, take a faster path.
   *
   * @param squares null if squares are not needed
   * @throws IllegalArgumentException if a value is infinite
   */
  public static void addAll(double[] values, int from, int to, ExactSum sum, ExactSum squares) {
    for (int start = from; start < to; start += BLOCK) {
      int end = Math.min(to, start + BLOCK);
      if (!addWhole(values, start, end, sum, squares)) {
        addAny(values, start, end, sum, squares);
      }
    }
  }

  /** Adds values if all are small whole numbers. Returns false if nothing was added. */
  private static boolean addWhole(
      double[] values, int from, int to, ExactSum sum, ExactSum squares) {
    long total = 0;
    long totalSquares = 0;
    for (int i = from; i < to; i++) {
      int whole = (int) values[i];
      if (whole != values[i] || whole >= SMALL_WHOLE || whole <= -SMALL_WHOLE) {
        return false;
      }
      total += whole;
      totalSquares += (long) whole * whole;
    }
    sum.addWhole(total);
    if (squares != null) {
      squares.addWhole(totalSquares);
    }
    return true;
  }

  private static void addAny(double[] values, int from, int to, ExactSum sum, ExactSum squares) {
    for (int i = from; i < to; i++) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        sum.add(value);
        if (squares != null) {
          squares.addSquare(value);
        }
      }
    }
  }

  private void addWhole(long whole) {
    // The number is split, so that both halves are exact doubles.
    add((double) (whole >> 32) * 0x1p32);
    add((double) (whole & LIMB_MASK));
  }

  private static int exponent(long bits) {
    return (int) (bits >>> 52) & 0x7FF;
  }

  /** Returns the mantissa of a finite value. A subnormal value has no hidden bit. */
  private static long mantissa(long bits) {
    long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
    return exponent(bits) == 0 ? fraction : fraction | 0x10_0000_0000_0000L;
  }

  /**
   * Adds the value {@code copies} times.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public void addCopies(double value, long copies) {
    if (copies >= 0 && copies <= Integer.MAX_VALUE && Double.isFinite(value)) {
      long bits = Double.doubleToRawLongBits(value);
      int position = Math.max(1, exponent(bits)) - 1075 + LOWEST_BIT;
      addMantissaCopies(mantissa(bits), (int) copies, position, bits < 0);
      return;
    }
    ExactSum single = new ExactSum();
    single.add(value);
    addScaled(single.scaled().multiply(BigInteger.valueOf(copies)));
  }

  /**
   * Adds the square of the value {@code copies} times.
   *
   * @throws IllegalArgumentException if the value is not finite
   */
  public void addSquareCopies(double value, long copies) {
    if (copies >= 0 && copies <= Integer.MAX_VALUE && Double.isFinite(value)) {
      long bits = Double.doubleToRawLongBits(value);
      long mantissa = mantissa(bits);
      int position = 2 * (Math.max(1, exponent(bits)) - 1075) + LOWEST_BIT;
      addMantissaCopies(mantissa * mantissa, (int) copies, position, false);
      addMantissaCopies(Math.multiplyHigh(mantissa, mantissa), (int) copies, position + 64, false);
      return;
    }
    ExactSum single = new ExactSum();
    single.addSquare(value);
    addScaled(single.scaled().multiply(BigInteger.valueOf(copies)));
  }

  /**
   * Adds {@code whole · 2^exponent}.
   *
   * @param exponent at least -2148
   */
  public void add(BigInteger whole, int exponent) {
    addScaled(whole.shiftLeft(exponent + LOWEST_BIT));
  }

  /** Adds another sum, which does not change. */
  public void merge(ExactSum other) {
    // Both numbers are at most MAX_PENDING, so a limb stays below 2⁶².
    int mergedPending = pending + other.pending;
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] += other.limbs[i];
    }
    pending = mergedPending;
    if (mergedPending >= MAX_PENDING) {
      carry();
    }
  }

  /** Propagates carries. All limbs except the last, which has the sign, are then in 0..2³²-1. */
  private void carry() {
    for (int i = 0; i < LIMBS - 1; i++) {
      long carried = limbs[i] >> 32;
      limbs[i] &= LIMB_MASK;
      limbs[i + 1] += carried;
    }
    pending = 1;
  }

  /** Returns the sum times 2²¹⁴⁸, which is a whole number. */
  private BigInteger scaled() {
    byte[] bytes = new byte[4 * LIMBS];
    long carried = 0;
    for (int i = 0; i < LIMBS; i++) {
      long limb = limbs[i] + carried;
      carried = limb >> 32;
      for (int b = 0; b < 4; b++) {
        bytes[bytes.length - 1 - 4 * i - b] = (byte) (limb >>> (8 * b));
      }
    }
    return new BigInteger(bytes);
  }

  private void addScaled(BigInteger scaled) {
    carry();
    byte[] bytes = scaled.toByteArray();
    long fill = scaled.signum() < 0 ? LIMB_MASK : 0;
    for (int i = 0; i < LIMBS; i++) {
      long limb = 0;
      for (int b = 3; b >= 0; b--) {
        int index = bytes.length - 1 - 4 * i - b;
        limb = limb << 8 | (index >= 0 ? bytes[index] & 0xFF : fill & 0xFF);
      }
      // The last limb is signed.
      limbs[i] += i == LIMBS - 1 ? (int) limb : limb;
    }
    pending = 2;
  }

  /** Returns the sum, correctly rounded. */
  public double value() {
    return mean(1);
  }

  /**
   * Returns the sum divided by {@code count}, correctly rounded.
   *
   * @param count at least 1
   */
  public double mean(long count) {
    return divide(scaled(), BigInteger.valueOf(count).shiftLeft(LOWEST_BIT));
  }

  /** Returns the variance times count², in units of 2^(-2 · LOWEST_BIT). */
  private static BigInteger scaledVariance(ExactSum sum, ExactSum squares, long count) {
    return squares
        .scaled()
        .multiply(BigInteger.valueOf(count))
        .shiftLeft(LOWEST_BIT)
        .subtract(sum.scaled().pow(2));
  }

  /**
   * Returns the population standard deviation of {@code count} values, within single ulp of the
   * root of the exact variance. A large mean causes no cancellation, and a square cannot overflow.
   * The result is 0 only if all values are equal: a positive deviation below the range of double
   * becomes {@link Double#MIN_VALUE}.
   *
   * @param sum sum of the values
   * @param squares sum of the squares of the values
   * @param count number of values, at least 1
   */
  public static double deviation(ExactSum sum, ExactSum squares, long count) {
    BigInteger variance = scaledVariance(sum, squares, count);
    if (variance.signum() == 0) {
      return 0;
    }
    BigInteger denominator = BigInteger.valueOf(count).pow(2);
    // Scaling by an even power of two keeps the variance and the root within the range of double.
    // In the ordinary range, the result has the same bits as the root of the rounded variance.
    int shift = PRECISION - (variance.bitLength() - denominator.bitLength()) / 2;
    BigInteger[] quotient = divide(variance, denominator, 2 * shift);
    double root = StrictMath.sqrt(round(quotient[0], quotient[1].signum() == 0, 0));
    return Math.max(Double.MIN_VALUE, Math.scalb(root, -(shift + LOWEST_BIT)));
  }

  /** Returns the quotient, correctly rounded. */
  static double divide(BigInteger numerator, BigInteger denominator) {
    BigInteger magnitude = numerator.abs();
    int shift = PRECISION - (magnitude.bitLength() - denominator.bitLength());
    BigInteger[] quotient = divide(magnitude, denominator, shift);
    return numerator.signum() * round(quotient[0], quotient[1].signum() == 0, shift);
  }

  /** Returns quotient and remainder of {@code numerator · 2^shift}. */
  private static BigInteger[] divide(BigInteger numerator, BigInteger denominator, int shift) {
    return shift >= 0
        ? numerator.shiftLeft(shift).divideAndRemainder(denominator)
        : numerator.divideAndRemainder(denominator.shiftLeft(-shift));
  }

  /**
   * Returns {@code bits · 2^-shift}, rounded once and half to even, also if the result is
   * subnormal.
   *
   * @param bits 0, or at least 55 bits
   * @param isExact whether all lower bits that were cut off are 0
   */
  private static double round(BigInteger bits, boolean isExact, int shift) {
    // A double has 53 significant bits, but no bit below 2⁻¹⁰⁷⁴.
    int droppedBits = Math.max(bits.bitLength() - 53, shift - 1074);
    BigInteger rounded = bits.shiftRight(droppedBits);
    boolean half = bits.testBit(droppedBits - 1);
    boolean aboveHalf = half && (!isExact || bits.getLowestSetBit() < droppedBits - 1);
    if (aboveHalf || (half && rounded.testBit(0))) {
      rounded = rounded.add(BigInteger.ONE);
    }
    return Math.scalb(rounded.doubleValue(), droppedBits - shift);
  }

  /** Writes the sum. Equal sums are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    BigInteger scaled = scaled();
    int zeros = Math.max(0, scaled.getLowestSetBit());
    byte[] bytes = scaled.shiftRight(zeros).toByteArray();
    out.writeShort(zeros);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  /** Reads a sum that {@link #write} wrote. */
  public static ExactSum read(DataInput in) throws IOException {
    int zeros = in.readUnsignedShort();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    ExactSum sum = new ExactSum();
    sum.addScaled(new BigInteger(bytes).shiftLeft(zeros));
    return sum;
  }

  /** Java serialization uses {@link #write}, because equal sums can have different limbs. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    limbs = read(in).limbs;
    pending = 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactSum that && scaled().equals(that.scaled());
  }

  @Override
  public int hashCode() {
    return scaled().hashCode();
  }

  @Override
  public String toString() {
    return Double.toString(value());
  }
}
