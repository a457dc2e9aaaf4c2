package personas.report.rule;

/**
 * A feature as the rules of a set speak of it.
 *
 * @param column how SQL names it
 * @param label what people call it; of a level, what they call its column
 * @param unit what follows a figure; null for none
 * @param missingValue the value that a missing one counts as; NaN if records without a value are
 *     rejected
 * @param hasMissing whether some user has no value
 */
public record RuleFeature(
    RuleColumn column, String label, String unit, double missingValue, boolean hasMissing) {}
