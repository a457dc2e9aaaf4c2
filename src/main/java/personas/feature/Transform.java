package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done to a raw value before it is standardised. */
public enum Transform {
  /** The raw value itself. */
  @JsonProperty("none")
  NONE,
  /** {@code log(1 + x)}, for skewed counts; needs {@code x > -1}. */
  @JsonProperty("log1p")
  LOG1P,
  /**
   * {@link #LOG1P} if no value is negative, there are at least three different values, and the
   * values have a long upper tail or their deviation is more than twice their mean; else {@link
   * #NONE}. The standardizer makes this choice from the moments and the sketch of all users. Until
   * then it leaves values as they are. The default, because a few extreme users in one skewed count
   * otherwise decide the clusters of all.
   */
  @JsonProperty("auto")
  AUTO;

  /** The value in transformed space; {@link StrictMath}, so the same bits on every machine. */
  public double apply(double raw) {
    return this == LOG1P ? StrictMath.log1p(raw) : raw;
  }

  /** The raw value whose transform is {@code transformed}, up to rounding. */
  public double invert(double transformed) {
    return this == LOG1P ? StrictMath.expm1(transformed) : transformed;
  }
}
