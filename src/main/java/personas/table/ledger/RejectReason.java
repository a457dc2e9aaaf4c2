package personas.table.ledger;

import java.util.Locale;

/**
 * The reasons for which a record is rejected, in the order of the checks. A record gets the first
 * reason that applies.
 */
public enum RejectReason {
  /** The record is longer than the maximum length. */
  RECORD_TOO_LONG,
  /**
   * An unquoted field contains a quote, text follows a closing quote, or a quote is never closed.
   */
  BROKEN_QUOTE,
  /** A required value contains a NUL byte. */
  NUL_BYTE,
  /** A required value is not valid UTF-8. */
  INVALID_UTF8,
  /** The record has too few or too many fields. */
  FIELD_COUNT,
  /** The line is not a JSON object, or has a key twice. */
  NOT_JSON,
  /** The user id is missing. */
  MISSING_ID,
  /** The user id is longer than the maximum length. */
  ID_TOO_LONG,
  /** The value of a feature is missing, and the spec does not impute it. */
  MISSING_VALUE,
  /** The value is not a number. */
  NOT_A_NUMBER,
  /** The value is not one of the words for a boolean. */
  NOT_A_BOOLEAN,
  /** The value is not a time. */
  NOT_A_TIME,
  /** The value is NaN or beyond the range of a double. */
  NOT_FINITE,
  /** The value is outside of the feature's min..max, or not above -1 under log1p. */
  OUT_OF_RANGE,
  /** The weight is not a whole number. */
  NOT_WHOLE,
  /** An earlier record has the same user id, and the spec rejects duplicates. */
  DUPLICATE_ID;

  /** Returns the name in result files. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
