package personas.spec.yaml;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureWords;
import personas.feature.FrequentLevels;
import personas.feature.MissingPolicy;
import personas.spec.NumberRange;

/**
 * Reads a feature with {@code type: category}: one indicator for each of its levels. A category
 * without levels has one indicator until the run has counted the levels.
 */
final class CategoryKeys {
  private static final int MAX_LEVELS = NumberRange.MAX_LEVELS.mostWhole();
  private static final Set<MissingPolicy> POLICIES =
      EnumSet.of(MissingPolicy.REJECT, MissingPolicy.MEAN, MissingPolicy.MODE, MissingPolicy.LEVEL);

  private CategoryKeys() {}

  /**
   * The indicators of a category, in the order of its levels; {@link CategoryLevel.ToCount} alone
   * if the spec lists no levels.
   *
   * @param keys of the feature
   * @param name of the feature; if it is empty, that mistake is noted already and there is no
   *     indicator
   */
  static List<Feature> levels(
      Map<String, SpecNode> keys,
      String name,
      MissingPolicy missing,
      Double weight,
      FeatureWords words) {
    for (String key :
        List.of("format", "transform", "winsorize", "min", "max", "unit", "betterIs")) {
      if (keys.get(key).isPresent()) {
        keys.get(key).mistake("applies to numbers, but this feature has type: category");
      }
    }
    MissingPolicy policy = missing;
    if (!POLICIES.contains(missing)) {
      keys.get("missing").mistake("a category can have reject, mean, mode or level");
      policy = MissingPolicy.REJECT;
    }
    List<Feature> features = new ArrayList<>();
    for (CategoryLevel level : levels(keys, name, policy == MissingPolicy.LEVEL)) {
      if (!name.isEmpty()) {
        features.add(Feature.ofLevel(level, policy, weight, words));
      }
    }
    return features;
  }

  private static List<CategoryLevel> levels(
      Map<String, SpecNode> keys, String name, boolean missingIsLevel) {
    SpecNode maxLevels = keys.get("maxLevels");
    if (!keys.get("levels").isPresent()) {
      int most = maxLevels.number(NumberRange.MAX_LEVELS, FrequentLevels.DEFAULT_MAX).intValue();
      return List.of(new CategoryLevel.ToCount(name, most));
    }
    if (maxLevels.isPresent()) {
      maxLevels.mistake("applies to levels that the run counts, but this feature has levels");
    }
    return CategoryLevel.of(name, levelTexts(keys.get("levels")), missingIsLevel);
  }

  /**
   * What the names of levels begin with that the run has not counted yet, one for each category.
   */
  static List<String> levelsToCount(List<Feature> features) {
    return CategoryLevel.toCount(features).stream().map(level -> level.column() + "=").toList();
  }

  private static List<String> levelTexts(SpecNode node) {
    List<String> levels = new ArrayList<>();
    List<SpecNode> elements = node.elements();
    if (elements.isEmpty() || elements.size() > MAX_LEVELS) {
      node.mistake(elements.size() + " levels are not in 1.." + MAX_LEVELS);
      return levels;
    }
    for (SpecNode element : elements) {
      String level = element.requiredName().strip();
      if (levels.contains(level) && !level.isEmpty()) {
        element.mistake("'" + level + "' stands twice");
      } else {
        levels.add(level);
      }
    }
    return levels;
  }

  /** Notes what only a category can have. */
  static void refuse(Map<String, SpecNode> keys, MissingPolicy missing) {
    for (String key : List.of("levels", "maxLevels")) {
      if (keys.get(key).isPresent()) {
        keys.get(key).mistake("is for features with type: category");
      }
    }
    if (missing == MissingPolicy.LEVEL) {
      keys.get("missing").mistake("level is for features with type: category");
    }
  }
}
