package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Set;

/**
 * The indicator of a level of a category.
 *
 * @param level the level
 * @param missing the treatment of a missing value; {@link MissingPolicy#LEVEL} assigns the user to
 *     the level of missing values
 * @param weight the weight of the feature in distances, above 0; null for 1
 * @param words the words of the category
 */
public record LevelFeature(
    CategoryLevel level,
    MissingPolicy missing,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double weight,
    @JsonIgnore FeatureWords words)
    implements Feature {

  public LevelFeature {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(words, "words");
  }

  @Override
  public String name() {
    return level.featureName();
  }

  @Override
  public String column() {
    return level.column();
  }

  @Override
  public FeatureType type() {
    return FeatureType.CATEGORY;
  }

  @Override
  public double min() {
    return 0;
  }

  @Override
  public double max() {
    return 1;
  }

  @Override
  public Transform transform() {
    return Transform.NONE;
  }

  @Override
  public Winsorizing winsorize() {
    return Winsorizing.NONE;
  }

  @Override
  public Set<NumberFormat> format() {
    return Set.of();
  }

  @Override
  public LevelFeature with(Transform chosen) {
    if (chosen != Transform.NONE) {
      throw new IllegalArgumentException(name() + ": an indicator has no transform");
    }
    return this;
  }
}
