package personas.text;

import java.util.regex.Pattern;

/**
 * Makes texts from files, specs and models safe for a terminal. Such texts may hold control
 * characters that move the cursor, color the screen or end a line, and format characters that
 * reverse the order of the following characters.
 */
public final class TerminalText {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** A message may have several lines, and columns that tabs align. */
  private static final Pattern CONTROL_WITHIN_LINES =
      Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]&&[^\\n\\t]]");

  private TerminalText() {}

  /** Returns one line, in which a space replaces each control, format and line-ending character. */
  public static String line(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  /** Returns one line of at most {@code maxLength} characters; an ellipsis ends a longer text. */
  public static String line(String text, int maxLength) {
    String line = line(text);
    return columns(line) <= maxLength
        ? line
        : line.substring(0, line.offsetByCodePoints(0, maxLength - 1)) + "…";
  }

  /**
   * Returns a text with its lines and tabs, in which a space replaces each other control character.
   */
  public static String lines(String text) {
    return CONTROL_WITHIN_LINES.matcher(text).replaceAll(" ");
  }

  /** Returns the number of characters of a text; a surrogate pair is one character. */
  public static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Returns the text, padded with trailing spaces to a width in characters. A wider text does not
   * change.
   */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - columns(text)));
  }
}
