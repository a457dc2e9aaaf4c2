package personas.spec;

import java.math.BigInteger;
import java.util.regex.Pattern;
import personas.text.ShortestDecimal;

/**
 * The numeric keys of a spec, each with the range of allowed values. The ranges apply to the keys
 * of a spec and to the flags that override them.
 */
public enum NumberRange {
  K("k", true, 2, 256),
  SEED("seed", true, Long.MIN_VALUE, Long.MAX_VALUE),
  TOLERANCE("tolerance", false, 0, 1000),
  MAX_ITERATIONS("maxIterations", true, 1, 10_000),
  RESTARTS("restarts", true, 1, 1000),
  MIN_SEGMENT_SHARE("minSegmentShare", false, 0, 0.5),
  MAX_REJECTED_SHARE("maxRejectedShare", false, 0, 1),
  WINSORIZE("winsorize", false, 0.5, 1),
  MAX_LEVELS("maxLevels", true, 1, 1000),
  WEIGHT("weight", false, 0.01, 100),
  MARGIN("margin", false, 0, 1),
  MAX_FLIP_BACK("maxFlipBack", false, 0, 1),
  MIN_GROUP("minGroup", true, 2, 1000);

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  // Double.valueOf would also accept "1d" and "0x1p3".
  private static final Pattern FRACTION =
      Pattern.compile("NaN|[+-]?(Infinity|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)");

  /** The name of the key, which is also the name of the flag. */
  final String key;

  private final boolean isWhole;
  private final double min;
  private final double max;

  NumberRange(String key, boolean isWhole, double min, double max) {
    this.key = key;
    this.isWhole = isWhole;
    this.min = min;
    this.max = max;
  }

  /**
   * Returns why a value is not allowed, as the end of a message that begins with the value; null if
   * the value is allowed.
   */
  public String violation(Number value) {
    if (isWhole && !(value instanceof Integer || value instanceof Long)) {
      return " is not a whole number" + (this == SEED ? " of 64 bits" : " in " + range());
    }
    double number = value.doubleValue();
    boolean isInRange = number >= min && number <= max;
    return isInRange ? null : " is not in " + range();
  }

  /** Returns the largest allowed value of a whole number. */
  public int maxWhole() {
    return (int) max;
  }

  private String range() {
    return isWhole
        ? (long) min + ".." + (long) max
        : ShortestDecimal.of(min) + ".." + ShortestDecimal.of(max);
  }

  /**
   * Parses the text of a flag. Returns a {@code Long} for a whole number, a {@code BigInteger} for
   * a whole number that does not fit in 64 bits, a {@code Double} for any other number, and null
   * for a text that is not a number.
   */
  static Number number(String text) {
    String trimmed = text.strip();
    if (WHOLE.matcher(trimmed).matches()) {
      BigInteger integer = new BigInteger(trimmed);
      return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
    }
    return FRACTION.matcher(trimmed).matches() ? Double.valueOf(trimmed) : null;
  }
}
