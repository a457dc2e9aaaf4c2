package personas.feature;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import personas.text.BooleanWords;

/** The type of the values of a feature. */
public enum FeatureType {
  /** Numbers. */
  @JsonProperty("numeric")
  NUMERIC,
  /** Yes or no, clustered as 1 or 0. {@link BooleanWords} lists the words. */
  @JsonProperty("boolean")
  BOOLEAN,
  /** Texts with a few distinct levels, clustered as one indicator for each level. */
  @JsonProperty("category")
  CATEGORY,
  /**
   * The time of an event, as {@link personas.text.TimeParser} reads it. A spec cannot declare it
   * for a feature, because a time says nothing about a user before it is aggregated.
   */
  @JsonProperty("time")
  TIME;

  /** The types that a spec may declare for a feature. */
  public static final List<FeatureType> DECLARABLE = List.of(NUMERIC, BOOLEAN, CATEGORY);
}
