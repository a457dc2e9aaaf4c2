package personas.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a picture: where a value lies on it, and which values are marked.
 *
 * @param min its left or lower end
 * @param max its other end, above {@code min}
 * @param unit 0 for a linear axis; else the axis is even in {@code log(1 + value / unit)}, which is
 *     linear below the unit and logarithmic above, and so has a place for 0
 * @param ticks marked values, ascending, in {@code min..max}
 */
record Axis(double min, double max, double unit, List<Tick> ticks) {
  /** About how many ticks an axis has. */
  private static final int TICKS = 5;

  /** A logarithmic axis spans no more powers of ten. */
  private static final int DECADES = 6;

  /** A marked value and its text. */
  record Tick(double at, String label) {}

  /** A linear axis that holds {@code low..high} and ends at round numbers. */
  static Axis linear(double low, double high) {
    double from = low;
    double to = high;
    if (from == to) {
      double margin = from == 0 ? 1 : Math.abs(from) / 2;
      from -= margin;
      to += margin;
    }
    BigDecimal step = step(to / TICKS - from / TICKS);
    BigDecimal first = floor(from, step);
    BigDecimal last = floor(to, step);
    if (last.doubleValue() < to) {
      last = last.add(step);
    }
    List<Tick> ticks = new ArrayList<>();
    for (BigDecimal at = first; at.compareTo(last) <= 0; at = at.add(step)) {
      ticks.add(new Tick(at.doubleValue(), label(at)));
    }
    return new Axis(first.doubleValue(), last.doubleValue(), 0, ticks);
  }

  private static BigDecimal floor(double value, BigDecimal step) {
    return Decimals.of(value).divide(step, 0, RoundingMode.FLOOR).multiply(step);
  }

  /** The least of 1, 2, 2.5, 5 times a power of ten that is not below {@code size}. */
  private static BigDecimal step(double size) {
    BigDecimal power = powerOfTen(size);
    for (String factor : new String[] {"1", "2", "2.5", "5"}) {
      BigDecimal step = power.multiply(new BigDecimal(factor));
      if (step.doubleValue() >= size) {
        return step;
      }
    }
    return power.multiply(BigDecimal.TEN);
  }

  /** The largest power of ten that is not above a positive value. */
  private static BigDecimal powerOfTen(double value) {
    BigDecimal exact = Decimals.of(value);
    return BigDecimal.ONE.scaleByPowerOfTen(exact.precision() - exact.scale() - 1);
  }

  /**
   * A logarithmic axis from {@code low} to {@code high}.
   *
   * @param low at least 0
   * @param high above 0
   * @param least the smallest value above 0
   */
  static Axis log(double low, double high, double least) {
    BigDecimal top = powerOfTen(high);
    BigDecimal unit = powerOfTen(least).max(top.scaleByPowerOfTen(1 - DECADES));
    List<Tick> ticks = new ArrayList<>();
    if (low == 0) {
      ticks.add(new Tick(0, "0"));
    }
    // Within two decades the powers of ten alone mark too little.
    boolean fine = unit.scaleByPowerOfTen(2).compareTo(top) >= 0;
    for (BigDecimal power = unit; power.compareTo(top) <= 0; power = power.scaleByPowerOfTen(1)) {
      for (int factor : fine ? new int[] {1, 2, 5} : new int[] {1}) {
        BigDecimal at = power.multiply(BigDecimal.valueOf(factor));
        if (at.doubleValue() >= low && at.doubleValue() <= high) {
          ticks.add(new Tick(at.doubleValue(), label(at)));
        }
      }
    }
    double from = low == high ? low / 2 : low;
    return new Axis(from, high, unit.doubleValue(), ticks);
  }

  /** Where a value lies: 0 at {@code min}, 1 at {@code max}. */
  double position(double value) {
    double from = scaled(min);
    return (scaled(value) - from) / (scaled(max) - from);
  }

  /** The value at a position; the inverse of {@link #position} up to rounding. */
  double value(double position) {
    double from = scaled(min);
    double at = from + position * (scaled(max) - from);
    return unit == 0 ? at : StrictMath.expm1(at) * unit;
  }

  private double scaled(double value) {
    return unit == 0 ? value : StrictMath.log1p(value / unit);
  }

  /**
   * Short text, with a minus sign that is as wide as a digit: {@code 1,500}, {@code 20k}, {@code
   * 3M}, {@code 0.05}.
   */
  static String label(BigDecimal value) {
    return hyphenated(value).replace('-', '−');
  }

  private static String hyphenated(BigDecimal value) {
    BigDecimal size = value.abs();
    if (size.compareTo(new BigDecimal("1e15")) >= 0 || isTiny(size)) {
      BigDecimal rounded = value.round(new MathContext(3)).stripTrailingZeros();
      int exponent = rounded.precision() - rounded.scale() - 1;
      return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
    String[] suffixes = {"T", "G", "M", "k"};
    for (int i = 0; i < suffixes.length; i++) {
      int power = 12 - 3 * i;
      BigDecimal threshold = BigDecimal.ONE.scaleByPowerOfTen(power == 3 ? 4 : power);
      if (size.compareTo(threshold) >= 0) {
        return plain(value.scaleByPowerOfTen(-power)) + suffixes[i];
      }
    }
    return size.compareTo(BigDecimal.valueOf(1000)) >= 0 && isWhole(value)
        ? String.format(Locale.ROOT, "%,d", value.longValue())
        : plain(value);
  }

  private static boolean isTiny(BigDecimal size) {
    return size.signum() > 0 && size.compareTo(new BigDecimal("1e-5")) < 0;
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
