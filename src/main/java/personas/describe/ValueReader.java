package personas.describe;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import personas.feature.TextSyntax;
import personas.table.encoding.NumberSyntax;
import personas.table.record.MissingTokens;
import personas.text.Blanks;

/**
 * Reads the texts of described columns in the syntax of the input. An instance is not thread-safe.
 */
public final class ValueReader {
  private final MissingTokens missing;
  private final NumberSyntax numbers;

  /**
   * Creates a reader.
   *
   * @param syntax how the input writes missing values and numbers
   */
  public ValueReader(TextSyntax syntax) {
    missing = new MissingTokens(syntax.missingTokens());
    numbers = new NumberSyntax(syntax, Set.of());
  }

  /** Returns the text without blanks around it, or null if it stands for a missing value. */
  String presentText(byte[] utf8, int from, int to) {
    int start = Blanks.skip(utf8, from, to);
    int end = Blanks.trim(utf8, start, to);
    return start == end || missing.find(utf8, start, end) != null
        ? null
        : new String(utf8, start, end - start, StandardCharsets.UTF_8);
  }

  /** Returns the possible meanings of a text. */
  ReadValue value(String text) {
    return ReadValue.of(text, numbers.parse(text));
  }
}
