package personas.describe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The type of the values of a described column. */
public enum DescribedType {
  /** Numbers, described by their mean. */
  @JsonProperty("numeric")
  NUMERIC,
  /** Yes or no, described by the share of yes. */
  @JsonProperty("boolean")
  BOOLEAN,
  /** A few texts, described by their shares. */
  @JsonProperty("category")
  CATEGORY,
  /** Days, described by their mean. */
  @JsonProperty("date")
  DATE
}
