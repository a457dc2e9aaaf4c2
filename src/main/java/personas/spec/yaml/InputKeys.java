package personas.spec.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import personas.feature.Feature;
import personas.spec.DuplicatePolicy;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.connection.TableSource;
import personas.spec.event.EventAggregation;
import personas.table.InputFormat;

/** Reads the part of a spec that says where the records come from and how they are read. */
final class InputKeys {
  /** Key → reader of a table or a query; the reader returns null if the key is absent. */
  private static final Map<String, Function<Map<String, SpecNode>, TableSource>> SOURCES =
      new LinkedHashMap<>();

  static {
    SOURCES.put("jdbc", OutputKeys::query);
    SOURCES.put("bigquery", BigQueryKeys::source);
  }

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
  private final List<Feature> features;

  private InputKeys(Map<String, SpecNode> keys, List<Feature> features) {
    this.keys = keys;
    this.features = features;
  }

  /**
   * Reads the input.
   *
   * @param node the value of {@code input}
   * @param features the features that the spec declares
   * @param featureList the value of {@code features}, for messages about the features
   */
  static InputSpec input(SpecNode node, List<Feature> features, SpecNode featureList) {
    List<String> names = new ArrayList<>(List.of("path"));
    names.addAll(SOURCES.keySet());
    names.addAll(OTHER_KEYS);
    return new InputKeys(node.keys(names.toArray(String[]::new)), features).input(featureList);
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
        keys.get("path").optionalPath(),
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

  /** Returns the declared table or query; null if the records come from files. */
  private TableSource source() {
    // All readers run, so that the mistakes of all keys are found.
    List<TableSource> declared =
        SOURCES.values().stream()
            .map(reader -> reader.apply(keys))
            .filter(Objects::nonNull)
            .toList();
    return declared.isEmpty() ? null : declared.get(0);
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
