package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One dimension that the clustering looks at: a column, or one level of a category column.
 *
 * @param name the column's name in the input; of a level, the name of its indicator
 * @param transform what is done to the raw value before it is standardised
 * @param missing what happens to a record without a value
 * @param min the smallest raw value that is accepted; may be {@code -Double.MAX_VALUE}
 * @param max the largest raw value that is accepted; may be {@code Double.MAX_VALUE}
 * @param winsorize how far accepted values may lie out before they are limited
 * @param type what the values are; null if the spec does not say
 * @param format the decorations of numbers that are accepted
 * @param weight how much the feature counts for distances, above 0; null for 1
 * @param level the level of a category that the feature is the indicator of; null if it is none
 * @param words how people speak of it, which does not change what the segmentation means
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
    // In the order of their declaration, because the digest of a spec covers them.
    format = Collections.unmodifiableSet(new TreeSet<>(format));
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name: empty; a feature is named after its column");
    }
    if (!(min <= max)) {
      throw new IllegalArgumentException(name + ": min " + min + " is above max " + max);
    }
  }

  /** A feature of plain numbers. */
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

  /** A feature whose values are not limited. */
  public Feature(String name, Transform transform, MissingPolicy missing, double min, double max) {
    this(name, transform, missing, min, max, Winsorizing.NONE);
  }

  /**
   * A raw value in transformed space.
   *
   * @throws IllegalArgumentException where the transform has no finite value for it; the readers
   *     let none such through
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

  /** The same feature with another transform. */
  public Feature with(Transform chosen) {
    return new Feature(
        name, chosen, missing, min, max, winsorize, type, format, weight, level, words);
  }

  /**
   * The indicator of a level of a category.
   *
   * @param missing what happens to a record without a value; {@link MissingPolicy#LEVEL} makes it a
   *     user of the level of missing values
   * @param words of the category
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

  /** The column that the values are read from. */
  public String column() {
    return level == null ? name : level.column();
  }

  /** A feature that takes every finite value as it is and rejects records without one. */
  public static Feature of(String name) {
    return new Feature(
        name, Transform.NONE, MissingPolicy.REJECT, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
