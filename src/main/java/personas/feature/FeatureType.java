package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;
import personas.text.BooleanWords;

/** What the values of a feature are. */
public enum FeatureType {
  /** Numbers. */
  @JsonProperty("numeric")
  NUMERIC,
  /** Yes or no, clustered as 1 or 0. {@link BooleanWords} lists the words. */
  @JsonProperty("boolean")
  BOOLEAN
}
