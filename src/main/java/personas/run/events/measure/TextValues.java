package personas.run.events.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import personas.feature.TextSyntax;
import personas.table.encoding.NumberSyntax;

/**
 * The order of texts of which some are numbers, and their texts in a table of users. A number
 * stands behind every other text, so that {@code 9} is before {@code 10}. Not thread-safe.
 */
public final class TextValues {
  private final NumberSyntax numbers;

  public TextValues(TextSyntax syntax) {
    numbers = new NumberSyntax(syntax, Set.of());
  }

  /** The sign of the first text compared with the second one. */
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

  /** The text; a number in the marks of the input becomes a number as programs write it. */
  Object value(byte[] text) {
    double number = numbers.isPlain() ? Double.NaN : numbers.parse(text, 0, text.length);
    return Double.isFinite(number) ? (Object) number : new String(text, StandardCharsets.UTF_8);
  }
}
