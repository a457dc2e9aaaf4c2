package personas.run.events;

import personas.text.TypedValueText;

/** The text of a measure: whole numbers as digits, others as the shortest that reads back equal. */
final class MeasureText {
  /** Below it, the digits of a whole double are all there. */
  private static final double MAX_WHOLE = 1e15;

  private MeasureText() {}

  /** The text; null for a missing value. */
  static String of(Object value) {
    if (value instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < MAX_WHOLE) {
      return Long.toString(number.longValue());
    }
    return value == null ? null : TypedValueText.text(value);
  }
}
