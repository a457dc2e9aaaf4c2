package personas.run.events.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import personas.feature.TextSyntax;
import personas.table.encoding.NumberSyntax;

/**
 * Orders texts, some of which may be numbers, and converts them to values of a table of users.
 * Numbers are ordered by value, so {@code 9} is less than {@code 10}, and every number is greater
 * than every other text. The class is not thread-safe.
 */
public final class TextValues {
  private final NumberSyntax numbers;

  public TextValues(TextSyntax syntax) {
    numbers = new NumberSyntax(syntax, Set.of());
  }

  /**
   * Returns a negative number, 0 or a positive number if the first text is less, equal or greater.
   */
  int compare(byte[] first, byte[] second) {
    double firstNumber = numbers.parse(first, 0, first.length);
    double secondNumber = numbers.parse(second, 0, second.length);
    boolean firstIsNumber = !Double.isNaN(firstNumber);
    boolean secondIsNumber = !Double.isNaN(secondNumber);
    if (firstIsNumber != secondIsNumber) {
      return firstIsNumber ? 1 : -1;
    }
    int order = firstIsNumber ? Double.compare(firstNumber, secondNumber) : 0;
    return order != 0 ? order : Arrays.compareUnsigned(first, second);
  }

  /**
   * Returns a text as it is, or a Double if the text is a finite number and the input declares a
   * number format other than the default.
   */
  Object value(byte[] text) {
    double number = numbers.isPlain() ? Double.NaN : numbers.parse(text, 0, text.length);
    return Double.isFinite(number) ? (Object) number : new String(text, StandardCharsets.UTF_8);
  }
}
