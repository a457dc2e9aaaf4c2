package personas.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes an XML document with one element per line, indented by its depth. */
final class XmlLines {
  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private final Deque<String> openElements = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes a name and a value in turn
   * @throws IllegalArgumentException if a value holds a character that XML cannot hold
   */
  void open(String element, String... attributes) {
    start(element, attributes);
    text.append(">\n");
    openElements.push(element);
  }

  /** Closes the element that was opened last. */
  void close() {
    String element = openElements.pop();
    indent();
    text.append("</").append(element).append(">\n");
  }

  /** Writes an element without content; for the arguments see {@link #open}. */
  void empty(String element, String... attributes) {
    start(element, attributes);
    text.append("/>\n");
  }

  /** Writes an element with a text; for the arguments see {@link #open}. */
  void element(String element, String content, String... attributes) {
    start(element, attributes);
    text.append('>').append(escaped(content)).append("</").append(element).append(">\n");
  }

  private void start(String element, String... attributes) {
    indent();
    text.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escaped(attributes[i + 1])).append('"');
    }
  }

  private void indent() {
    text.append("  ".repeat(openElements.size()));
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    value.codePoints().forEach(c -> append(c, value, escaped));
    return escaped.toString();
  }

  private static void append(int c, String value, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
      default -> {
        boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        if (c < ' ' || isSurrogate || c == 0xFFFE || c == 0xFFFF) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "'%s' holds U+%04X, which an XML file cannot hold",
                  value.replaceAll("\\p{Cntrl}", "?"),
                  c));
        }
        out.appendCodePoint(c);
      }
    }
  }

  /** Returns the document. */
  @Override
  public String toString() {
    return text.toString();
  }
}
