package personas.text;

/** Checks bytes for well-formed UTF-8, as table 3-7 of Unicode 15 defines it. */
public final class Utf8 {
  /** The character that a decoder writes in place of bytes that are not UTF-8. */
  public static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Returns whether a byte is NUL, which a text never contains. */
  public static boolean hasNul(byte[] bytes, int from, int to) {
    for (int p = from; p < to; p++) {
      if (bytes[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether all bytes are well-formed UTF-8. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to) {
      int length = bytes[p] >= 0 ? 1 : characterLength(bytes, p, to);
      if (length == 0) {
        return false;
      }
      p += length;
    }
    return true;
  }

  /**
   * Returns the length of the character at an index, 1..4 bytes; 0 if the bytes are not
   * well-formed.
   */
  public static int characterLength(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to || !isSecond(lead, bytes[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * Returns whether a second byte is allowed; overlong forms, surrogates and code points above
   * U+10FFFF are not.
   */
  private static boolean isSecond(int lead, int second) {
    int min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= min && second <= max;
  }
}
