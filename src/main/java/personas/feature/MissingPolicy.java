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
  ZERO
}
