package personas.describe;

import java.util.HashSet;
import java.util.Set;
import personas.feature.TextSyntax;
import personas.table.record.NumberSyntax;
import personas.text.Blanks;

/** Reads the texts of a described column by the syntax of the input. Not thread-safe. */
final class ValueReader {
  private final Set<String> missing;
  private final NumberSyntax numbers;

  ValueReader(TextSyntax syntax) {
    missing = new HashSet<>(syntax.missingTokens());
    numbers = new NumberSyntax(syntax, Set.of());
  }

  /** The text without blanks around it; null if it stands for a missing value. */
  String present(byte[] utf8, int from, int to) {
    int start = Blanks.skip(utf8, from, to);
    int end = Blanks.trim(utf8, start, to);
    if (start == end) {
      return null;
    }
    String text = ReadValue.text(utf8, start, end);
    return missing.contains(text) ? null : text;
  }

  /** All that a text may mean. */
  ReadValue value(String text) {
    return ReadValue.of(text, numbers.parse(text));
  }
}
