package personas.export.typing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.model.Model;
import personas.model.score.ScoringModel;

/**
 * A value that a person types for one column of the model. A number is typed unchanged, yes or no
 * as 1 or 0, and a level of a category as its index.
 *
 * @param column the column
 * @param label the label of the column
 * @param unit the unit after a figure; null for none
 * @param kind the kind of the value
 * @param transform the transform of a number after winsorizing
 * @param required whether a value must be typed, because the model rejects users without it
 * @param missing the imputed number; null for a category, and if a value is required
 * @param min the smallest accepted number; null if there is no limit
 * @param max the largest accepted number; null if there is no limit
 * @param lower the limit to which smaller numbers are set; null for no limit
 * @param upper the limit to which larger numbers are set; null for no limit
 * @param levels the levels of a category, including the level of all other texts; null for a number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TypingInput(
    String column,
    String label,
    String unit,
    Kind kind,
    Transform transform,
    boolean required,
    Double missing,
    Double min,
    Double max,
    Double lower,
    Double upper,
    List<String> levels) {

  /**
   * The maximum magnitude of a number; larger numbers are refused, so that scores do not overflow.
   */
  private static final double MAX_MAGNITUDE = 1e15;

  /** The kind of a typed value. */
  public enum Kind {
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("yesNo")
    YES_NO,
    @JsonProperty("level")
    LEVEL
  }

  /** Returns the smallest number that is accepted. */
  public double minAccepted() {
    return Math.max(-MAX_MAGNITUDE, min == null ? -MAX_MAGNITUDE : min);
  }

  /** Returns the largest number that is accepted. */
  public double maxAccepted() {
    return Math.min(MAX_MAGNITUDE, max == null ? MAX_MAGNITUDE : max);
  }

  /**
   * Returns whether the tool accepts a value.
   *
   * @param value the value; NaN if no value is typed
   */
  boolean accepts(double value) {
    if (Double.isNaN(value)) {
      return !required;
    }
    return switch (kind) {
      case NUMBER ->
          value >= minAccepted()
              && value <= maxAccepted()
              && (transform != Transform.LOG1P || value > -1);
      case YES_NO -> value == 0 || value == 1;
      case LEVEL -> value >= 0 && value < levels.size() && value == Math.rint(value);
    };
  }

  /**
   * Returns the number that is multiplied by a weight. The logarithm is computed as {@code ln(1 +
   * x)}, because databases and spreadsheets compute it in this way.
   */
  double transformed(double value) {
    double present = Double.isNaN(value) ? missing : value;
    double atLeast = lower == null ? present : Math.max(lower, present);
    double winsorized = upper == null ? atLeast : Math.min(upper, atLeast);
    return transform == Transform.LOG1P ? StrictMath.log(1 + winsorized) : winsorized;
  }

  /** Returns the level of all texts that are not levels themselves. */
  public static String otherLevel(TypingInput input) {
    return input.levels().contains(CategoryLevel.OTHER)
        ? CategoryLevel.OTHER
        : input.levels().get(input.levels().size() - 1);
  }

  /** A column with its features in the model: one feature, or one for each level. */
  record Column(TypingInput input, List<Integer> features, int missingLevel) {
    /**
     * Returns the value to type for a user with these raw values of all features; NaN for a missing
     * value.
     */
    double value(double[] raw) {
      if (input.kind() != Kind.LEVEL) {
        return raw[features.get(0)];
      }
      for (int level = 0; level < features.size(); level++) {
        if (raw[features.get(level)] == 1) {
          return level < input.levels().size() ? level : Double.NaN;
        }
      }
      return Double.NaN;
    }
  }

  /** Returns the columns of a model that are not constant, in the order of the model. */
  static List<Column> columns(Model model) {
    List<Feature> features = ScoringModel.features(model);
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      List<Integer> columnFeatures = new ArrayList<>();
      for (int g = f; g < features.size(); g++) {
        if (g == f
            || (feature instanceof LevelFeature && features.get(g).isLevelOf(feature.column()))) {
          columnFeatures.add(g);
        }
      }
      boolean isFirst =
          feature instanceof ColumnFeature
              || columns.stream().noneMatch(c -> c.input.column.equals(feature.column()));
      if (isFirst && columnFeatures.stream().anyMatch(g -> model.features().get(g).unit() != 0)) {
        columns.add(
            feature instanceof ColumnFeature
                ? new Column(numberInput(model, f, feature), columnFeatures, -1)
                : category(features, columnFeatures));
      }
    }
    return columns;
  }

  private static TypingInput numberInput(Model model, int f, Feature feature) {
    boolean isRequired = feature.missing() == MissingPolicy.REJECT;
    ValueLimits limits = model.features().get(f).limits();
    return new TypingInput(
        feature.column(),
        feature.words().labelOr(feature.column()),
        feature.words().unit(),
        feature.type() == FeatureType.BOOLEAN ? Kind.YES_NO : Kind.NUMBER,
        feature.transform(),
        isRequired,
        isRequired ? null : model.features().get(f).valueOfMissing(),
        feature.min() == -Double.MAX_VALUE ? null : feature.min(),
        feature.max() == Double.MAX_VALUE ? null : feature.max(),
        limits == null ? null : limits.lower(),
        limits == null ? null : limits.upper(),
        null);
  }

  /**
   * Returns the column of a category. A level that stands only for missing values comes last and is
   * not typed.
   */
  private static Column category(List<Feature> features, List<Integer> columnFeatures) {
    Feature first = features.get(columnFeatures.get(0));
    List<Integer> ordered = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    int missingLevel = -1;
    for (int g : columnFeatures) {
      CategoryLevel level = ((LevelFeature) features.get(g)).level();
      if (!level.isOfMissing() || level.levels().contains(level.level())) {
        ordered.add(g);
        levels.add(level.level());
      }
    }
    for (int g : columnFeatures) {
      if (!ordered.contains(g)) {
        ordered.add(g);
      }
      if (((LevelFeature) features.get(g)).level().isOfMissing()) {
        missingLevel = ordered.indexOf(g);
      }
    }
    return new Column(levelInput(first, levels), List.copyOf(ordered), missingLevel);
  }

  private static TypingInput levelInput(Feature first, List<String> levels) {
    return new TypingInput(
        first.column(),
        first.words().labelOr(first.column()),
        null,
        Kind.LEVEL,
        Transform.NONE,
        first.missing() == MissingPolicy.REJECT,
        null,
        null,
        null,
        null,
        null,
        List.copyOf(levels));
  }
}
