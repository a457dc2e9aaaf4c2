package personas.spec;

import java.util.List;
import java.util.stream.Collectors;

/** The mistakes of a spec or of the flags that override it, one line each. */
public final class SpecException extends Exception {
  private static final long serialVersionUID = 1;

  /** More of them help nobody. */
  public static final int MOST_MISTAKES = 100;

  private static final int MOST_CHARACTERS = 1000;

  /**
   * @param mistakes one line each in the message; of more than 100 the first, of a long one the
   *     beginning, and nothing that a terminal would obey
   */
  public SpecException(List<String> mistakes) {
    super(message(mistakes));
  }

  private static String message(List<String> mistakes) {
    int more = mistakes.size() - MOST_MISTAKES;
    return mistakes.stream()
            .limit(MOST_MISTAKES)
            .map(SpecException::shown)
            .collect(Collectors.joining("\n"))
        + (more > 0 ? "\n... and " + more + " mistakes more" : "");
  }

  private static String shown(String mistake) {
    String start =
        mistake.codePointCount(0, mistake.length()) <= MOST_CHARACTERS
            ? mistake
            : mistake.substring(0, mistake.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    return start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
