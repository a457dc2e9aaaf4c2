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
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.spec.NumberRange;

/**
 * Reads a feature with {@code type: category}: one indicator for each of its levels. A category
 * without levels has one indicator until the run has counted the levels.
 */
final class CategoryKeys {
  private static final int MAX_LEVELS = NumberRange.MAX_LEVELS.maxWhole();
  private static final Set<MissingPolicy> POLICIES =
      EnumSet.of(MissingPolicy.REJECT, MissingPolicy.MEAN, MissingPolicy.MODE, MissingPolicy.LEVEL);

  private CategoryKeys() {}

  /**
   * Returns the indicators of a category, in the order of the levels. If the spec does not list the
   * levels, one indicator with a {@link CategoryLevel.ToCount} stands for the levels that the run
   * counts.
   *
   * @param keys the keys of the feature
   * @param name the name of the feature; if it is empty, the list is empty, because the missing
   *     name is already among the mistakes
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
        keys.get(key).addMistake("applies to numbers, but this feature has type: category");
      }
    }
    MissingPolicy policy = missing;
    if (!POLICIES.contains(missing)) {
      keys.get("missing")
          .addMistake("is not allowed for a category; allowed: reject, mean, mode, level");
      policy = MissingPolicy.REJECT;
    }
    List<Feature> features = new ArrayList<>();
    for (CategoryLevel level : levels(keys, name, policy == MissingPolicy.LEVEL)) {
      if (!name.isEmpty()) {
        features.add(new LevelFeature(level, policy, weight, words));
      }
    }
    return features;
  }

  private static List<CategoryLevel> levels(
      Map<String, SpecNode> keys, String name, boolean missingIsLevel) {
    SpecNode maxLevels = keys.get("maxLevels");
    if (!keys.get("levels").isPresent()) {
      int max = maxLevels.number(NumberRange.MAX_LEVELS, FrequentLevels.DEFAULT_MAX).intValue();
      return List.of(new CategoryLevel.ToCount(name, max));
    }
    if (maxLevels.isPresent()) {
      maxLevels.addMistake("applies to levels that the run counts, but this feature has levels");
    }
    return CategoryLevel.of(name, levelTexts(keys.get("levels")), missingIsLevel);
  }

  /**
   * Returns the beginning of the names of the levels, for each category whose levels the run has to
   * count.
   */
  static List<String> prefixesToCount(List<Feature> features) {
    return CategoryLevel.toCount(features).stream().map(level -> level.column() + "=").toList();
  }

  private static List<String> levelTexts(SpecNode node) {
    List<String> levels = new ArrayList<>();
    List<SpecNode> elements = node.elements();
    if (elements.isEmpty() || elements.size() > MAX_LEVELS) {
      node.addMistake(elements.size() + " levels are not in 1.." + MAX_LEVELS);
      return levels;
    }
    for (SpecNode element : elements) {
      String level = element.requiredName().strip();
      if (levels.contains(level) && !level.isEmpty()) {
        element.addMistake("'" + level + "' occurs twice");
      } else {
        levels.add(level);
      }
    }
    return levels;
  }

  /**
   * Adds a mistake for each key that only a category can have.
   *
   * @param keys the keys of a feature that is not a category
   */
  static void refuseCategoryKeys(Map<String, SpecNode> keys, MissingPolicy missing) {
    for (String key : List.of("levels", "maxLevels")) {
      if (keys.get(key).isPresent()) {
        keys.get(key).addMistake("applies only to features with type: category");
      }
    }
    if (missing == MissingPolicy.LEVEL) {
      keys.get("missing").addMistake("level applies only to features with type: category");
    }
  }
}
