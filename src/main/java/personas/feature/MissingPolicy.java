package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a record that has no value for a feature. */
public enum MissingPolicy {
  /** The record is rejected, with a reason. */
  @JsonProperty("reject")
  REJECT,
  /** The raw mean of the users that have a value stands in. */
  @JsonProperty("mean")
  MEAN,
  /** 0 stands in. */
  @JsonProperty("zero")
  ZERO,
  /**
   * The median of the users that have a value stands in, exact for whole numbers up to 128. Other
   * values have the median of the quantile sketch: a user's value within a 64th of it.
   */
  @JsonProperty("median")
  MEDIAN,
  /**
   * The most frequent value of a boolean or a category stands in. If several are, it is {@code no}
   * for a boolean, and for a category the first of these levels in the order of the spec.
   */
  @JsonProperty("mode")
  MODE,
  /** Users without a value of a category have a level of their own. */
  @JsonProperty("level")
  LEVEL
}
