package personas.text;

/** Which bytes are UTF-8: the well-formed sequences of Unicode 15, table 3-7, and no others. */
public final class Utf8 {
  /** The character that a decoder puts where bytes are not UTF-8. */
  public static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Whether a byte is NUL, which no text has. */
  public static boolean hasNul(byte[] bytes, int from, int to) {
    for (int p = from; p < to; p++) {
      if (bytes[p] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of it is UTF-8. */
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

  /** Bytes of the character at {@code at}, 1..4; 0 where none is well formed. */
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

  /** Keeps out overlong forms, surrogates and what is above U+10FFFF. */
  private static boolean isSecond(int lead, int second) {
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= most;
  }
}
