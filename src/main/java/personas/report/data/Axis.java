package personas.report.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a picture: its range, its scale and its ticks.
 *
 * @param min the value at the left or lower end
 * @param max the value at the other end, above {@code min}
 * @param unit 0 for a linear axis. Otherwise positions are proportional to {@code log(1 + value /
 *     unit)}, which is linear below the unit and logarithmic above, so the axis can show 0
 * @param ticks marked values, ascending, in {@code min..max}
 */
public record Axis(double min, double max, double unit, List<Tick> ticks) {
  /** The approximate number of ticks of a linear axis. */
  private static final int TICKS = 5;

  /** The maximum number of powers of ten on a logarithmic axis. */
  private static final int DECADES = 6;

  /** Above this value, the difference of two values may overflow. */
  private static final double LARGE = 0x1p1020;

  /** A marked value and its label. */
  public record Tick(double at, String label) {}

  /**
   * Returns a linear axis that includes {@code low..high}. The ends are round numbers; an end
   * beyond the range of doubles is the largest finite double.
   */
  public static Axis linear(double low, double high) {
    double margin = low != high ? 0 : low == 0 ? 1 : Math.abs(low) / 2;
    BigDecimal from = Decimals.of(finite(low - margin));
    BigDecimal to = Decimals.of(finite(high + margin));
    // A step is at least the distance between neighboring doubles, so that ticks differ.
    double resolution = Math.max(Math.ulp(low), Math.ulp(high));
    BigDecimal step =
        step(
            to.subtract(from)
                .divide(BigDecimal.valueOf(TICKS), MathContext.DECIMAL64)
                .max(new BigDecimal(resolution)));
    BigDecimal first = floor(from, step);
    BigDecimal last = floor(to, step);
    if (last.compareTo(to) < 0) {
      last = last.add(step);
    }
    List<Tick> ticks = new ArrayList<>();
    for (BigDecimal at = first; at.compareTo(last) <= 0; at = at.add(step)) {
      addTick(ticks, at, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
    return new Axis(finite(first.doubleValue()), finite(last.doubleValue()), 0, ticks);
  }

  /** Returns the smallest value above 0; {@code otherwise} if no value is above 0. */
  public static double leastAboveZero(double[] ascending, double otherwise) {
    return Arrays.stream(ascending).filter(value -> value > 0).findFirst().orElse(otherwise);
  }

  /** Returns the nearest finite number. */
  private static double finite(double value) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
  }

  /** Adds a tick if it lies in {@code low..high} and differs from the last tick. */
  private static void addTick(List<Tick> ticks, BigDecimal value, double low, double high) {
    Tick tick = new Tick(value.doubleValue(), label(value));
    Tick last = ticks.isEmpty() ? null : ticks.get(ticks.size() - 1);
    boolean differs = last == null || (tick.at > last.at && !tick.label.equals(last.label));
    if (differs && tick.at >= low && tick.at <= high) {
      ticks.add(tick);
    }
  }

  private static BigDecimal floor(BigDecimal value, BigDecimal step) {
    return value.divide(step, 0, RoundingMode.FLOOR).multiply(step);
  }

  /** Returns the smallest 1, 2, 2.5 or 5 times a power of ten that is at least {@code size}. */
  private static BigDecimal step(BigDecimal size) {
    BigDecimal power = powerOfTen(size);
    for (String factor : new String[] {"1", "2", "2.5", "5"}) {
      BigDecimal step = power.multiply(new BigDecimal(factor));
      if (step.compareTo(size) >= 0) {
        return step;
      }
    }
    return power.multiply(BigDecimal.TEN);
  }

  /** Returns the largest power of ten that is not above a positive value. */
  private static BigDecimal powerOfTen(BigDecimal value) {
    return BigDecimal.ONE.scaleByPowerOfTen(value.precision() - value.scale() - 1);
  }

  /**
   * Returns a logarithmic axis from {@code low} to {@code high}. If both are equal, the axis starts
   * at half of the value.
   *
   * @param low at least 0
   * @param high above 0
   * @param least the smallest value above 0 that the axis must distinguish from 0
   */
  public static Axis log(double low, double high, double least) {
    BigDecimal top = powerOfTen(Decimals.of(high));
    BigDecimal unit = powerOfTen(Decimals.of(least)).max(top.scaleByPowerOfTen(1 - DECADES));
    List<Tick> ticks = new ArrayList<>();
    if (low == 0) {
      ticks.add(new Tick(0, "0"));
    }
    // An axis of at most two decades has too few powers of ten, so it also has ticks at 2 and 5.
    boolean hasTwosAndFives = unit.scaleByPowerOfTen(2).compareTo(top) >= 0;
    for (BigDecimal power = unit; power.compareTo(top) <= 0; power = power.scaleByPowerOfTen(1)) {
      for (int factor : hasTwosAndFives ? new int[] {1, 2, 5} : new int[] {1}) {
        BigDecimal at = power.multiply(BigDecimal.valueOf(factor));
        addTick(ticks, at, low, high);
      }
    }
    double from = low == high ? low / 2 : low;
    if (ticks.isEmpty()) {
      addTick(ticks, Decimals.of(high), low, high);
    }
    return new Axis(from, high, Math.max(Double.MIN_VALUE, unit.doubleValue()), ticks);
  }

  /**
   * Returns whether the axis can distinguish its ends. On a logarithmic axis, neighboring doubles
   * may have the same logarithm.
   */
  public boolean hasDistinctEnds() {
    return scaled(min) < scaled(max);
  }

  /** Returns the position of a value: 0 at {@code min}, 1 at {@code max}. */
  public double position(double value) {
    double from = scaled(min);
    return (scaled(value) - from) / (scaled(max) - from);
  }

  /** Returns the value at a position. This is the inverse of {@link #position} up to rounding. */
  public double value(double position) {
    double from = scaled(min);
    double at = from + position * (scaled(max) - from);
    return finite(unit == 0 ? at / reduction() : StrictMath.expm1(at) * unit);
  }

  private double scaled(double value) {
    return unit == 0 ? value * reduction() : StrictMath.log1p(value / unit);
  }

  /**
   * Returns the power of two by which values are multiplied, so that the difference of two values
   * does not overflow.
   */
  private double reduction() {
    return Math.max(Math.abs(min), Math.abs(max)) > LARGE ? 0.25 : 1;
  }

  /**
   * Returns a short text with a minus sign that is as wide as a digit: {@code 1,500}, {@code 20k},
   * {@code 3M}, {@code 0.05}.
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
