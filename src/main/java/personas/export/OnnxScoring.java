package personas.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import personas.export.OnnxGraph.ElementType;
import personas.feature.CategoryLevel;
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
import personas.text.Blanks;
import personas.text.DoubleParser;

/**
 * Exports a model as an ONNX file, which scores many users at once. The graph does the same
 * operations on doubles in the same order as {@code score}. If no feature has a logarithm, a
 * runtime with IEEE 754 doubles gives the same personas. A user whom {@code score} would reject
 * gets cluster -1, an empty persona, and NaN for a distance.
 */
public final class OnnxScoring {
  /** The cluster of a rejected user. */
  public static final int REJECTED = -1;

  /** The characters that {@link Blanks} strips from a text, as a pattern of RE2. */
  private static final String BLANKS = "[\\t\\p{Z}\\x{FEFF}]*";

  private final Model model;
  private final List<Feature> features;
  private final Standardizer standardizer;
  private final List<String> missingTokens;
  private final OnnxGraph graph;

  /**
   * Category column → the name of the graph's value that says whether a user lacks the category.
   */
  private final Map<String, String> missingTexts = new LinkedHashMap<>();

  /** The names of the graph's values that say whether {@code score} accepts a user. */
  private final List<String> accepted = new ArrayList<>();

  private OnnxScoring(Model model) {
    this.model = model;
    this.features = ScoringModel.features(model);
    TextSyntax syntax =
        TextSyntax.orDefault(model.training() == null ? null : model.training().syntax());
    this.missingTokens = syntax.missingTokens().stream().map(Blanks::strip).toList();
    this.standardizer =
        ScoringModel.of(model, new UserSchema(null, features, List.of(), syntax)).standardizer();
    this.graph =
        new OnnxGraph(model.spec().name(), features.stream().map(Feature::column).toList());
  }

  /** Returns the content of the file. */
  public static byte[] of(Model model) {
    return new OnnxScoring(model).file();
  }

  private byte[] file() {
    Map<String, ElementType> inputs = new LinkedHashMap<>();
    for (Feature feature : features) {
      inputs.put(
          feature.column(),
          feature instanceof LevelFeature ? ElementType.STRING : ElementType.DOUBLE);
    }
    inputs.forEach(graph::input);
    outputs(squaredDistances());
    return graph.model(model.program(), description());
  }

  private String description() {
    boolean hasLogarithm =
        features.stream().anyMatch(feature -> feature.transform() == Transform.LOG1P);
    return "The personas of the model '"
        + model.spec().name()
        + "'. "
        + (hasLogarithm
            ? "A feature is clustered by its logarithm, whose last bits depend on the runtime:"
                + " a user on a border between two personas may get the other one."
            : "Every user gets exactly the persona of score, also on a border between two.");
  }

  /**
   * Returns the name of the graph's value that holds the squared distances of all users to all
   * centroids, clusters × users.
   */
  private String squaredDistances() {
    String sum = null;
    for (int f = 0; f < features.size(); f++) {
      int feature = f;
      double[] coordinates =
          model.clusters().stream()
              .mapToDouble(cluster -> cluster.centroid().get(feature))
              .toArray();
      String difference = graph.apply("Sub", standardized(f), graph.column(coordinates));
      String square = graph.apply("Mul", difference, difference);
      sum = sum == null ? square : graph.apply("Add", sum, square);
    }
    return sum;
  }

  /** Returns the z-scores of a feature, one per user. */
  private String standardized(int f) {
    Feature feature = features.get(f);
    if (feature instanceof LevelFeature indicator) {
      return indicator(f, indicator.level());
    }
    return feature.type() == FeatureType.BOOLEAN ? standardizedBoolean(f) : standardizedNumber(f);
  }

  /** Returns the z-scores of the indicator of a level, one per user. */
  private String indicator(int f, CategoryLevel level) {
    String missing = missingTexts.computeIfAbsent(level.column(), this::isMissingText);
    if (features.get(f).missing() == MissingPolicy.REJECT) {
      accepted.add(graph.apply("Not", missing));
    }
    double valueOfMissing =
        features.get(f).missing() == MissingPolicy.LEVEL
            ? level.isOfMissing() ? 1 : 0
            : model.features().get(f).valueOfMissing();
    return choice(missing, zScore(f, valueOfMissing), zScoreOfLevel(f, level));
  }

  private String zScoreOfLevel(int f, CategoryLevel level) {
    if (!level.isOfOthers()) {
      return choice(isOneOf(level, List.of(level.level())), zScore(f, 1), zScore(f, 0));
    }
    List<String> others =
        level.levels().stream().filter(other -> !other.equals(level.level())).toList();
    return others.isEmpty()
        ? zScore(f, 1)
        : choice(isOneOf(level, others), zScore(f, 0), zScore(f, 1));
  }

  private String isOneOf(CategoryLevel level, List<String> levels) {
    return graph.matches(BLANKS + anyOf(levels) + BLANKS, level.column());
  }

  /** Returns whether a text is blank or stands for a missing value. */
  private String isMissingText(String column) {
    return graph.matches(BLANKS + anyOf(missingTokens) + "?" + BLANKS, column);
  }

  private static String anyOf(List<String> texts) {
    return texts.stream().map(OnnxScoring::pattern).collect(Collectors.joining("|", "(?:", ")"));
  }

  /** Returns a pattern of RE2 that matches one text. All ASCII punctuation is escaped. */
  private static String pattern(String text) {
    return text.replaceAll("([\\x01-\\x7F&&[^A-Za-z0-9_]])", "\\\\$1");
  }

  private String choice(String condition, String then, String otherwise) {
    return graph.apply("Where", condition, then, otherwise);
  }

  private String zScore(int f, double value) {
    return graph.number(standardizer.zScore(f, value));
  }

  private String standardizedBoolean(int f) {
    String column = features.get(f).column();
    String isTrue = graph.apply("Equal", column, graph.number(1));
    String isFalse = graph.apply("Equal", column, graph.number(0));
    String isValue = isValue(f, graph.apply("Or", isTrue, isFalse));
    String missing = zScore(f, model.features().get(f).valueOfMissing());
    return choice(isValue, choice(isTrue, zScore(f, 1), zScore(f, 0)), missing);
  }

  /**
   * Returns whether a value is allowed and not missing. Adds to {@link #accepted} whether {@code
   * score} accepts the user.
   */
  private String isValue(int f, String isAllowed) {
    String missing = isMissingNumber(features.get(f).column());
    String isValue = graph.apply("And", isAllowed, graph.apply("Not", missing));
    accepted.add(
        features.get(f).missing() == MissingPolicy.REJECT
            ? isValue
            : graph.apply("Or", isAllowed, missing));
    return isValue;
  }

  /** Returns whether a number is NaN or stands for a missing value. */
  private String isMissingNumber(String column) {
    String missing = graph.apply("IsNaN", column);
    for (String token : missingTokens) {
      byte[] text = token.getBytes(StandardCharsets.UTF_8);
      double number = DoubleParser.parse(text, 0, text.length);
      if (!Double.isNaN(number)) {
        String isToken = graph.apply("Equal", column, graph.number(number));
        missing = graph.apply("Or", missing, isToken);
      }
    }
    return missing;
  }

  /** Returns z = rint(2^24 (value - mean) / unit) / 2^24, within the range of the grid. */
  private String standardizedNumber(int f) {
    FeatureModel feature = model.features().get(f);
    String isValue = isValue(f, isInRange(features.get(f)));
    if (standardizer.isConstant(f)) {
      return choice(isValue, graph.number(0), graph.number(0));
    }
    // A rejected user gets the imputed value here, so that distances are never NaN.
    String imputed = graph.number(feature.valueOfMissing());
    String value = choice(isValue, features.get(f).column(), imputed);
    ValueLimits limits = feature.limits();
    if (limits != null) {
      value = between(limits.lower(), limits.upper(), value);
    }
    if (features.get(f).transform() == Transform.LOG1P) {
      value = logarithm(value);
    }
    String difference = graph.apply("Sub", value, graph.number(feature.mean()));
    String quotient = graph.apply("Div", difference, graph.number(feature.unit()));
    String withinGrid = between(-Grid.LARGEST, Grid.LARGEST, quotient);
    String steps = graph.apply("Mul", withinGrid, graph.number(Grid.STEPS_PER_UNIT));
    return graph.apply("Div", graph.apply("Round", steps), graph.number(Grid.STEPS_PER_UNIT));
  }

  private String isInRange(Feature feature) {
    String column = feature.column();
    boolean isBelowLogarithm = feature.transform() == Transform.LOG1P && feature.min() <= -1;
    String isLargeEnough =
        isBelowLogarithm
            ? graph.apply("Greater", column, graph.number(-1))
            : graph.apply("GreaterOrEqual", column, graph.number(feature.min()));
    String isSmallEnough = graph.apply("LessOrEqual", column, graph.number(feature.max()));
    return graph.apply("And", isLargeEnough, isSmallEnough);
  }

  private String between(double lower, double upper, String value) {
    return graph.apply("Max", graph.number(lower), graph.apply("Min", graph.number(upper), value));
  }

  /**
   * Returns ln(1 + x). The logarithm of 1 + x alone loses digits of a small x. A factor restores
   * them: x divided by the rounded value of (1 + x) - 1 (W. Kahan, see D. Goldberg, What Every
   * Computer Scientist Should Know About Floating-Point Arithmetic, 1991).
   */
  private String logarithm(String value) {
    String one = graph.number(1);
    String sum = graph.apply("Add", value, one);
    String ratio = graph.apply("Div", value, graph.apply("Sub", sum, one));
    String product = graph.apply("Mul", graph.apply("Log", sum), ratio);
    return choice(graph.apply("Equal", sum, one), value, product);
  }

  private void outputs(String squaredDistances) {
    int k = model.clusters().size();
    String isAccepted =
        accepted.stream()
            .reduce((previous, next) -> graph.apply("And", previous, next))
            .orElseThrow(() -> new IllegalArgumentException("The model has no features"));
    String nearest = indexOfMin(squaredDistances);
    String distance = rootOfMin(squaredDistances);
    graph.output(
        "cluster",
        ElementType.INT64,
        graph.apply("Gather", ids(), orRejected(isAccepted, nearest)));
    String personas = personas();
    graph.output("persona", ElementType.STRING, persona(personas, isAccepted, nearest));
    graph.output("distance", ElementType.DOUBLE, orNaN(isAccepted, distance));
    if (k == 1) {
      String indexOfNone = graph.integers(new long[] {1});
      graph.output(
          "second_persona", ElementType.STRING, persona(personas, isAccepted, indexOfNone));
      graph.output("margin", ElementType.DOUBLE, orNaN(isAccepted, graph.number(1)));
      return;
    }
    String others = withoutNearest(squaredDistances, nearest);
    graph.output(
        "second_persona", ElementType.STRING, persona(personas, isAccepted, indexOfMin(others)));
    graph.output(
        "margin", ElementType.DOUBLE, orNaN(isAccepted, margin(distance, rootOfMin(others))));
  }

  /** Returns the index of the smallest value of each user; ties go to the first cluster. */
  private String indexOfMin(String squaredDistances) {
    return graph.applyToColumns("ArgMin", squaredDistances);
  }

  private String rootOfMin(String squaredDistances) {
    String axis = graph.integers(new long[] {0}, 1);
    return graph.apply("Sqrt", graph.applyToColumns("ReduceMin", squaredDistances, axis));
  }

  /** Returns the ids of the clusters in order, followed by {@link #REJECTED}. */
  private String ids() {
    long[] ids =
        LongStream.concat(
                model.clusters().stream().mapToLong(ClusterModel::id), LongStream.of(REJECTED))
            .toArray();
    return graph.integers(ids, ids.length);
  }

  /** Returns the personas of the clusters in order, followed by an empty text. */
  private String personas() {
    return graph.texts(
        Stream.concat(model.clusters().stream().map(ClusterModel::persona), Stream.of(""))
            .toList());
  }

  private String persona(String personas, String isAccepted, String index) {
    return graph.apply("Gather", personas, orRejected(isAccepted, index));
  }

  private String orRejected(String isAccepted, String index) {
    return choice(isAccepted, index, graph.integers(new long[] {model.clusters().size()}));
  }

  private String orNaN(String isAccepted, String value) {
    return choice(isAccepted, value, graph.number(Double.NaN));
  }

  /** Returns the squared distances, with infinity for the nearest centroid. */
  private String withoutNearest(String squaredDistances, String nearest) {
    long[] places = LongStream.range(0, model.clusters().size()).toArray();
    String isNearest = graph.apply("Equal", nearest, graph.integers(places, places.length, 1));
    return choice(isNearest, graph.number(Double.POSITIVE_INFINITY), squaredDistances);
  }

  /** Returns the margin (d2 - d1) / d2, or 0 if both distances are 0. */
  private String margin(String distance, String secondDistance) {
    String difference = graph.apply("Sub", secondDistance, distance);
    String zero = graph.number(0);
    return choice(
        graph.apply("Equal", secondDistance, zero),
        zero,
        graph.apply("Div", difference, secondDistance));
  }
}
