package personas.report.privacy;

/**
 * Masks the content of a text and keeps the form: letters become {@code x}, digits become {@code
 * 9}, and punctuation, symbols and blanks stay. {@code $1,200} becomes {@code $9,999}.
 */
final class TextMask {
  private static final int MAX_CHARACTERS = 60;

  private TextMask() {}

  /** Returns the masked text. A longer text is cut after 60 characters and gets an ellipsis. */
  static String of(String text) {
    StringBuilder masked = new StringBuilder();
    int[] characters = text.codePoints().limit(MAX_CHARACTERS).toArray();
    for (int character : characters) {
      masked.appendCodePoint(masked(character));
    }
    return masked.append(characters.length < text.codePoints().count() ? "…" : "").toString();
  }

  private static int masked(int character) {
    if (Character.isDigit(character)) {
      return '9';
    }
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.CURRENCY_SYMBOL,
          Character.MATH_SYMBOL ->
          character;
      default -> 'x';
    };
  }
}
