package personas.describe;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import personas.text.BooleanWords;

/**
 * A text of a described column and all that it may mean. What it does not mean is NaN.
 *
 * @param number the number
 * @param day the day as days since 1970-01-01, of a date or a time in ISO 8601
 * @param truth 1 for yes, 0 for no
 */
record ReadValue(double number, double day, double truth) {
  private static final int DATE_LENGTH = "2026-11-30".length();

  /**
   * Reads a text without blanks around it.
   *
   * @param number the number that the text is by the syntax of the input; NaN if it is none
   */
  static ReadValue of(String text, double number) {
    return new ReadValue(
        Double.isFinite(number) ? number + 0.0 : Double.NaN, day(text), BooleanWords.value(text));
  }

  private static double day(String text) {
    boolean mayBeDate =
        text.length() >= DATE_LENGTH
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && (text.length() == DATE_LENGTH || "T ".indexOf(text.charAt(DATE_LENGTH)) >= 0);
    if (!mayBeDate) {
      return Double.NaN;
    }
    try {
      return LocalDate.parse(text.substring(0, DATE_LENGTH)).toEpochDay();
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /** The text of UTF-8 bytes. */
  static String text(byte[] utf8, int from, int to) {
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }
}
