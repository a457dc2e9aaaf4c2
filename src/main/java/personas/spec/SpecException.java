package personas.spec;

import java.util.List;
import java.util.stream.Collectors;

/** The mistakes in a spec, or in the flags that override keys of the spec, one line each. */
public final class SpecException extends Exception {
  private static final long serialVersionUID = 1;

  /** The maximum number of mistakes that a message lists. */
  public static final int MAX_MISTAKES = 100;

  /** The maximum number of characters of a mistake. A longer mistake is cut, and "…" is added. */
  private static final int MAX_CHARACTERS = 1000;

  /**
   * Creates an exception whose message lists the first 100 mistakes, one line each. A line is cut
   * after 1,000 characters, and "?" replaces each character that could control a terminal.
   *
   * @param mistakes at least one
   */
  public SpecException(List<String> mistakes) {
    super(message(mistakes));
  }

  private static String message(List<String> mistakes) {
    int unlisted = mistakes.size() - MAX_MISTAKES;
    return mistakes.stream()
            .limit(MAX_MISTAKES)
            .map(SpecException::shortened)
            .collect(Collectors.joining("\n"))
        + (unlisted > 0
            ? "\n... and " + unlisted + " more mistake" + (unlisted == 1 ? "" : "s")
            : "");
  }

  private static String shortened(String mistake) {
    String start =
        mistake.codePointCount(0, mistake.length()) <= MAX_CHARACTERS
            ? mistake
            : mistake.substring(0, mistake.offsetByCodePoints(0, MAX_CHARACTERS)) + "…";
    return start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
