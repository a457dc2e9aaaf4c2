package personas.data;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as they are accepted, nothing guessed: an optional sign, digits with an optional fraction
 * ({@code 7}, {@code .5}, {@code 5.}), an optional exponent; spaces around. No group separators, no
 * percent signs, no hexadecimal, no digits but ASCII. Fenced: the hot loop of reading.
 *
 * <p>Short numbers take Clinger's fast path (W. D. Clinger, <i>How to read floating point numbers
 * accurately</i>, PLDI 1990): a mantissa below 2⁵³ and a power of ten up to 10²² are exact doubles,
 * so one multiplication or division rounds right. The others go to {@link Double#parseDouble}.
 */
final class NumberText {
  /** Not a number: what {@link #parse} gives for text outside the grammar. */
  static final double NONE = Double.NaN;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Digits that surely fit a long. */
  private static final int SAFE_DIGITS = 18;

  private NumberText() {}

  /**
   * The number, correctly rounded; 0 for -0; NaN where the text is no number of the grammar;
   * infinite where it is larger than any double.
   */
  static double parse(byte[] text, int from, int to) {
    int p = from;
    while (p < to && text[p] == ' ') {
      p++;
    }
    int end = to;
    while (end > p && text[end - 1] == ' ') {
      end--;
    }
    int start = p;
    boolean negative = false;
    if (p < end && (text[p] == '-' || text[p] == '+')) {
      negative = text[p] == '-';
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
      return isExponent(text, p, end) ? slow(text, start, end) : NONE;
    }
    if (digits > SAFE_DIGITS || mantissa >= 1L << 53) {
      return slow(text, start, end);
    }
    double value = scale == 0 ? mantissa : mantissa / POWERS[scale];
    // Subtracting from 0 keeps -0 out.
    return negative ? 0.0 - value : value;
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

  private static double slow(byte[] text, int from, int end) {
    return Double.parseDouble(new String(text, from, end - from, StandardCharsets.US_ASCII)) + 0.0;
  }
}
