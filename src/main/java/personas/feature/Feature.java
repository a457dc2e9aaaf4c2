package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.Serializable;
import java.util.Set;

/**
 * One dimension of the clustering: a column, or one level of a category column. The digest of a
 * spec covers the features as JSON, so the keys of both kinds of features have the same order.
 */
@JsonPropertyOrder({
  "format",
  "level",
  "max",
  "min",
  "missing",
  "name",
  "transform",
  "type",
  "weight",
  "winsorize"
})
public sealed interface Feature extends Serializable permits ColumnFeature, LevelFeature {
  /** Returns the name of the column in the input, or of the indicator of a level. */
  @JsonProperty
  String name();

  /** Returns the transform of raw values before they are standardized. */
  @JsonProperty
  Transform transform();

  /** Returns the treatment of a missing value. */
  @JsonProperty
  MissingPolicy missing();

  /** Returns the smallest raw value that is accepted; may be {@code -Double.MAX_VALUE}. */
  @JsonProperty
  double min();

  /** Returns the largest raw value that is accepted; may be {@code Double.MAX_VALUE}. */
  @JsonProperty
  double max();

  /** Returns the quantile at which accepted values are winsorized. */
  @JsonProperty
  Winsorizing winsorize();

  /** Returns the type of the values; null if the spec does not declare it. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  FeatureType type();

  /** Returns the decorations of a number that readers accept, such as a currency sign. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  Set<NumberFormat> format();

  /** Returns the weight of the feature in distances, above 0; null for 1. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Double weight();

  /** Returns the label and other words for people, which do not change the clustering. */
  @JsonIgnore
  FeatureWords words();

  /** Returns the column that the values are read from. */
  String column();

  /**
   * Returns the same feature with another transform.
   *
   * @throws IllegalArgumentException if an indicator gets a transform
   */
  Feature with(Transform chosen);

  /**
   * Returns a raw value in transformed space.
   *
   * @throws IllegalArgumentException if the transformed value is not finite; readers reject such
   *     values
   */
  default double transformed(double raw) {
    if (!(Math.abs(raw) <= Double.MAX_VALUE) || (transform() == Transform.LOG1P && raw <= -1)) {
      throw new IllegalArgumentException(
          name()
              + ": "
              + raw
              + (transform() == Transform.LOG1P ? " is not above -1" : " is not finite"));
    }
    return transform().apply(raw);
  }

  /** Returns whether this is the indicator of a level of a category column. */
  default boolean isLevelOf(String column) {
    return this instanceof LevelFeature && column().equals(column);
  }

  /**
   * Returns a feature that accepts every finite value unchanged and rejects records with a missing
   * value.
   */
  static Feature of(String name) {
    return new ColumnFeature(
        name, Transform.NONE, MissingPolicy.REJECT, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
