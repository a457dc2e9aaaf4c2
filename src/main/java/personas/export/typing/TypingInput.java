package personas.export.typing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.model.Model;
import personas.model.score.ScoringModel;

/**
 * One value that a person types: a column of the model. A number is typed as it is, a yes or no as
 * 1 or 0, a level of a category as its place among the levels.
 *
 * @param column the column
 * @param label what people call the column
 * @param unit what follows a figure; null for none
 * @param kind what is typed
 * @param transform what is done to a number after it is limited
 * @param required whether a value must be typed, because the model rejects users without it
 * @param missing the number that counts if none is typed; null for a category, and if required
 * @param min the smallest accepted number; null for any
 * @param max the largest accepted number; null for any
 * @param lower a smaller number counts as this; null for no limit
 * @param upper a larger number counts as this; null for no limit
 * @param levels the levels of a category, that of all other texts among them; null for a number
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

  /** Numbers further out are refused, so that no score overflows. */
  public static final double MOST = 1e15;

  /** What a person types. */
  public enum Kind {
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("yesNo")
    YES_NO,
    @JsonProperty("level")
    LEVEL
  }

  /** The smallest number that is accepted. */
  public double least() {
    return Math.max(-MOST, min == null ? -MOST : min);
  }

  /** The largest number that is accepted. */
  public double most() {
    return Math.min(MOST, max == null ? MOST : max);
  }

  /**
   * Whether the tool takes a value.
   *
   * @param value NaN if none is typed
   */
  boolean accepts(double value) {
    if (Double.isNaN(value)) {
      return !required;
    }
    return switch (kind) {
      case NUMBER ->
          value >= least() && value <= most() && (transform != Transform.LOG1P || value > -1);
      case YES_NO -> value == 0 || value == 1;
      case LEVEL -> value >= 0 && value < levels.size() && value == Math.rint(value);
    };
  }

  /**
   * The number that a weight is multiplied by. The logarithm is {@code ln(1 + x)}, as databases and
   * spreadsheets compute it.
   */
  double transformed(double value) {
    double present = Double.isNaN(value) ? missing : value;
    double atLeast = lower == null ? present : Math.max(lower, present);
    double limited = upper == null ? atLeast : Math.min(upper, atLeast);
    return transform == Transform.LOG1P ? StrictMath.log(1 + limited) : limited;
  }

  /** The level of all texts that are not levels themselves. It is the last level in a model. */
  public static String others(TypingInput input) {
    return input.levels().contains(CategoryLevel.OTHER)
        ? CategoryLevel.OTHER
        : input.levels().get(input.levels().size() - 1);
  }

  /** A column and the features of the model that it gives: one, or one for each of its levels. */
  record Column(TypingInput input, List<Integer> features, int missingLevel) {
    /** The value that is typed for a user of the raw values of all features; NaN for none. */
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

  /** The columns of a model, in its order, without those that have the same value everywhere. */
  static List<Column> columns(Model model) {
    List<Feature> features = ScoringModel.features(model);
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      List<Integer> own = new ArrayList<>();
      for (int g = f; g < features.size(); g++) {
        if (g == f
            || (feature.level() != null
                && features.get(g).level() != null
                && features.get(g).column().equals(feature.column()))) {
          own.add(g);
        }
      }
      boolean isFirst =
          feature.level() == null
              || columns.stream().noneMatch(c -> c.input.column.equals(feature.column()));
      if (isFirst && own.stream().anyMatch(g -> model.features().get(g).unit() != 0)) {
        columns.add(
            feature.level() == null
                ? new Column(number(model, f, feature), own, -1)
                : category(features, own));
      }
    }
    return columns;
  }

  private static TypingInput number(Model model, int f, Feature feature) {
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

  /** A category; a level that stands for missing values alone comes last and is not typed. */
  private static Column category(List<Feature> features, List<Integer> own) {
    Feature first = features.get(own.get(0));
    List<Integer> ordered = new ArrayList<>();
    List<String> levels = new ArrayList<>();
    int missingLevel = -1;
    for (int g : own) {
      String level = features.get(g).level().level();
      boolean isOfMissing = features.get(g).level().isOfMissing();
      if (!isOfMissing || features.get(g).level().levels().contains(level)) {
        ordered.add(g);
        levels.add(level);
      }
    }
    for (int g : own) {
      if (!ordered.contains(g)) {
        ordered.add(g);
      }
      if (features.get(g).level().isOfMissing()) {
        missingLevel = ordered.indexOf(g);
      }
    }
    return new Column(ofLevels(first, levels), List.copyOf(ordered), missingLevel);
  }

  private static TypingInput ofLevels(Feature first, List<String> levels) {
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
