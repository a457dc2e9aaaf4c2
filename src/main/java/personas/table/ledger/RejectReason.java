package personas.table.ledger;

import java.util.Locale;

/**
 * Why a record is no user. The order is that of the checks: a record has the first that applies.
 */
public enum RejectReason {
  /** Longer than a record may be. */
  RECORD_TOO_LONG,
  /** A quote inside an unquoted field, text behind a closing quote, or a quote never closed. */
  BROKEN_QUOTE,
  /** A NUL byte. */
  NUL_BYTE,
  /** Bytes that are no UTF-8. */
  INVALID_UTF8,
  /** Too few or too many fields. */
  FIELD_COUNT,
  /** A line that is no JSON object, or one with a key twice. */
  NOT_JSON,
  /** No user id. */
  MISSING_ID,
  /** A user id longer than one may be. */
  ID_TOO_LONG,
  /** No value for a feature that needs one. */
  MISSING_VALUE,
  /** A value that is no number. */
  NOT_A_NUMBER,
  /** A value that is none of the words of a boolean. */
  NOT_A_BOOLEAN,
  /** A value that is not a time. */
  NOT_A_TIME,
  /** NaN, or larger than any double. */
  NOT_FINITE,
  /** Outside min..max of the feature, or not above -1 under log1p. */
  OUT_OF_RANGE,
  /** A weight that is not a whole number. */
  NOT_WHOLE,
  /** The user id of an earlier record, where the spec rejects those. */
  DUPLICATE_ID;

  /** The name in outputs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
