package personas.text;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parses numbers of a strict grammar: an optional sign, ASCII digits with an optional fraction
 * ({@code 7}, {@code .5}, {@code 5.}), an optional exponent, and spaces around the number. Group
 * separators, percent signs and hexadecimal digits are not allowed. This class is the hot loop of
 * reading, so it prefers speed to short methods.
 *
 * <p>Short numbers take Clinger's fast path (W. D. Clinger, <i>How to read floating point numbers
 * accurately</i>, PLDI 1990): a mantissa below 2⁵³ and a power of ten up to 10²² are exact doubles,
 * so one multiplication or division rounds correctly. Unsigned numbers of up to eight bytes are
 * read as one word, without a loop. Other numbers go to W. Randelshofer's FastDoubleParser (D.
 * Lemire, <i>Number parsing at a gigabyte per second</i>, 2021). Tests compare the results with
 * {@link Double#parseDouble}. A number that is closer to 0 than any double becomes 0.
 */
public final class DoubleParser {
  /** The result of {@link #parse} for a text outside the grammar: NaN. */
  public static final double NONE = Double.NaN;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A one in each byte. */
  private static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final long ZEROS = '0' * ONES;

  /** The value of a point in each byte after the step that turns digits into 0..9. */
  private static final long POINTS = ('.' ^ '0') * ONES;

  /** The largest number of digits that always fits into a long. */
  private static final int SAFE_DIGITS = 18;

  private DoubleParser() {}

  /**
   * Returns the number, correctly rounded: 0 for -0, NaN if the text is outside the grammar, and an
   * infinity of the same sign if the number is larger in magnitude than any double.
   */
  public static double parse(byte[] text, int from, int to) {
    int length = to - from;
    if ((length - 1) >>> 3 == 0 && from + Long.BYTES <= text.length) {
      double value = parseWord((long) WORDS.get(text, from), length);
      if (value >= 0) {
        return value;
      }
    }
    return parseText(text, from, to);
  }

  /**
   * Returns the number in the first 1..8 bytes of a word, which are digits and at most one point;
   * NaN for any other bytes.
   */
  private static double parseWord(long word, int length) {
    // The characters move to the high bytes, so that the last one is the highest byte. Zeros fill
    // the low bytes.
    int unused = 64 - 8 * length;
    long digits = (word ^ ZEROS) << unused;
    if (areDigits(digits)) {
      return eightDigits(digits);
    }
    long point = (HIGH_BITS - (digits ^ POINTS)) & HIGH_BITS & ~digits;
    int at = Long.numberOfTrailingZeros(point) - 7;
    if (point == 0 || length == 1) {
      return NONE;
    }
    // The digits before the point move over the point. A second point stays and is not a digit.
    long before = digits & ((1L << at) - 1);
    long after = at == 56 ? 0 : (digits >>> (at + 8)) << (at + 8);
    digits = after | (before << 8);
    return areDigits(digits) ? eightDigits(digits) / POWERS[7 - (at >>> 3)] : NONE;
  }

  private static boolean areDigits(long digits) {
    return (((digits + 0x76 * ONES) | digits) & HIGH_BITS) == 0;
  }

  /**
   * Returns the value of eight digits, one per byte, by adding pairs, then fours, then all eight.
   */
  private static long eightDigits(long digits) {
    long pairs = ((digits * 2561) >>> 8) & 0x00FF00FF00FF00FFL;
    long fours = ((pairs * 6553601) >>> 16) & 0x0000FFFF0000FFFFL;
    return (fours * 42949672960001L) >>> 32;
  }

  private static double parseText(byte[] text, int from, int to) {
    int p = from;
    while (p < to && text[p] == ' ') {
      p++;
    }
    int end = to;
    while (end > p && text[end - 1] == ' ') {
      end--;
    }
    int start = p;
    boolean isNegative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      isNegative = text[p] == '-';
      p++;
    }
    long mantissa = 0;
    int digits = 0;
    int digit;
    while (p < end && (digit = text[p] - '0') >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      p++;
    }
    int scale = 0;
    if (p < end && text[p] == '.') {
      int pointAt = ++p;
      while (p < end && (digit = text[p] - '0') >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        p++;
      }
      scale = p - pointAt;
      digits += scale;
    }
    if (digits == 0) {
      return NONE;
    }
    if (p < end) {
      return isExponent(text, p, end) ? parseWithLibrary(text, start, end) : NONE;
    }
    if (digits > SAFE_DIGITS || mantissa >= 1L << 53) {
      return parseWithLibrary(text, start, end);
    }
    double value = scale == 0 ? mantissa : mantissa / POWERS[scale];
    // Subtracting from 0 gives 0, not -0, for a mantissa of 0.
    return isNegative ? 0.0 - value : value;
  }

  private static boolean isExponent(byte[] text, int from, int end) {
    if (text[from] != 'e' && text[from] != 'E') {
      return false;
    }
    int p = from + 1;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      p++;
    }
    int firstDigit = p;
    while (p < end && text[p] >= '0' && text[p] <= '9') {
      p++;
    }
    return p == end && p > firstDigit;
  }

  private static double parseWithLibrary(byte[] text, int from, int end) {
    // Adding 0 turns -0 into 0.
    return JavaDoubleParser.parseDouble(text, from, end - from) + 0.0;
  }
}
