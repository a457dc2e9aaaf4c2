package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The transform of a raw value before it is standardized. */
public enum Transform {
  /** The raw value is unchanged. */
  @JsonProperty("none")
  NONE,
  /** {@code log(1 + x)}, for skewed counts; needs {@code x > -1}. */
  @JsonProperty("log1p")
  LOG1P,
  /**
   * The data choose between {@link #LOG1P} and {@link #NONE}. {@link #LOG1P} is chosen if no value
   * is negative, at least three values are distinct, and the values have a long upper tail or a
   * standard deviation above twice the mean. The standardizer chooses from the moments and the
   * sketch of all users; before that, values are unchanged. This is the default, because otherwise
   * a few extreme users in one skewed count can decide all clusters.
   */
  @JsonProperty("auto")
  AUTO;

  /**
   * Returns the value in transformed space. {@link StrictMath} gives the same bits on every
   * machine.
   */
  public double apply(double raw) {
    return this == LOG1P ? StrictMath.log1p(raw) : raw;
  }

  /** Returns the raw value whose transform is {@code transformed}, up to rounding. */
  public double invert(double transformed) {
    return this == LOG1P ? StrictMath.expm1(transformed) : transformed;
  }
}
