package personas.report.rule;

/**
 * A feature with its label and its SQL column, for a set of rules.
 *
 * @param column the column in SQL
 * @param label the label for people; for a level, the label of the column
 * @param unit the unit of the values; null if the values have no unit
 * @param imputedValue the imputed value, raw; NaN if records without a value are rejected
 * @param hasMissing whether at least one user has no value
 */
public record RuleFeature(
    RuleColumn column, String label, String unit, double imputedValue, boolean hasMissing) {}
