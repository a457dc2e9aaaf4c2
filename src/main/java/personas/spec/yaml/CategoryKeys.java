package personas.spec.yaml;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;

/** Reads a feature with {@code type: category}: one indicator for each of its levels. */
final class CategoryKeys {
  private static final int MAX_LEVELS = 1000;
  private static final Set<MissingPolicy> POLICIES =
      EnumSet.of(MissingPolicy.REJECT, MissingPolicy.MEAN, MissingPolicy.MODE, MissingPolicy.LEVEL);

  private CategoryKeys() {}

  /**
   * The indicators of a category, in the order of its levels.
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
    List<String> levels = levelTexts(keys.get("levels"));
    List<Feature> features = new ArrayList<>();
    if (!name.isEmpty()) {
      for (CategoryLevel level : CategoryLevel.of(name, levels, policy == MissingPolicy.LEVEL)) {
        features.add(Feature.ofLevel(level, policy, weight, words));
      }
    }
    return features;
  }

  private static List<String> levelTexts(SpecNode node) {
    List<String> levels = new ArrayList<>();
    if (!node.isPresent()) {
      node.mistake(
          "missing; a category needs the list of its levels, and init writes those that it finds");
      return levels;
    }
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
    if (keys.get("levels").isPresent()) {
      keys.get("levels").mistake("is for features with type: category");
    }
    if (missing == MissingPolicy.LEVEL) {
      keys.get("missing").mistake("level is for features with type: category");
    }
  }
}
