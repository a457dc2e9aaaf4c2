package personas.text;

import java.nio.charset.StandardCharsets;

/**
 * Removes blanks around values: spaces of any kind, tabs and byte order marks, which people do not
 * see.
 */
public final class Blanks {
  private Blanks() {}

  /** Returns the text without leading and trailing blanks. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == '\t' || Character.isSpaceChar(c) || c == '\ufeff';
  }

  /**
   * Returns the index of the first byte of a UTF-8 text after the leading blanks; {@code to} if
   * there are only blanks.
   */
  public static int skip(byte[] text, int from, int to) {
    int at = from;
    while (at < to) {
      int length = blankLength(text, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /**
   * Returns the index of the first byte of the trailing blanks of a UTF-8 text; {@code from} if
   * there are only blanks, and {@code to} if there are no trailing blanks.
   */
  public static int trim(byte[] text, int from, int to) {
    int end = to;
    while (end > from) {
      int start = end - 1;
      while (start > from && (text[start] & 0xC0) == 0x80) {
        start--;
      }
      if (blankLength(text, start, end) != end - start) {
        return end;
      }
      end = start;
    }
    return end;
  }

  /**
   * Returns the number of bytes of the blank at an index; 0 if the character at the index is not a
   * blank.
   */
  private static int blankLength(byte[] text, int at, int to) {
    if (text[at] == ' ' || text[at] == '\t') {
      return 1;
    }
    if (text[at] >= 0) {
      return 0;
    }
    int length = Utf8.characterLength(text, at, to);
    if (length == 0) {
      return 0;
    }
    String character = new String(text, at, length, StandardCharsets.UTF_8);
    return isBlank(character.charAt(0)) ? length : 0;
  }
}
