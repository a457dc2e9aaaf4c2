package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One level of a category column, which becomes an indicator: 1 for the users of this level, 0 for
 * all others (one-hot encoding). Each category has one more indicator, {@value #OTHER}, for all
 * values that are not listed as levels, including values that appear after the training.
 *
 * @param column the category column
 * @param levels the levels of the column, in the order of their indicators
 * @param level the level of this indicator; {@link #OTHER} for all values that are not listed,
 *     {@link #MISSING} for users without a value
 * @param maxLevels the maximum number of levels that a run may choose by counting; null if the
 *     levels are known
 */
public record CategoryLevel(
    String column,
    List<String> levels,
    String level,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer maxLevels)
    implements Serializable {
  /** The level of all values that are not listed. */
  public static final String OTHER = "other";

  /** The level of users without a value, if the missing values of a category are a level. */
  public static final String MISSING = "missing";

  public CategoryLevel {
    if (column == null || levels == null || level == null) {
      throw new IllegalArgumentException(
          "level: column, levels or level is missing; all three are required");
    }
    levels = List.copyOf(levels);
  }

  /** Creates a level of a category whose levels are known. */
  public CategoryLevel(String column, List<String> levels, String level) {
    this(column, levels, level, null);
  }

  /**
   * Returns the only indicator of a category whose levels are not known yet. The indicator is 1 for
   * all users who have a value.
   *
   * @param maxLevels the maximum number of levels that the run may choose
   */
  public static CategoryLevel toCount(String column, int maxLevels) {
    return new CategoryLevel(column, List.of(), OTHER, maxLevels);
  }

  /**
   * Returns all indicators of a category column: the levels in their order, {@link #OTHER}, and
   * {@link #MISSING} if missing values are a level.
   */
  public static List<CategoryLevel> of(String column, List<String> levels, boolean hasMissing) {
    List<String> indicators = new ArrayList<>(levels);
    for (String extra : hasMissing ? List.of(OTHER, MISSING) : List.of(OTHER)) {
      if (!indicators.contains(extra)) {
        indicators.add(extra);
      }
    }
    return indicators.stream().map(level -> new CategoryLevel(column, levels, level)).toList();
  }

  /** Returns the name of the indicator, such as {@code contract=monthly}. */
  public String featureName() {
    return column + "=" + level;
  }

  /** Returns the categories whose levels a run has to count, in the order of the features. */
  public static List<CategoryLevel> toCount(List<Feature> features) {
    return features.stream()
        .map(Feature::level)
        .filter(level -> level != null && level.isToCount())
        .toList();
  }

  /** Returns whether a run has to count the levels, because they are not known yet. */
  @JsonIgnore
  public boolean isToCount() {
    return maxLevels != null;
  }

  /** Returns whether this is the level of users without a value. */
  @JsonIgnore
  public boolean isOfMissing() {
    return level.equals(MISSING);
  }

  /** Returns whether this is the level of all values that are not listed. */
  @JsonIgnore
  public boolean isOfOthers() {
    return level.equals(OTHER);
  }
}
