package personas.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done to a raw value before it is standardised. */
public enum Transform {
  /** The raw value itself. */
  @JsonProperty("none")
  NONE,
  /** {@code log(1 + x)}, for skewed counts; needs {@code x > -1}. */
  @JsonProperty("log1p")
  LOG1P;

  /** The value in transformed space; {@link StrictMath}, so the same bits on every machine. */
  public double apply(double raw) {
    return this == LOG1P ? StrictMath.log1p(raw) : raw;
  }

  /** The raw value whose transform is {@code transformed}, up to rounding. */
  public double invert(double transformed) {
    return this == LOG1P ? StrictMath.expm1(transformed) : transformed;
  }
}
