package personas.run.events;

import personas.text.TypedValueText;

/**
 * Writes measures as text: a whole number without a decimal point, and another number as the
 * shortest decimal that parses to the same double.
 */
final class MeasureText {
  /** Below this limit, a double holds every digit of a whole number. */
  private static final double MAX_WHOLE = 1e15;

  private MeasureText() {}

  /** Returns the text of a measure; null for a missing value. */
  static String of(Object value) {
    if (value instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < MAX_WHOLE) {
      return Long.toString(number.longValue());
    }
    return value == null ? null : TypedValueText.text(value);
  }
}
