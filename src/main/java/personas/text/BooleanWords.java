package personas.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The words of a boolean feature, in upper or lower case: {@code yes, y, true, t, 1} and {@code no,
 * n, false, f, 0}.
 */
public final class BooleanWords {
  /** The allowed words, for messages. */
  public static final String ALLOWED = "yes/no, true/false, y/n, t/f or 1/0";

  private static final int MAX_BYTES = 8;

  private static final Map<String, Double> VALUES =
      Map.of(
          "yes", 1.0, "y", 1.0, "true", 1.0, "t", 1.0, "1", 1.0, "no", 0.0, "n", 0.0, "false", 0.0,
          "f", 0.0, "0", 0.0);

  private BooleanWords() {}

  /**
   * Returns 1 for a word that means yes, 0 for a word that means no, and NaN for any other text.
   */
  public static double value(String word) {
    return VALUES.getOrDefault(word.toLowerCase(Locale.ROOT), Double.NaN);
  }

  /**
   * Returns 1 for a word that means yes in UTF-8, 0 for a word that means no, and NaN for any other
   * bytes, such as a word with blanks around it.
   */
  public static double value(byte[] text, int from, int to) {
    return to - from > MAX_BYTES
        ? Double.NaN
        : value(new String(text, from, to - from, StandardCharsets.UTF_8));
  }
}
