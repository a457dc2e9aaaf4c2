package personas.text;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes texts as YAML. */
public final class YamlText {
  private YamlText() {}

  /**
   * Returns a text in single quotes, in which only the quote is special. A text with a line break
   * or another control character gets double quotes, with the escapes of JSON.
   */
  public static String quoted(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"'
        : "'" + text.replace("'", "''") + "'";
  }
}
