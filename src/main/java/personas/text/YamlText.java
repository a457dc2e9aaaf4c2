package personas.text;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Texts as YAML writes them. */
public final class YamlText {
  private YamlText() {}

  /**
   * A text in quotes: single ones, in which no character but the quote is special; or double ones,
   * with the escapes of JSON, if the text has a line break or another control character.
   */
  public static String quoted(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"'
        : "'" + text.replace("'", "''") + "'";
  }
}
