package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import personas.text.BooleanWords;

/**
 * The possible meanings of the text of a described column. A component is NaN if the text does not
 * have that meaning.
 *
 * @param number the finite number in the text
 * @param day the days since 1970-01-01 of a date or a time in ISO 8601
 * @param truth 1 for yes, 0 for no
 */
record ReadValue(double number, double day, double truth) {
  private static final int DATE_LENGTH = "2026-11-30".length();

  /**
   * Returns the meanings of a text without blanks around it.
   *
   * @param text the text
   * @param number the number in the text, by the syntax of the input; NaN if the text is not a
   *     number
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

  void write(DataOutput out) throws IOException {
    out.writeDouble(number);
    out.writeDouble(day);
    out.writeDouble(truth);
  }

  static ReadValue read(DataInput in) throws IOException {
    return new ReadValue(in.readDouble(), in.readDouble(), in.readDouble());
  }
}
