package personas.report.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import personas.text.ShortestDecimal;

/** Rounds doubles to decimals that people read. */
public final class Decimals {
  /** The exponent of the smallest positive double, 4.9e-324. */
  private static final int MIN_EXPONENT = -324;

  /** The powers of ten by their exponent. */
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** This number of significant digits distinguishes all doubles. */
  private static final int MOST_DIGITS = 17;

  private Decimals() {}

  /** Returns the shortest decimal that reads back as {@code value}; the same on every JDK. */
  public static BigDecimal of(double value) {
    return new BigDecimal(ShortestDecimal.of(value));
  }

  /** Returns {@code value} rounded to a number of significant digits, half to even. */
  public static double significant(double value, int digits) {
    long whole = (long) value;
    if (whole == value && digits < POWERS.length && Math.abs(whole) < POWERS[digits]) {
      // The number has few digits. The cast removed the sign of a zero.
      return whole;
    }
    double rounded = of(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)).doubleValue();
    // The largest doubles would be rounded up to infinity.
    return Double.isInfinite(rounded) ? value : rounded;
  }

  /** Returns the greatest number with one significant digit that is at most {@code value}. */
  public static double below(double value) {
    return of(value).round(new MathContext(1, RoundingMode.FLOOR)).doubleValue();
  }

  /** Returns the least double with two significant digits that is at least {@code value}. */
  public static double above(double value) {
    double rounded = of(value).round(new MathContext(2, RoundingMode.CEILING)).doubleValue();
    return Math.min(Double.MAX_VALUE, rounded);
  }

  /**
   * Returns the number of significant digits for the values of a range. A range that starts at 0
   * gets {@code digits}. A narrow range far from 0 gets more, because its values share their first
   * digits.
   */
  public static int digits(double low, double high, int digits) {
    BigDecimal span = of(high).subtract(of(low));
    BigDecimal largest = of(low).abs().max(of(high).abs());
    int more = span.signum() == 0 ? 0 : exponentOf(largest.divide(span, MathContext.DECIMAL64));
    return Math.min(MOST_DIGITS, digits + Math.max(0, more));
  }

  /** Returns {@code value} rounded to a number of decimal places, half to even. */
  public static double places(double value, int places) {
    double scaled = value * POWERS[places];
    if (Math.abs(scaled) < 1 << 30) {
      double whole = Math.rint(scaled);
      // Away from a half, the rounding error of the product does not matter.
      if (Math.abs(scaled - whole) < 0.499) {
        return whole / POWERS[places] + 0.0;
      }
    }
    // Adding 0 turns -0 into 0.
    return of(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue() + 0.0;
  }

  /**
   * Returns the decimal with the fewest digits in {@code low < x <= high}. If several decimals have
   * the fewest digits, the least one is returned. Such a threshold is easy to read and to remember.
   */
  public static BigDecimal shortestAbove(double low, double high) {
    BigDecimal from = of(low);
    BigDecimal to = of(high);
    int exponent = Math.max(exponentOf(from), exponentOf(to));
    for (; exponent >= MIN_EXPONENT; exponent--) {
      BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(exponent);
      BigDecimal next = from.divide(step, 0, RoundingMode.FLOOR).add(BigDecimal.ONE).multiply(step);
      if (next.compareTo(to) <= 0) {
        return next;
      }
    }
    return to;
  }

  /**
   * Returns the decimal with the fewest digits in {@code low <= x < high}. If several decimals have
   * the fewest digits, the greatest one is returned.
   */
  public static BigDecimal shortestBelow(double low, double high) {
    return shortestAbove(-high, -low).negate();
  }

  /** Returns the power of ten of the first digit, such as 2 for 345. */
  private static int exponentOf(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  /** Returns a number as SQL writes it, with an exponent only if the plain text would be long. */
  public static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = exponentOf(stripped);
    return exponent < -6 || exponent > 20 ? stripped.toString() : stripped.toPlainString();
  }
}
