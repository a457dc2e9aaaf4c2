package personas.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import personas.feature.Feature;
import personas.spec.DuplicatePolicy;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.SourceSpec;
import personas.spec.event.EventAggregation;
import personas.table.InputFormat;

/** Reads the part of a spec that says where the records come from and how they are read. */
final class InputKeys {
  private static final List<String> OTHER_KEYS =
      List.of(
          "format",
          "id",
          "weight",
          "passThrough",
          "duplicates",
          "maxRejectedShare",
          "missing",
          "decimal",
          "thousands",
          "delimiter",
          "aggregate");

  private final Map<String, SpecNode> keys;
  private final List<SourceKey> sources;
  private final List<Feature> features;

  private InputKeys(Map<String, SpecNode> keys, List<SourceKey> sources, List<Feature> features) {
    this.keys = keys;
    this.sources = sources;
    this.features = features;
  }

  /**
   * Reads the input.
   *
   * @param node the value of {@code input}
   * @param sources the keys that name a source
   * @param features the features that the spec declares
   * @param featureList the value of {@code features}, for messages about the features
   */
  static InputSpec input(
      SpecNode node, List<SourceKey> sources, List<Feature> features, SpecNode featureList) {
    List<String> names = new ArrayList<>(sources.stream().map(SourceKey::key).toList());
    names.addAll(OTHER_KEYS);
    Map<String, SpecNode> keys = node.keys(names.toArray(String[]::new));
    return new InputKeys(keys, sources, features).input(featureList);
  }

  private InputSpec input(SpecNode featureList) {
    String id = id();
    String weight = weight(id);
    List<String> passThrough = passThrough(id);
    EventAggregation aggregation = AggregateKeys.aggregation(keys);
    if (aggregation != null && !aggregation.names().isEmpty()) {
      checkMeasures(aggregation.names(), id, passThrough, featureList);
    }
    return new InputSpec(
        source(),
        keys.get("format").oneOf(InputFormat.class, null),
        id,
        passThrough,
        keys.get("duplicates").oneOf(DuplicatePolicy.class, DuplicatePolicy.WARN),
        keys.get("maxRejectedShare")
            .number(NumberRange.MAX_REJECTED_SHARE, InputSpec.DEFAULT_MAX_REJECTED_SHARE)
            .doubleValue(),
        SyntaxReader.syntax(keys),
        aggregation,
        weight);
  }

  /** Returns the declared source; null if the flag {@code --input} has to name it. */
  private SourceSpec source() {
    List<SourceKey> declared =
        sources.stream().filter(source -> keys.get(source.key()).isPresent()).toList();
    SourceSpec first = null;
    // All sources are read, so that the mistakes of all keys are found.
    for (SourceKey source : declared) {
      SpecNode node = keys.get(source.key());
      for (SourceKey earlier : declared.subList(0, declared.indexOf(source))) {
        node.addMistake("cannot be combined with input." + earlier.key() + "; remove one of them");
      }
      if (!source.readsFormat() && keys.get("format").isPresent()) {
        keys.get("format").addMistake("does not apply to input." + source.key() + "; remove it");
      }
      SourceSpec readSource = source.read(node);
      first = first == null ? readSource : first;
    }
    return first;
  }

  /** Returns the column of the ids; null if there is none. */
  private String id() {
    SpecNode node = keys.get("id");
    String id = node.isText("none") ? null : node.requiredColumn();
    if (isFeature(id)) {
      node.addMistake("'" + id + "' is also a feature");
    }
    return id;
  }

  /** Returns the column of the weights; null if there is none. */
  private String weight(String id) {
    SpecNode node = keys.get("weight");
    if (!node.isPresent()) {
      return null;
    }
    String weight = node.requiredColumn();
    if (weight.equals(id)) {
      node.addMistake("'" + weight + "' is also the id");
    }
    if (isFeature(weight)) {
      node.addMistake("'" + weight + "' is also a feature");
    }
    if (keys.get("aggregate").isPresent()) {
      node.addMistake("applies only to records that are users, but input.aggregate reads events");
    }
    return weight;
  }

  /**
   * Adds a mistake for an id that is a measure, and for each feature and copied column that is not
   * a measure.
   */
  private void checkMeasures(
      List<String> measures, String id, List<String> passThrough, SpecNode featureList) {
    if (measures.contains(id)) {
      keys.get("aggregate").addMistake("'" + id + "' is both a measure and the id");
    }
    for (Feature feature : features) {
      AggregateKeys.checkIsMeasure(feature.column(), measures, featureList);
    }
    for (String column : passThrough) {
      if (!column.equals(id)) {
        AggregateKeys.checkIsMeasure(column, measures, keys.get("passThrough"));
      }
    }
  }

  private boolean isFeature(String column) {
    return features.stream().anyMatch(feature -> feature.column().equals(column));
  }

  private List<String> passThrough(String id) {
    List<String> passThrough = new ArrayList<>();
    for (SpecNode element : keys.get("passThrough").elements()) {
      String column = element.requiredColumn();
      if (passThrough.contains(column)) {
        element.addMistake("'" + column + "' occurs twice");
      } else if (column.equals(id)) {
        element.addMistake("'" + column + "' is the id, which every row has");
      } else if (InputSpec.ASSIGNMENT_COLUMNS.contains(column)
          || InputSpec.MIGRATION_COLUMNS.contains(column)) {
        element.addMistake("'" + column + "' is a column of the assignments already");
      }
      passThrough.add(column);
    }
    return passThrough;
  }
}
