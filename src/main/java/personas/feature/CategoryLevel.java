package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One level of a category column, which becomes an indicator: 1 for the users of this level, 0 for
 * all other users (one-hot encoding). Each category has one additional indicator, {@value #OTHER},
 * which is 1 for all values that are not among the levels, including values that appear only after
 * the training. JSON stores every level as {@link Known}, because the levels of a model are known.
 */
@JsonDeserialize(as = CategoryLevel.Known.class)
@JsonPropertyOrder({"column", "levels", "level", "maxLevels"})
public sealed interface CategoryLevel extends Serializable {
  /** The level of all values that are not listed. */
  String OTHER = "other";

  /** The level of users without a value, if the missing values of a category are a level. */
  String MISSING = "missing";

  /** Returns the name of the category column. */
  @JsonProperty
  String column();

  /**
   * Returns the levels of the column, in the order of their indicators; empty if they are not
   * known.
   */
  @JsonProperty
  List<String> levels();

  /**
   * Returns the level that this indicator stands for; {@link #OTHER} for all values that are not
   * listed, {@link #MISSING} for users without a value.
   */
  @JsonProperty
  String level();

  /** A level of a category whose levels are known. */
  @JsonDeserialize
  record Known(String column, List<String> levels, String level) implements CategoryLevel {
    public Known {
      if (column == null || levels == null || level == null) {
        throw new IllegalArgumentException("level: column, levels or level is missing");
      }
      levels = List.copyOf(levels);
    }
  }

  /**
   * The only indicator of a category whose levels are not known yet. The indicator is 1 for all
   * users who have a value.
   *
   * @param maxLevels how many levels the run may choose, at least 1
   */
  record ToCount(String column, int maxLevels) implements CategoryLevel {
    public ToCount {
      Objects.requireNonNull(column, "column");
      if (maxLevels < 1) {
        throw new IllegalArgumentException("maxLevels: " + maxLevels + " is below 1");
      }
    }

    @Override
    public List<String> levels() {
      return List.of();
    }

    @Override
    public String level() {
      return OTHER;
    }
  }

  /**
   * Returns all indicators of a category column: the levels in their order, {@link #OTHER}, and
   * {@link #MISSING} if missing values are a level.
   */
  static List<CategoryLevel> of(String column, List<String> levels, boolean hasMissing) {
    List<String> allLevels = new ArrayList<>(levels);
    for (String addedLevel : hasMissing ? List.of(OTHER, MISSING) : List.of(OTHER)) {
      if (!allLevels.contains(addedLevel)) {
        allLevels.add(addedLevel);
      }
    }
    return allLevels.stream()
        .<CategoryLevel>map(level -> new Known(column, levels, level))
        .toList();
  }

  /** Returns the categories whose levels a run has to count, in the order of the features. */
  static List<ToCount> toCount(List<Feature> features) {
    return features.stream()
        .filter(LevelFeature.class::isInstance)
        .map(feature -> ((LevelFeature) feature).level())
        .filter(ToCount.class::isInstance)
        .map(ToCount.class::cast)
        .toList();
  }

  /** Returns the name of the indicator, such as {@code contract=monthly}. */
  default String featureName() {
    return column() + "=" + level();
  }

  /** Returns whether this is the level of users without a value. */
  @JsonIgnore
  default boolean isOfMissing() {
    return level().equals(MISSING);
  }

  /** Returns whether this is the level of all values that are not listed. */
  @JsonIgnore
  default boolean isOfOthers() {
    return level().equals(OTHER);
  }
}
