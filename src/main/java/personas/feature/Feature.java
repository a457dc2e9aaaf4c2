package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One dimension of the clustering: a column, or one level of a category column.
 *
 * @param name the name of the column in the input, or of the indicator of a level
 * @param transform the transform of raw values before they are standardized
 * @param missing the treatment of a missing value
 * @param min the smallest raw value that is accepted; may be {@code -Double.MAX_VALUE}
 * @param max the largest raw value that is accepted; may be {@code Double.MAX_VALUE}
 * @param winsorize the quantile at which accepted values are winsorized
 * @param type the type of the values; null if the spec does not declare it
 * @param format the decorations of numbers that are accepted
 * @param weight the weight of the feature in distances, above 0; null for 1
 * @param level the level if the feature is an indicator; null for any other feature
 * @param words the label and other words for people, which do not change the clustering
 */
public record Feature(
    String name,
    Transform transform,
    MissingPolicy missing,
    double min,
    double max,
    Winsorizing winsorize,
    @JsonInclude(JsonInclude.Include.NON_NULL) FeatureType type,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<NumberFormat> format,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double weight,
    @JsonInclude(JsonInclude.Include.NON_NULL) CategoryLevel level,
    @JsonIgnore FeatureWords words)
    implements Serializable {

  public Feature {
    Objects.requireNonNull(transform, "transform");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(winsorize, "winsorize");
    Objects.requireNonNull(words, "words");
    // The digest of a spec covers the formats, so they need a fixed order.
    format = Collections.unmodifiableSet(new TreeSet<>(format));
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name: is empty; name the feature after its column");
    }
    if (!(min <= max)) {
      throw new IllegalArgumentException(name + ": min " + min + " is above max " + max);
    }
  }

  /** Creates a feature of plain numbers. */
  public Feature(
      String name,
      Transform transform,
      MissingPolicy missing,
      double min,
      double max,
      Winsorizing winsorize) {
    this(
        name,
        transform,
        missing,
        min,
        max,
        winsorize,
        null,
        Set.of(),
        null,
        null,
        FeatureWords.NONE);
  }

  /** Creates a feature whose values are not winsorized. */
  public Feature(String name, Transform transform, MissingPolicy missing, double min, double max) {
    this(name, transform, missing, min, max, Winsorizing.NONE);
  }

  /**
   * Returns a raw value in transformed space.
   *
   * @throws IllegalArgumentException if the transformed value is not finite; readers reject such
   *     values
   */
  public double transformed(double raw) {
    if (!(Math.abs(raw) <= Double.MAX_VALUE) || (transform == Transform.LOG1P && raw <= -1)) {
      throw new IllegalArgumentException(
          name
              + ": "
              + raw
              + (transform == Transform.LOG1P ? " is not above -1" : " is not finite"));
    }
    return transform.apply(raw);
  }

  /** Returns the same feature with another transform. */
  public Feature with(Transform chosen) {
    return new Feature(
        name, chosen, missing, min, max, winsorize, type, format, weight, level, words);
  }

  /**
   * Returns the indicator of a level of a category.
   *
   * @param missing the treatment of a missing value; {@link MissingPolicy#LEVEL} assigns the user
   *     to the level of missing values
   * @param words the words of the category
   */
  public static Feature ofLevel(
      CategoryLevel level, MissingPolicy missing, Double weight, FeatureWords words) {
    return new Feature(
        level.featureName(),
        Transform.NONE,
        missing,
        0,
        1,
        Winsorizing.NONE,
        FeatureType.CATEGORY,
        Set.of(),
        weight,
        level,
        words);
  }

  /** Returns the column that the values are read from. */
  public String column() {
    return level == null ? name : level.column();
  }

  /**
   * Returns a feature that accepts every finite value unchanged and rejects records with a missing
   * value.
   */
  public static Feature of(String name) {
    return new Feature(
        name, Transform.NONE, MissingPolicy.REJECT, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
