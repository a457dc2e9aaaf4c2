package personas.run.events;

import personas.text.TypedValueText;

/**
 * Writes measures as text: whole numbers as digits, other numbers as the shortest equal decimal.
 */
final class MeasureText {
  /** Doubles below this limit hold every digit of a whole number. */
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
