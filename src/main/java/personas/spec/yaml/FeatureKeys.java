package personas.spec.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final List<String> ONLY_OF_NUMBERS =
      List.of("format", "transform", "winsorize", "unit", "betterIs");

  private final List<Feature> features = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private FeatureKeys() {}

  /** Reads all features; each level of a category becomes a feature of its own. */
  static List<Feature> features(SpecNode node) {
    List<SpecNode> elements = node.elements();
    if (!node.isPresent()) {
      node.mistake("missing");
    } else if (node.isList() && (elements.isEmpty() || elements.size() > MAX_FEATURES)) {
      node.mistake(elements.size() + " features are not in 1.." + MAX_FEATURES);
    }
    FeatureKeys read = new FeatureKeys();
    elements.forEach(element -> read.add(element.keys(KEYS)));
    if (read.features.size() > MAX_FEATURES && elements.size() <= MAX_FEATURES) {
      node.mistake(
          read.features.size()
              + " features, counting each level of a category, are not in 1.."
              + MAX_FEATURES);
    }
    return read.features;
  }

  private void add(Map<String, SpecNode> keys) {
    String name = keys.get("name").requiredColumn();
    if (!name.isEmpty() && !names.add(name)) {
      keys.get("name").mistake("'" + name + "' stands twice");
    }
    Range range = range(keys);
    MissingPolicy missing = missing(keys, range);
    FeatureType type = keys.get("type").oneOfOrAuto(FeatureType.DECLARABLE);
    Double weight = weight(keys);
    FeatureWords words = words(keys);
    if (type == FeatureType.CATEGORY) {
      addLevels(keys, name, CategoryKeys.levels(keys, name, missing, weight, words));
      return;
    }
    CategoryKeys.refuse(keys, missing);
    boolean isBoolean = type == FeatureType.BOOLEAN;
    checkType(keys, missing, isBoolean);
    if (!name.isEmpty()) {
      features.add(
          new Feature(
              name,
              isBoolean
                  ? Transform.NONE
                  : keys.get("transform").oneOf(Transform.class, Transform.AUTO),
              missing,
              range.min(),
              range.max(),
              isBoolean ? Winsorizing.NONE : keys.get("winsorize").winsorizing(),
              type,
              SyntaxReader.formats(keys.get("format")),
              weight,
              null,
              words));
    }
  }

  /** The values that a feature accepts. */
  private record Range(double min, double max) {}

  private static Range range(Map<String, SpecNode> keys) {
    double min = keys.get("min").finiteNumber(-Double.MAX_VALUE);
    double max = keys.get("max").finiteNumber(Double.MAX_VALUE);
    if (min > max) {
      keys.get("min").mistake(min + " is above max " + max);
      // The feature stays, so that a persona that names it is not called mistaken too.
      return new Range(max, max);
    }
    return new Range(min, max);
  }

  private static MissingPolicy missing(Map<String, SpecNode> keys, Range range) {
    MissingPolicy missing = keys.get("missing").oneOf(MissingPolicy.class, MissingPolicy.REJECT);
    if (missing == MissingPolicy.ZERO && (range.min() > 0 || range.max() < 0)) {
      keys.get("missing").mistake("zero is not in " + range.min() + ".." + range.max());
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
        keys.get("levels").mistake("'" + level.name() + "' stands twice");
      }
      features.add(level);
    }
  }

  private static void checkType(
      Map<String, SpecNode> keys, MissingPolicy missing, boolean isBoolean) {
    if (missing == MissingPolicy.MODE && !isBoolean) {
      keys.get("missing")
          .mistake(
              "mode is for features with type: boolean or category; a number can have median, mean or zero");
    }
    for (String key : isBoolean ? ONLY_OF_NUMBERS : List.<String>of()) {
      if (keys.get(key).isPresent()) {
        keys.get(key).mistake("applies to numbers, but this feature has type: boolean");
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
        keys.get("actionable").flag());
  }
}
