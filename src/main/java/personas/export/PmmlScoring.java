package personas.export;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.TextSyntax;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.moments.Standardizer;
import personas.math.Grid;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.score.ScoringModel;
import personas.text.DoubleParser;
import personas.text.ShortestDecimal;

/**
 * Exports a model as a PMML 4.4 document: a center-based clustering model with all preprocessing.
 * The document does the same operations on doubles in the same order as {@code score}: winsorizing
 * by {@code min} and {@code max}, {@code ln1p}, standardizing, and {@code rint} for the grid. A
 * boolean or a category has at most three standardized values, which the document lists.
 *
 * <p>Source: Data Mining Group, PMML 4.4.1, sections ClusteringModel, Transformations, Functions
 * and Output.
 */
public final class PmmlScoring {
  private static final String FUNCTION = "standardize";

  private final Model model;
  private final List<Feature> features;
  private final Standardizer standardizer;
  private final List<String> missingTokens;
  private final XmlLines xml = new XmlLines();

  /** The names of all fields so far. */
  private final Set<String> names = new HashSet<>();

  /** For each category column the field with its text without surrounding blanks. */
  private final Map<String, String> trimmed = new LinkedHashMap<>();

  private PmmlScoring(Model model) {
    this.model = model;
    this.features = ScoringModel.features(model);
    TextSyntax syntax =
        TextSyntax.orDefault(model.training() == null ? null : model.training().syntax());
    this.missingTokens = syntax.missingTokens();
    this.standardizer =
        ScoringModel.of(model, new UserSchema(null, features, List.of(), syntax)).standardizer();
    features.forEach(feature -> names.add(feature.column()));
  }

  /**
   * Returns the document.
   *
   * @throws IllegalArgumentException if a column or a persona holds a character that XML cannot
   *     hold
   */
  public static String of(Model model) {
    return new PmmlScoring(model).document();
  }

  private String document() {
    xml.open("PMML", "xmlns", "http://www.dmg.org/PMML-4_4", "version", "4.4");
    xml.open("Header", "description", "The personas of " + model.spec().name());
    xml.empty("Application", "name", model.program());
    xml.close();
    dataDictionary();
    standardizeFunction();
    xml.open(
        "ClusteringModel",
        "modelName",
        model.spec().name(),
        "functionName",
        "clustering",
        "modelClass",
        "centerBased",
        "numberOfClusters",
        String.valueOf(model.clusters().size()));
    miningSchema();
    output();
    clusters(transformations());
    xml.close();
    xml.close();
    return xml.toString();
  }

  /** Returns the first feature of each column. All features of a category read one column. */
  private List<Feature> columns() {
    Map<String, Feature> columns = new LinkedHashMap<>();
    features.forEach(feature -> columns.putIfAbsent(feature.column(), feature));
    return List.copyOf(columns.values());
  }

  private static boolean isNumber(Feature feature) {
    return feature instanceof ColumnFeature && feature.type() != FeatureType.BOOLEAN;
  }

  private void dataDictionary() {
    xml.open("DataDictionary");
    for (Feature feature : columns()) {
      boolean isNumber = isNumber(feature);
      xml.open(
          "DataField",
          "name",
          feature.column(),
          "optype",
          isNumber ? "continuous" : "categorical",
          "dataType",
          isNumber ? "double" : feature instanceof LevelFeature ? "string" : "boolean");
      if (isNumber) {
        interval(feature);
      }
      for (String token : missingTokens) {
        if (feature instanceof LevelFeature || (isNumber && isNumber(token))) {
          xml.empty("Value", "value", token, "property", "missing");
        }
      }
      xml.close();
    }
    xml.close();
  }

  private static boolean isNumber(String token) {
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    return !Double.isNaN(DoubleParser.parse(text, 0, text.length));
  }

  /** Writes the range of values that {@code score} does not reject. */
  private void interval(Feature feature) {
    boolean isLogarithm = feature.transform() == Transform.LOG1P && feature.min() <= -1;
    String left =
        isLogarithm
            ? number(-1)
            : feature.min() == -Double.MAX_VALUE ? null : number(feature.min());
    String right = feature.max() == Double.MAX_VALUE ? null : number(feature.max());
    String closure = isLogarithm ? "openClosed" : "closedClosed";
    if (left != null && right != null) {
      xml.empty("Interval", "closure", closure, "leftMargin", left, "rightMargin", right);
    } else if (left != null) {
      xml.empty("Interval", "closure", closure, "leftMargin", left);
    } else if (right != null) {
      xml.empty("Interval", "closure", closure, "rightMargin", right);
    }
  }

  /** Returns digits that parse to the same double. */
  private static String number(double value) {
    return ShortestDecimal.of(value);
  }

  /**
   * Writes z = rint(2^24 (value - mean) / unit) / 2^24, within the range of the grid, as a
   * function.
   */
  private void standardizeFunction() {
    xml.open("TransformationDictionary");
    xml.open("DefineFunction", "name", FUNCTION, "optype", "continuous", "dataType", "double");
    for (String parameter : List.of("value", "mean", "unit")) {
      xml.empty("ParameterField", "name", parameter, "optype", "continuous", "dataType", "double");
    }
    apply("/");
    apply("rint");
    apply("*");
    apply("max");
    constant(-Grid.LARGEST);
    apply("min");
    constant(Grid.LARGEST);
    apply("/");
    apply("-");
    field("value");
    field("mean");
    xml.close();
    field("unit");
    xml.close();
    xml.close();
    xml.close();
    constant(Grid.STEPS_PER_UNIT);
    xml.close();
    xml.close();
    constant(Grid.STEPS_PER_UNIT);
    xml.close();
    xml.close();
    xml.close();
  }

  private void apply(String function) {
    xml.open("Apply", "function", function);
  }

  private void constant(double value) {
    xml.element("Constant", number(value), "dataType", "double");
  }

  private void field(String name) {
    xml.empty("FieldRef", "field", name);
  }

  private void miningSchema() {
    xml.open("MiningSchema");
    for (Feature feature : columns()) {
      if (feature.missing() == MissingPolicy.REJECT) {
        xml.empty(
            "MiningField", "name", feature.column(), "missingValueTreatment", "returnInvalid");
      } else if (isNumber(feature)) {
        xml.empty(
            "MiningField",
            "name",
            feature.column(),
            "missingValueReplacement",
            number(model.features().get(features.indexOf(feature)).valueOfMissing()),
            "missingValueTreatment",
            treatment(feature.missing()));
      } else {
        // The indicators define the value of a missing value.
        xml.empty("MiningField", "name", feature.column(), "missingValueTreatment", "asIs");
      }
    }
    xml.close();
  }

  private static String treatment(MissingPolicy policy) {
    return switch (policy) {
      case MEAN -> "asMean";
      case MEDIAN -> "asMedian";
      default -> "asValue";
    };
  }

  private void output() {
    xml.open("Output");
    String cluster = unique("cluster");
    String squared = unique("squared_distance");
    String distance = unique("distance");
    outputOfRank(cluster, "entityId", 1, true);
    persona(unique("persona"), cluster);
    outputOfRank(squared, "affinity", 1, false);
    squareRoot(distance, squared, true);
    if (model.clusters().size() > 1) {
      String second = unique("second_cluster");
      String secondSquared = unique("second_squared_distance");
      String secondDistance = unique("second_distance");
      outputOfRank(second, "entityId", 2, false);
      persona(unique("second_persona"), second);
      outputOfRank(secondSquared, "affinity", 2, false);
      squareRoot(secondDistance, secondSquared, false);
      margin(unique("margin"), distance, secondDistance);
    }
    xml.close();
  }

  private String unique(String name) {
    String uniqueName = name;
    while (!names.add(uniqueName)) {
      uniqueName += "_";
    }
    return uniqueName;
  }

  private void outputOfRank(String name, String feature, int rank, boolean isFinal) {
    boolean isId = feature.equals("entityId");
    xml.empty(
        "OutputField",
        "name",
        name,
        "optype",
        isId ? "categorical" : "continuous",
        "dataType",
        isId ? "string" : "double",
        "feature",
        feature,
        "rank",
        String.valueOf(rank),
        "isFinalResult",
        String.valueOf(isFinal));
  }

  private void openTransformed(String name, String optype, String dataType, boolean isFinal) {
    xml.open(
        "OutputField",
        "name",
        name,
        "optype",
        optype,
        "dataType",
        dataType,
        "feature",
        "transformedValue",
        "isFinalResult",
        String.valueOf(isFinal));
  }

  private void persona(String name, String cluster) {
    openTransformed(name, "categorical", "string", true);
    xml.open("MapValues", "outputColumn", "persona", "dataType", "string");
    xml.empty("FieldColumnPair", "field", cluster, "column", "cluster");
    xml.open("InlineTable");
    for (ClusterModel clusterModel : model.clusters()) {
      xml.open("row");
      xml.element("cluster", String.valueOf(clusterModel.id()));
      xml.element("persona", clusterModel.persona());
      xml.close();
    }
    xml.close();
    xml.close();
    xml.close();
  }

  private void squareRoot(String name, String squared, boolean isFinal) {
    openTransformed(name, "continuous", "double", isFinal);
    apply("sqrt");
    field(squared);
    xml.close();
    xml.close();
  }

  /** Writes the margin (d2 - d1) / d2, or 0 if both distances are 0. */
  private void margin(String name, String distance, String secondDistance) {
    openTransformed(name, "continuous", "double", true);
    apply("if");
    apply("equal");
    field(secondDistance);
    constant(0);
    xml.close();
    constant(0);
    apply("/");
    apply("-");
    field(secondDistance);
    field(distance);
    xml.close();
    field(secondDistance);
    xml.close();
    xml.close();
    xml.close();
  }

  /** Writes the standardized fields. Returns their names in the order of the features. */
  private List<String> transformations() {
    xml.open("LocalTransformations");
    for (Feature feature : columns()) {
      if (feature instanceof LevelFeature) {
        trimmedText(feature.column());
      }
    }
    List<String> fields = features.stream().map(feature -> unique("z_" + feature.name())).toList();
    for (int f = 0; f < fields.size(); f++) {
      xml.open("DerivedField", "name", fields.get(f), "optype", "continuous", "dataType", "double");
      standardized(f);
      xml.close();
    }
    xml.close();
    return fields;
  }

  private void trimmedText(String column) {
    String name = unique("text_" + column);
    trimmed.put(column, name);
    xml.open("DerivedField", "name", name, "optype", "categorical", "dataType", "string");
    apply("trimBlanks");
    field(column);
    xml.close();
    xml.close();
  }

  private void standardized(int f) {
    Feature feature = features.get(f);
    if (standardizer.isConstant(f)) {
      constant(0);
    } else if (feature instanceof LevelFeature indicator) {
      indicator(f, indicator.level());
    } else if (feature.type() == FeatureType.BOOLEAN) {
      ifMissing(f, feature.column(), model.features().get(f).valueOfMissing());
      apply("if");
      apply("equal");
      field(feature.column());
      xml.element("Constant", "true", "dataType", "boolean");
      xml.close();
      constant(standardizer.zScore(f, 1));
      constant(standardizer.zScore(f, 0));
      xml.close();
      endIfMissing(f);
    } else {
      standardizedNumber(f);
    }
  }

  private void ifMissing(int f, String field, double valueOfMissing) {
    if (features.get(f).missing() != MissingPolicy.REJECT) {
      apply("if");
      apply("isMissing");
      field(field);
      xml.close();
      constant(standardizer.zScore(f, valueOfMissing));
    }
  }

  private void endIfMissing(int f) {
    if (features.get(f).missing() != MissingPolicy.REJECT) {
      xml.close();
    }
  }

  /** Writes the z-score of the indicator of a level. */
  private void indicator(int f, CategoryLevel level) {
    String text = trimmed.get(level.column());
    double missing =
        features.get(f).missing() == MissingPolicy.LEVEL
            ? level.isOfMissing() ? 1 : 0
            : model.features().get(f).valueOfMissing();
    double inside = standardizer.zScore(f, 1);
    double outside = standardizer.zScore(f, 0);
    ifMissing(f, level.column(), missing);
    List<String> otherLevels =
        level.levels().stream().filter(other -> !other.equals(level.level())).toList();
    if (!level.isOfOthers()) {
      isIn(text, List.of(level.level()), inside, outside);
    } else if (otherLevels.isEmpty()) {
      constant(inside);
    } else {
      isIn(text, otherLevels, outside, inside);
    }
    endIfMissing(f);
  }

  private void isIn(String field, List<String> levels, double then, double otherwise) {
    apply("if");
    apply("isIn");
    field(field);
    levels.forEach(level -> xml.element("Constant", level, "dataType", "string"));
    xml.close();
    constant(then);
    constant(otherwise);
    xml.close();
  }

  private void standardizedNumber(int f) {
    FeatureModel feature = model.features().get(f);
    ValueLimits limits = feature.limits();
    boolean isLogarithm = features.get(f).transform() == Transform.LOG1P;
    apply(FUNCTION);
    if (isLogarithm) {
      apply("ln1p");
    }
    if (limits != null) {
      apply("max");
      constant(limits.lower());
      apply("min");
      constant(limits.upper());
    }
    field(features.get(f).column());
    if (limits != null) {
      xml.close();
      xml.close();
    }
    if (isLogarithm) {
      xml.close();
    }
    constant(feature.mean());
    constant(feature.unit());
    xml.close();
  }

  private void clusters(List<String> fields) {
    xml.open("ComparisonMeasure", "kind", "distance");
    xml.empty("squaredEuclidean");
    xml.close();
    fields.forEach(
        field -> xml.empty("ClusteringField", "field", field, "compareFunction", "absDiff"));
    for (ClusterModel cluster : model.clusters()) {
      xml.open(
          "Cluster",
          "id",
          String.valueOf(cluster.id()),
          "name",
          cluster.persona(),
          "size",
          String.valueOf(cluster.users()));
      xml.element(
          "Array",
          cluster.centroid().stream()
              .map(coordinate -> number(coordinate))
              .collect(Collectors.joining(" ")),
          "n",
          String.valueOf(fields.size()),
          "type",
          "real");
      xml.close();
    }
  }
}
