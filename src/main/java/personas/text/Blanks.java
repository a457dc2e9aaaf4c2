package personas.text;

/** Removes blanks around values: spaces, tabs and no-break spaces, which people do not see. */
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

  /** Returns the index of the first byte of a UTF-8 text that is not a part of a blank. */
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

  /** Returns the index after the last byte of a UTF-8 text that is not a part of a blank. */
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

  /** Returns the length of a blank at the start of the text; 0 if the text starts differently. */
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
    String character = new String(text, at, length, java.nio.charset.StandardCharsets.UTF_8);
    return isBlank(character.charAt(0)) ? length : 0;
  }
}
