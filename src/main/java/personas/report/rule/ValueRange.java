package personas.report.rule;

import personas.feature.CategoryLevel;
import personas.report.data.Decimals;

/**
 * The condition of a rule on one feature: a value from {@code low} to below {@code high}.
 *
 * @param low inclusive; negative infinity if there is no lower bound
 * @param high exclusive; positive infinity if there is no upper bound
 */
record ValueRange(double low, double high) {
  /** The range of all values. */
  static final ValueRange ALL = new ValueRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Returns the part of the range from a threshold on. */
  ValueRange atLeast(double threshold) {
    return new ValueRange(Math.max(low, threshold), high);
  }

  /** Returns the part of the range below a threshold. */
  ValueRange below(double threshold) {
    return new ValueRange(low, Math.min(high, threshold));
  }

  /** Returns whether a value is in the range; false for NaN. */
  boolean holds(double value) {
    return value >= low && value < high;
  }

  private boolean hasLow() {
    return low > Double.NEGATIVE_INFINITY;
  }

  private boolean hasHigh() {
    return high < Double.POSITIVE_INFINITY;
  }

  /**
   * Returns the range as a SQL condition. The condition is true for NULL if the imputed value is in
   * the range.
   */
  String sql(RuleFeature feature) {
    RuleColumn column = feature.column();
    String condition;
    if (column instanceof RuleColumn.Category category) {
      condition = category.levelCondition(hasLow());
      if (category.level().isOfMissing()) {
        return condition;
      }
    } else if (column instanceof RuleColumn.Booleans && column.dialect() != null) {
      condition = column.dialect().yesOrNo(column.column(), hasLow());
    } else {
      String from = hasLow() ? column.column() + " >= " + text(low) : "";
      String to = hasHigh() ? column.column() + " < " + text(high) : "";
      condition = from + (hasLow() && hasHigh() ? " AND " : "") + to;
    }
    // A feature that rejects missing values has the imputed value NaN, which is not in any range.
    return holds(feature.imputedValue())
        ? "(" + condition + " OR " + column.column() + " IS NULL)"
        : condition;
  }

  /** Returns the range as a clause for people, such as {@code visits at least 1,200}. */
  String clause(RuleFeature feature) {
    return condition(feature)
        + (feature.hasMissing() && holds(feature.imputedValue()) && !isOfMissing(feature)
            ? " or missing"
            : "");
  }

  private static boolean isOfMissing(RuleFeature feature) {
    return feature.column() instanceof RuleColumn.Category category
        && category.level().isOfMissing();
  }

  private String condition(RuleFeature feature) {
    if (feature.column() instanceof RuleColumn.Category category) {
      CategoryLevel level = category.level();
      return feature.label()
          + (hasLow() ? " is " : " is not ")
          + (level.isOfOthers() ? "another value" : level.level());
    }
    if (feature.column() instanceof RuleColumn.Booleans) {
      return feature.label() + (hasLow() ? " is yes" : " is no");
    }
    String unit = feature.unit() == null ? "" : " " + feature.unit();
    if (hasLow() && hasHigh()) {
      return feature.label() + " from " + grouped(low) + " to below " + grouped(high) + unit;
    }
    return feature.label()
        + (hasLow() ? " at least " + grouped(low) : " below " + grouped(high))
        + unit;
  }

  private static String text(double value) {
    return Decimals.text(Decimals.of(value));
  }

  /** Returns a number with thousands separators; a number with an exponent has none. */
  private static String grouped(double value) {
    String plain = text(value);
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    return plain.contains("E")
        ? plain
        : whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",")
            + (point < 0 ? "" : plain.substring(point));
  }
}
