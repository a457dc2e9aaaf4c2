package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The treatment of a missing value of a feature. */
public enum MissingPolicy {
  /** The record is rejected, with a reason. */
  @JsonProperty("reject")
  REJECT,
  /** The raw mean of all users with a value is imputed. */
  @JsonProperty("mean")
  MEAN,
  /** The value 0 is imputed. */
  @JsonProperty("zero")
  ZERO,
  /**
   * The median of all users with a value is imputed. The median is exact for whole numbers up to
   * 128. For other values, the imputed value is the value of a user. It differs from the exact
   * median by at most one 64th of the median.
   */
  @JsonProperty("median")
  MEDIAN,
  /**
   * The most frequent value of a boolean or a category is imputed. Among equally frequent values, a
   * boolean gets {@code no}, and a category gets the level that comes first in the spec.
   */
  @JsonProperty("mode")
  MODE,
  /** Users without a value of a category form a separate level. */
  @JsonProperty("level")
  LEVEL
}
