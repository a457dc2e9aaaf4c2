package personas.spec;

import java.math.BigInteger;
import java.util.regex.Pattern;
import personas.text.ShortestDecimal;

/**
 * The numbers of a spec, each with its legal range: the one place for those, whether a value comes
 * from a spec or from a flag.
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
  // Narrower than Double.valueOf, which takes "1d" and "0x1p3" too.
  private static final Pattern FRACTION =
      Pattern.compile("NaN|[+-]?(Infinity|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)");

  final String key;
  private final boolean whole;
  private final double least;
  private final double most;

  NumberRange(String key, boolean whole, double least, double most) {
    this.key = key;
    this.whole = whole;
    this.least = least;
    this.most = most;
  }

  /** Why {@code value} is not allowed, to follow the value; null where it is. */
  public String refuse(Number value) {
    if (whole && !(value instanceof Integer || value instanceof Long)) {
      return " is not a whole number" + (this == SEED ? " of 64 bits" : " in " + range());
    }
    double number = value.doubleValue();
    boolean inside = number >= least && number <= most;
    return inside ? null : " is not in " + range();
  }

  /** The largest legal value of a key of whole numbers. */
  public int mostWhole() {
    return (int) most;
  }

  private String range() {
    return whole
        ? (long) least + ".." + (long) most
        : ShortestDecimal.of(least) + ".." + ShortestDecimal.of(most);
  }

  /** A flag's text as the number that a spec would hold; null where it is none. */
  static Number number(String text) {
    String trimmed = text.strip();
    if (WHOLE.matcher(trimmed).matches()) {
      BigInteger whole = new BigInteger(trimmed);
      return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }
    return FRACTION.matcher(trimmed).matches() ? Double.valueOf(trimmed) : null;
  }
}
