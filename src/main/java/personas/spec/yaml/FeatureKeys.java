package personas.spec.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.Winsorizing;
import personas.spec.NumberRange;

/** Reads the list of features of a spec. */
final class FeatureKeys {
  private static final int MAX_FEATURES = 1000;

  private static final String[] KEYS = {
    "name",
    "label",
    "unit",
    "betterIs",
    "actionable",
    "type",
    "levels",
    "maxLevels",
    "weight",
    "format",
    "transform",
    "winsorize",
    "missing",
    "min",
    "max"
  };

  private static final List<String> NUMBER_ONLY_KEYS =
      List.of("format", "transform", "winsorize", "unit", "betterIs");

  private final List<Feature> features = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private FeatureKeys() {}

  /** Reads all features; each level of a category becomes a separate feature. */
  static List<Feature> features(SpecNode node) {
    List<SpecNode> elements = node.elements();
    if (!node.isPresent()) {
      node.addMistake("missing");
    } else if (node.isList() && (elements.isEmpty() || elements.size() > MAX_FEATURES)) {
      node.addMistake(elements.size() + " features are not in 1.." + MAX_FEATURES);
    }
    FeatureKeys reader = new FeatureKeys();
    elements.forEach(element -> reader.add(element.keys(KEYS)));
    if (reader.features.size() > MAX_FEATURES && elements.size() <= MAX_FEATURES) {
      node.addMistake(
          reader.features.size()
              + " features, counting each level of a category, are not in 1.."
              + MAX_FEATURES);
    }
    return reader.features;
  }

  private void add(Map<String, SpecNode> keys) {
    String name = name(keys.get("name"));
    Range range = range(keys);
    MissingPolicy missing = missing(keys, range);
    FeatureType type = keys.get("type").oneOfOrAuto(FeatureType.DECLARABLE);
    Double weight = weight(keys);
    FeatureWords words = words(keys);
    if (type == FeatureType.CATEGORY) {
      addLevels(keys, name, CategoryKeys.levels(keys, name, missing, weight, words));
      return;
    }
    boolean isNumber = type != FeatureType.BOOLEAN;
    checkType(keys, missing, !isNumber);
    if (!name.isEmpty()) {
      features.add(
          new ColumnFeature(
              name,
              isNumber
                  ? keys.get("transform").oneOf(Transform.class, Transform.AUTO)
                  : Transform.NONE,
              missing,
              range.min(),
              range.max(),
              isNumber ? keys.get("winsorize").winsorizing() : Winsorizing.NONE,
              type,
              SyntaxReader.formats(keys.get("format")),
              weight,
              words));
    }
  }

  private String name(SpecNode node) {
    String name = node.requiredColumn();
    if (!name.isEmpty() && !names.add(name)) {
      node.addMistake("'" + name + "' occurs twice");
    }
    return name;
  }

  /** The values that a feature accepts. */
  private record Range(double min, double max) {}

  private static Range range(Map<String, SpecNode> keys) {
    double min = keys.get("min").finiteNumber(-Double.MAX_VALUE);
    double max = keys.get("max").finiteNumber(Double.MAX_VALUE);
    if (min > max) {
      keys.get("min").addMistake(min + " is above max " + max);
      // The feature stays, so that a persona with the feature does not cause a second mistake.
      return new Range(max, max);
    }
    return new Range(min, max);
  }

  private static MissingPolicy missing(Map<String, SpecNode> keys, Range range) {
    MissingPolicy missing = keys.get("missing").oneOf(MissingPolicy.class, MissingPolicy.REJECT);
    if (missing == MissingPolicy.ZERO && (range.min() > 0 || range.max() < 0)) {
      keys.get("missing").addMistake("zero is not in " + range.min() + ".." + range.max());
    }
    return missing;
  }

  private static Double weight(Map<String, SpecNode> keys) {
    return keys.get("weight").isPresent()
        ? Double.valueOf(keys.get("weight").number(NumberRange.WEIGHT, 1).doubleValue())
        : null;
  }

  private void addLevels(Map<String, SpecNode> keys, String name, List<Feature> levels) {
    for (Feature level : levels) {
      if (!level.name().equals(name) && !names.add(level.name())) {
        keys.get("levels").addMistake("'" + level.name() + "' occurs twice");
      }
      features.add(level);
    }
  }

  private static void checkType(
      Map<String, SpecNode> keys, MissingPolicy missing, boolean isBoolean) {
    CategoryKeys.refuseCategoryKeys(keys, missing);
    if (missing == MissingPolicy.MODE && !isBoolean) {
      keys.get("missing")
          .addMistake(
              "mode applies only to features with type: boolean or category; a number can have median, mean or zero");
    }
    for (String key : isBoolean ? NUMBER_ONLY_KEYS : List.<String>of()) {
      if (keys.get(key).isPresent()) {
        keys.get(key).addMistake("applies to numbers, but this feature has type: boolean");
      }
    }
  }

  private static FeatureWords words(Map<String, SpecNode> keys) {
    return new FeatureWords(
        keys.get("label").isPresent() ? keys.get("label").requiredName().strip() : null,
        keys.get("unit").isPresent() ? keys.get("unit").requiredName().strip() : null,
        keys.get("betterIs").isPresent()
            ? keys.get("betterIs").oneOf(FeatureWords.Direction.class, null)
            : null,
        keys.get("actionable").optionalBoolean());
  }
}
