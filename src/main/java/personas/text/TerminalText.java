package personas.text;

import java.util.regex.Pattern;

/**
 * Texts from files, specs and models as a terminal may show them. They may hold control characters
 * that move the cursor, color the screen or end a line, and format characters that reverse the
 * order of what follows.
 */
public final class TerminalText {
  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** A message may have several lines, and columns that tabs align. */
  private static final Pattern OBEYED_IN_LINES =
      Pattern.compile("[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]&&[^\\n\\t]]");

  private TerminalText() {}

  /** One line: a space replaces each control, format and line-ending character. */
  public static String line(String text) {
    return OBEYED.matcher(text).replaceAll(" ");
  }

  /** One line of at most {@code most} characters; an ellipsis ends a longer text. */
  public static String line(String text, int most) {
    String line = line(text);
    return columns(line) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** Lines and tabs stay; a space replaces each other control or format character. */
  public static String lines(String text) {
    return OBEYED_IN_LINES.matcher(text).replaceAll(" ");
  }

  /** How many characters a text has; a surrogate pair is one. */
  public static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The text with spaces behind it up to a width. */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - columns(text)));
  }
}
