package personas;

import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.table.ledger.Rejection;
import personas.text.BooleanWords;
import personas.text.TimeParser;

/**
 * A record that the model cannot score. The command {@code score} would write the record to {@code
 * rejected-*.csv} with the same reason and column.
 */
public final class RejectedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String column;
  private final String value;

  RejectedRecordException(Rejection rejection, UserSchema schema) {
    super(message(rejection, schema));
    this.reason = rejection.reason().code();
    this.column = rejection.field();
    this.value = rejection.value();
  }

  /**
   * Returns the code of the reason as in {@code rejected-*.csv}, for example {@code out_of_range}.
   */
  public String reason() {
    return reason;
  }

  /** Returns the column of the value; empty if the record as a whole is rejected. */
  public String column() {
    return column;
  }

  /**
   * Returns the beginning of the value with control characters escaped; empty if the value is
   * missing.
   */
  public String value() {
    return value;
  }

  private static String message(Rejection rejection, UserSchema schema) {
    String beginning =
        "Column '" + rejection.field() + "' holds \"" + rejection.value() + "\", which ";
    return switch (rejection.reason()) {
      case MISSING_VALUE ->
          "Column '" + rejection.field() + "' has no value, and the model needs one.";
      case NOT_A_NUMBER -> beginning + "is not a number.";
      case NOT_A_BOOLEAN -> beginning + "is not one of " + BooleanWords.ALLOWED + ".";
      case NOT_A_TIME -> beginning + "is not a time. Allowed are " + TimeParser.ALLOWED + ".";
      case NOT_FINITE -> beginning + "is not a finite number.";
      case OUT_OF_RANGE -> beginning + "is not " + range(rejection.field(), schema) + ".";
      default -> "The record is rejected: " + rejection.reason().code() + ".";
    };
  }

  private static String range(String column, UserSchema schema) {
    Feature feature =
        schema.features().stream()
            .filter(candidate -> candidate.column().equals(column))
            .findFirst()
            .orElseThrow();
    boolean hasMin = feature.min() != -Double.MAX_VALUE;
    boolean hasMax = feature.max() != Double.MAX_VALUE;
    boolean isLogarithm = feature.transform() == Transform.LOG1P && feature.min() <= -1;
    if (!hasMin && !hasMax && isLogarithm) {
      return "above -1";
    }
    String range = hasMin ? "at least " + feature.min() : "at most " + feature.max();
    if (hasMin && hasMax) {
      range = "in " + feature.min() + ".." + feature.max();
    }
    return isLogarithm ? range + " and above -1" : range;
  }
}
