package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A column whose values are numbers, yes or no, or times.
 *
 * @param name the name of the column in the input
 * @param transform the transform of raw values before they are standardized
 * @param missing the treatment of a missing value
 * @param min the smallest raw value that is accepted; may be {@code -Double.MAX_VALUE}
 * @param max the largest raw value that is accepted; may be {@code Double.MAX_VALUE}
 * @param winsorize the quantile at which accepted values are winsorized
 * @param type the type of the values; null if the spec does not declare it
 * @param format the decorations of numbers that are accepted
 * @param weight the weight of the feature in distances, above 0; null for 1
 * @param words the label and other words for people, which do not change the clustering
 */
public record ColumnFeature(
    String name,
    Transform transform,
    MissingPolicy missing,
    double min,
    double max,
    Winsorizing winsorize,
    @JsonInclude(JsonInclude.Include.NON_NULL) FeatureType type,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<NumberFormat> format,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double weight,
    @JsonIgnore FeatureWords words)
    implements Feature {

  public ColumnFeature {
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
    if (type == FeatureType.CATEGORY) {
      throw new IllegalArgumentException(name + ": each level of a category is a feature");
    }
  }

  /** Creates a feature of plain numbers, which are not winsorized. */
  public ColumnFeature(
      String name, Transform transform, MissingPolicy missing, double min, double max) {
    this(
        name,
        transform,
        missing,
        min,
        max,
        Winsorizing.NONE,
        null,
        Set.of(),
        null,
        FeatureWords.NONE);
  }

  /** Returns the same feature, winsorized at another quantile. */
  public ColumnFeature with(Winsorizing chosen) {
    return new ColumnFeature(
        name, transform, missing, min, max, chosen, type, format, weight, words);
  }

  @Override
  public String column() {
    return name;
  }

  @Override
  public ColumnFeature with(Transform chosen) {
    return new ColumnFeature(
        name, chosen, missing, min, max, winsorize, type, format, weight, words);
  }
}
