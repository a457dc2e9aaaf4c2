package personas.table.record;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import personas.text.Blanks;
import personas.text.DoubleParser;

/** The texts that stand for a missing value. Some of them may be numbers, like {@code -999}. */
public final class MissingTokens {
  private final Set<String> texts;
  private final Map<Double, String> numbers = new HashMap<>();

  /** The token NaN; null if NaN does not stand for a missing value. */
  private final String nanToken;

  private final int maxBytes;

  /** Creates the tokens of an input. */
  public MissingTokens(Collection<String> tokens) {
    texts = new HashSet<>();
    int longest = 0;
    String nan = null;
    for (String token : tokens) {
      String text = Blanks.strip(token);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      texts.add(text);
      longest = Math.max(longest, utf8.length);
      double number = DoubleParser.parse(utf8, 0, utf8.length);
      if (!Double.isNaN(number)) {
        numbers.put(number, text);
      } else if (text.equalsIgnoreCase("nan")) {
        nan = "NaN";
      }
    }
    maxBytes = longest;
    nanToken = nan;
  }

  /** Returns whether at least one token is a number. */
  boolean holdsNumbers() {
    return !numbers.isEmpty();
  }

  /** Returns the token that equals a text without surrounding blanks, or null. */
  public String find(byte[] text, int from, int to) {
    if (to - from > maxBytes) {
      return null;
    }
    String word = new String(text, from, to - from, StandardCharsets.UTF_8);
    return texts.contains(word) ? word : null;
  }

  /** Returns the token that equals a value that a file stores as a number, or null. */
  public String find(double number) {
    return Double.isNaN(number) ? nanToken : numbers.isEmpty() ? null : numbers.get(number + 0.0);
  }
}
