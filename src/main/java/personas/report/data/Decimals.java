package personas.report.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import personas.text.ShortestDecimal;

/** Doubles as the decimals that people read. */
public final class Decimals {
  /** No double has a digit below this place. */
  private static final int LOWEST_PLACE = -324;

  /** Powers of ten: the first whole numbers with one digit more. */
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** So many tell all doubles apart. */
  private static final int MOST_DIGITS = 17;

  private Decimals() {}

  /** The shortest decimal that reads back as {@code value}; the same on every JDK. */
  public static BigDecimal of(double value) {
    return new BigDecimal(ShortestDecimal.of(value));
  }

  /** {@code value} to so many significant digits. */
  public static double significant(double value, int digits) {
    long whole = (long) value;
    if (whole == value && digits < POWERS.length && Math.abs(whole) < POWERS[digits]) {
      // All its digits, and no sign of a zero.
      return whole;
    }
    double rounded = of(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)).doubleValue();
    // The largest doubles would be rounded up beyond all.
    return Double.isInfinite(rounded) ? value : rounded;
  }

  /** The greatest number with one significant digit that is not above {@code value}. */
  public static double below(double value) {
    return of(value).round(new MathContext(1, RoundingMode.FLOOR)).doubleValue();
  }

  /** The least number with two significant digits that is not below {@code value}, and a double. */
  public static double above(double value) {
    double rounded = of(value).round(new MathContext(2, RoundingMode.CEILING)).doubleValue();
    return Math.min(Double.MAX_VALUE, rounded);
  }

  /**
   * How many significant digits tell values of {@code low..high} apart as well as {@code digits} do
   * where the range starts at 0.
   */
  public static int digits(double low, double high, int digits) {
    BigDecimal span = of(high).subtract(of(low));
    BigDecimal largest = of(low).abs().max(of(high).abs());
    int more = span.signum() == 0 ? 0 : highestPlace(largest.divide(span, MathContext.DECIMAL64));
    return Math.min(MOST_DIGITS, digits + Math.max(0, more));
  }

  /** {@code value} to so many places. */
  public static double places(double value, int places) {
    double scaled = value * POWERS[places];
    if (Math.abs(scaled) < 1 << 30) {
      double whole = Math.rint(scaled);
      // Far from a half neither the decimal's error nor the product's matters.
      if (Math.abs(scaled - whole) < 0.499) {
        return whole / POWERS[places] + 0.0;
      }
    }
    // Adding 0 turns -0 into 0.
    return of(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue() + 0.0;
  }

  /**
   * The decimal with the fewest digits in {@code low < x <= high}: among equals the least. For a
   * threshold that a person can say.
   */
  public static BigDecimal shortestAbove(double low, double high) {
    BigDecimal from = of(low);
    BigDecimal to = of(high);
    int place = Math.max(highestPlace(from), highestPlace(to));
    for (; place >= LOWEST_PLACE; place--) {
      BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(place);
      BigDecimal next = from.divide(step, 0, RoundingMode.FLOOR).add(BigDecimal.ONE).multiply(step);
      if (next.compareTo(to) <= 0) {
        return next;
      }
    }
    return to;
  }

  /** The decimal with the fewest digits in {@code low <= x < high}: among equals the greatest. */
  public static BigDecimal shortestBelow(double low, double high) {
    return shortestAbove(-high, -low).negate();
  }

  private static int highestPlace(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  /** Plain text without an exponent where that is not long, as a number in SQL. */
  public static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int place = highestPlace(stripped);
    return place < -6 || place > 20 ? stripped.toString() : stripped.toPlainString();
  }
}
