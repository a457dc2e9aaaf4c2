package personas.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * An exact sum of doubles, or of squares of doubles, over their whole range: a fixed-point number
 * wide enough for every bit, so nothing is rounded, nothing overflows, and any order and any
 * grouping of additions and merges gives the same sum.
 *
 * <p>A superaccumulator after R. M. Neal, <i>Fast exact summation using small and large
 * superaccumulators</i>, arXiv:1505.05571, 2015; widened here so that squares go in exactly as the
 * 106-bit products of their mantissas. Reading a sum in any way, or merging it into another, leaves
 * it as it is.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1;

  /** The lowest bit stands for 2⁻²¹⁴⁸: the square of the least positive double. */
  private static final int LOWEST_BIT = 2 * 1074;

  private static final long LIMB = 0xFFFF_FFFFL;

  /** 2148 bits below one, 2048 above, and 96 for carries and the sign. */
  private static final int LIMBS = (LOWEST_BIT + 2048 + 96) / 32;

  /** A limb takes 2³¹ additions of 32 bits; carry well before. */
  private static final int MOST_PENDING = 1 << 29;

  /** Whole numbers below this have squares of which a block of 2¹⁰ fits a long. */
  private static final int SMALL_WHOLE = 1 << 26;

  private static final int BLOCK = 1 << 10;

  /** Bits of a quotient before it is rounded: enough to see on which side of a half it lies. */
  private static final int PRECISION = 67;

  private transient long[] limbs = new long[LIMBS];

  /** No limb's magnitude is above this times 2³². */
  private transient int pending;

  /** Adds one value. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    if (exponent == 0x7FF) {
      throw new IllegalArgumentException("a sum cannot take " + value);
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

  private void addMantissa(long mantissa, int position, boolean negative) {
    int limb = position >>> 5;
    int shift = position & 31;
    long low = (mantissa << shift) & LIMB;
    long rest = mantissa >>> (32 - shift);
    if (negative) {
      limbs[limb] -= low;
      limbs[limb + 1] -= rest & LIMB;
      limbs[limb + 2] -= rest >>> 32;
    } else {
      limbs[limb] += low;
      limbs[limb + 1] += rest & LIMB;
      limbs[limb + 2] += rest >>> 32;
    }
    countOne();
  }

  /** Adds the square of one value. */
  public void addSquare(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    if (exponent == 0x7FF) {
      throw new IllegalArgumentException("a sum cannot take the square of " + value);
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
    // The 106 bits, shifted, cut into limbs; a shift by 64 is written as two.
    limbs[limb] += (low << shift) & LIMB;
    limbs[limb + 1] += (low >>> (32 - shift)) & LIMB;
    limbs[limb + 2] += ((high << shift) | ((low >>> 1) >>> (63 - shift))) & LIMB;
    limbs[limb + 3] += (high >>> (32 - shift)) & LIMB;
    limbs[limb + 4] += (high >>> 1) >>> (63 - shift);
    countOne();
  }

  /**
   * Adds {@code copies} times {@code mantissa}: in two halves, so that no product has more than 63
   * bits.
   */
  private void addMantissaCopies(long mantissa, int copies, int position, boolean negative) {
    addMantissa((mantissa & LIMB) * copies, position, negative);
    addMantissa((mantissa >>> 32) * copies, position + 32, negative);
  }

  private void countOne() {
    if (++pending >= MOST_PENDING) {
      carry();
    }
  }

  /** Adds {@code values[from..to)}; NaN, which stands for a missing value, adds nothing. */
  public void addAll(double[] values, int from, int to) {
    addAll(values, from, to, this, null);
  }

  /**
   * Adds {@code values[from..to)} to {@code sum} and their squares to {@code squares}; NaN adds
   * nothing. Blocks of small whole numbers, which is what usage counts are, take a short way.
   *
   * @param squares null where the squares are not wanted
   */
  public static void addAll(double[] values, int from, int to, ExactSum sum, ExactSum squares) {
    for (int start = from; start < to; start += BLOCK) {
      int end = Math.min(to, start + BLOCK);
      if (!addWhole(values, start, end, sum, squares)) {
        addAny(values, start, end, sum, squares);
      }
    }
  }

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
    // Split so that both halves are exact doubles.
    add((double) (whole >> 32) * 0x1p32);
    add((double) (whole & LIMB));
  }

  private static int exponent(long bits) {
    return (int) (bits >>> 52) & 0x7FF;
  }

  /** The mantissa of a finite value; a subnormal one has no hidden bit. */
  private static long mantissa(long bits) {
    long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
    return exponent(bits) == 0 ? fraction : fraction | 0x10_0000_0000_0000L;
  }

  /** Adds {@code copies} times the value. */
  public void addCopies(double value, long copies) {
    if (copies >= 0 && copies <= Integer.MAX_VALUE && Double.isFinite(value)) {
      long bits = Double.doubleToRawLongBits(value);
      int position = Math.max(1, exponent(bits)) - 1075 + LOWEST_BIT;
      addMantissaCopies(mantissa(bits), (int) copies, position, bits < 0);
      return;
    }
    ExactSum one = new ExactSum();
    one.add(value);
    addScaled(one.scaled().multiply(BigInteger.valueOf(copies)));
  }

  /** Adds {@code copies} times the square of the value. */
  public void addSquareCopies(double value, long copies) {
    if (copies >= 0 && copies <= Integer.MAX_VALUE && Double.isFinite(value)) {
      long bits = Double.doubleToRawLongBits(value);
      long mantissa = mantissa(bits);
      int position = 2 * (Math.max(1, exponent(bits)) - 1075) + LOWEST_BIT;
      addMantissaCopies(mantissa * mantissa, (int) copies, position, false);
      addMantissaCopies(Math.multiplyHigh(mantissa, mantissa), (int) copies, position + 64, false);
      return;
    }
    ExactSum one = new ExactSum();
    one.addSquare(value);
    addScaled(one.scaled().multiply(BigInteger.valueOf(copies)));
  }

  /**
   * Adds {@code whole · 2^exponent}.
   *
   * @param exponent at least -2148
   */
  public void add(BigInteger whole, int exponent) {
    addScaled(whole.shiftLeft(exponent + LOWEST_BIT));
  }

  public void merge(ExactSum other) {
    // Each is at most MOST_PENDING, so a limb stays below 2⁶².
    int both = pending + other.pending;
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] += other.limbs[i];
    }
    pending = both;
    if (both >= MOST_PENDING) {
      carry();
    }
  }

  /** Brings all limbs but the last, which carries the sign, into 0..2³²-1. */
  private void carry() {
    for (int i = 0; i < LIMBS - 1; i++) {
      long carried = limbs[i] >> 32;
      limbs[i] &= LIMB;
      limbs[i + 1] += carried;
    }
    pending = 1;
  }

  /** The sum times 2²¹⁴⁸, a whole number. */
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
    long fill = scaled.signum() < 0 ? LIMB : 0;
    for (int i = 0; i < LIMBS; i++) {
      long limb = 0;
      for (int b = 3; b >= 0; b--) {
        int at = bytes.length - 1 - 4 * i - b;
        limb = limb << 8 | (at >= 0 ? bytes[at] & 0xFF : fill & 0xFF);
      }
      // The last limb is signed.
      limbs[i] += i == LIMBS - 1 ? (int) limb : limb;
    }
    pending = 2;
  }

  /** The sum, correctly rounded. */
  public double value() {
    return mean(1);
  }

  /** The sum divided by {@code count}, which is at least 1, correctly rounded. */
  public double mean(long count) {
    return divide(scaled(), BigInteger.valueOf(count).shiftLeft(LOWEST_BIT));
  }

  /**
   * The population variance of {@code count} values, correctly rounded: no cancellation, whatever
   * the mean. Infinite or 0 where the square is beyond the doubles; {@link #deviation} is not.
   */
  public static double variance(ExactSum sum, ExactSum squares, long count) {
    return divide(
        scaledVariance(sum, squares, count),
        BigInteger.valueOf(count).pow(2).shiftLeft(2 * LOWEST_BIT));
  }

  /** The variance times count², in units of 2^(-2 · LOWEST_BIT). */
  private static BigInteger scaledVariance(ExactSum sum, ExactSum squares, long count) {
    return squares
        .scaled()
        .multiply(BigInteger.valueOf(count))
        .shiftLeft(LOWEST_BIT)
        .subtract(sum.scaled().pow(2));
  }

  /**
   * The population standard deviation of {@code count} values, the root of the exact variance to
   * within one ulp: no cancellation whatever the mean, and no overflow of a square. 0 where all
   * values are equal and nowhere else: a deviation too small for a double is the least positive
   * one.
   *
   * @param sum of the values
   * @param squares the sum of their squares
   * @param count at least 1
   */
  public static double deviation(ExactSum sum, ExactSum squares, long count) {
    BigInteger variance = scaledVariance(sum, squares, count);
    if (variance.signum() == 0) {
      return 0;
    }
    BigInteger denominator = BigInteger.valueOf(count).pow(2);
    // Scaled by an even power of two, so that neither the variance nor its root leaves the doubles;
    // in the ordinary range the bits are those of the plain root of the rounded variance.
    int shift = PRECISION - (variance.bitLength() - denominator.bitLength()) / 2;
    BigInteger[] quotient = divide(variance, denominator, 2 * shift);
    double root = StrictMath.sqrt(round(quotient[0], quotient[1].signum() == 0, 0));
    return Math.max(Double.MIN_VALUE, Math.scalb(root, -(shift + LOWEST_BIT)));
  }

  /** The correctly rounded quotient. */
  static double divide(BigInteger numerator, BigInteger denominator) {
    BigInteger magnitude = numerator.abs();
    int shift = PRECISION - (magnitude.bitLength() - denominator.bitLength());
    BigInteger[] quotient = divide(magnitude, denominator, shift);
    return numerator.signum() * round(quotient[0], quotient[1].signum() == 0, shift);
  }

  /** Quotient and remainder of {@code numerator · 2^shift}. */
  private static BigInteger[] divide(BigInteger numerator, BigInteger denominator, int shift) {
    return shift >= 0
        ? numerator.shiftLeft(shift).divideAndRemainder(denominator)
        : numerator.divideAndRemainder(denominator.shiftLeft(-shift));
  }

  /**
   * Rounds {@code bits · 2^-shift} half to even, once, also where the result is subnormal.
   *
   * @param bits 0, or at least 55 bits
   * @param exact whether nothing below these bits was cut off
   */
  private static double round(BigInteger bits, boolean exact, int shift) {
    // A double's last place: 53 bits below the first, but never below 2⁻¹⁰⁷⁴.
    int surplus = Math.max(bits.bitLength() - 53, shift - 1074);
    BigInteger kept = bits.shiftRight(surplus);
    boolean half = bits.testBit(surplus - 1);
    boolean aboveHalf = half && (!exact || bits.getLowestSetBit() < surplus - 1);
    if (aboveHalf || (half && kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), surplus - shift);
  }

  /** Writes the sum; equal sums write equal bytes. */
  public void write(DataOutput out) throws IOException {
    BigInteger scaled = scaled();
    int zeros = Math.max(0, scaled.getLowestSetBit());
    byte[] bytes = scaled.shiftRight(zeros).toByteArray();
    out.writeShort(zeros);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  public static ExactSum read(DataInput in) throws IOException {
    int zeros = in.readUnsignedShort();
    byte[] bytes = new byte[in.readUnsignedShort()];
    in.readFully(bytes);
    ExactSum sum = new ExactSum();
    sum.addScaled(new BigInteger(bytes).shiftLeft(zeros));
    return sum;
  }

  /** Java's serialisation is {@link #write}: the limbs are no canonical form. */
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
