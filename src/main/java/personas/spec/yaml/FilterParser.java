package personas.spec.yaml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.spec.event.EventCondition;
import personas.spec.event.EventCondition.Kind;
import personas.spec.event.EventCondition.Operator;
import personas.spec.event.EventFilter;
import personas.text.DoubleParser;
import personas.text.TimeParser;

/**
 * Parses the condition of a measure, which joins comparisons with {@code and}. A column is a name
 * of letters, digits and underscores, or any name in backticks. A text is written in single quotes,
 * which are doubled inside the text. A number is written without quotes.
 */
final class FilterParser {
  private static final String EXAMPLE =
      "a condition is like type = 'api_call' and amount > 0, or country in ('DE', 'AT')";

  private final String text;
  private final String timeColumn;

  /** The index of the next character to read. */
  private int position;

  private FilterParser(String text, String timeColumn) {
    this.text = text;
    this.timeColumn = timeColumn;
  }

  /** A condition that cannot be parsed; the message says why. */
  static final class FilterException extends Exception {
    private static final long serialVersionUID = 1;

    FilterException(String message) {
      super(message);
    }
  }

  /**
   * Parses a condition.
   *
   * @param timeColumn the column with the time of an event, whose values are compared as times;
   *     null if there is none
   * @throws FilterException if the text is not a condition; the message says why and shows an
   *     example
   */
  static EventFilter parse(String text, String timeColumn) throws FilterException {
    return new FilterParser(text, timeColumn).filter();
  }

  private EventFilter filter() throws FilterException {
    List<EventCondition> conditions = new ArrayList<>();
    do {
      conditions.add(condition());
    } while (takeWord("and"));
    skipBlanks();
    if (position < text.length()) {
      throw takeWord("or")
          ? new FilterException(
              "'or' is not supported; join conditions with 'and', or write column in ('a', 'b') to"
                  + " accept several values")
          : expected("the end or 'and'");
    }
    return new EventFilter(conditions);
  }

  private EventCondition condition() throws FilterException {
    String column = column();
    Operator operator = operator();
    List<String> values = new ArrayList<>();
    Kind kind = null;
    boolean isList = operator == Operator.IN;
    if (isList && !take("(")) {
      throw expected("'(' and a list of values");
    }
    do {
      Kind next = value(column, values);
      if (kind != null && kind != next) {
        throw new FilterException(
            "the values of " + column + " in (…) mix texts and numbers; use one kind");
      }
      kind = next;
    } while (isList && take(","));
    if (isList && !take(")")) {
      throw expected("',' or ')'");
    }
    return new EventCondition(column, operator, kind, values);
  }

  private String column() throws FilterException {
    skipBlanks();
    if (position < text.length() && text.charAt(position) == '`') {
      int end = text.indexOf('`', position + 1);
      if (end <= position + 1) {
        throw expected("a column in backticks");
      }
      String column = text.substring(position + 1, end);
      position = end + 1;
      return column;
    }
    int start = position;
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw expected("a column");
    }
    return text.substring(start, position);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private Operator operator() throws FilterException {
    for (String[] sign :
        new String[][] {{"!=", "!="}, {"<>", "!="}, {"<=", "<="}, {">=", ">="}, {"==", "="}}) {
      if (take(sign[0])) {
        return of(sign[1]);
      }
    }
    for (String sign : List.of("=", "<", ">")) {
      if (take(sign)) {
        return of(sign);
      }
    }
    if (takeWord("in")) {
      return Operator.IN;
    }
    throw expected("one of =, !=, <, <=, >, >=, in");
  }

  private static Operator of(String sign) {
    for (Operator operator : Operator.values()) {
      if (operator.sign().equals(sign)) {
        return operator;
      }
    }
    throw new IllegalArgumentException(sign);
  }

  private Kind value(String column, List<String> values) throws FilterException {
    skipBlanks();
    boolean isTime = column.equals(timeColumn);
    if (position < text.length() && text.charAt(position) == '\'') {
      String value = quoted();
      if (isTime && Double.isNaN(TimeParser.parse(value))) {
        throw new FilterException("'" + value + "' is not a time; allowed: " + TimeParser.ALLOWED);
      }
      values.add(value);
      return isTime ? Kind.TIME : Kind.TEXT;
    }
    String word = number();
    if (isTime) {
      throw new FilterException(
          word + " is not a time; write it in single quotes, like '2026-10-31'");
    }
    values.add(word);
    return Kind.NUMBER;
  }

  private String number() throws FilterException {
    int start = position;
    while (position < text.length()
        && (isNamePart(text.charAt(position)) || "+-.".indexOf(text.charAt(position)) >= 0)) {
      position++;
    }
    String word = text.substring(start, position);
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    if (word.isEmpty() || !Double.isFinite(DoubleParser.parse(utf8, 0, utf8.length))) {
      position = start;
      throw word.isEmpty()
          ? expected("a number, or a text in single quotes")
          : new FilterException(
              word + " is not a number; write a text in single quotes: '" + word + "'");
    }
    return word;
  }

  private String quoted() throws FilterException {
    StringBuilder value = new StringBuilder();
    for (int i = position + 1; i < text.length(); i++) {
      if (text.charAt(i) != '\'') {
        value.append(text.charAt(i));
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
        value.append('\'');
        i++;
      } else {
        position = i + 1;
        return value.toString();
      }
    }
    throw new FilterException("a text in single quotes has no closing quote; " + EXAMPLE);
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private boolean take(String sign) {
    skipBlanks();
    boolean isNext = text.startsWith(sign, position);
    position += isNext ? sign.length() : 0;
    return isNext;
  }

  private boolean takeWord(String word) {
    skipBlanks();
    int end = position + word.length();
    boolean isNext =
        end <= text.length()
            && text.substring(position, end).toLowerCase(Locale.ROOT).equals(word)
            && (end == text.length() || !isNamePart(text.charAt(end)));
    position = isNext ? end : position;
    return isNext;
  }

  private FilterException expected(String what) {
    String rest = text.substring(Math.min(position, text.length()));
    String remaining = rest.isBlank() ? "the end" : "'" + rest + "'";
    return new FilterException("expected " + what + " at " + remaining + "; " + EXAMPLE);
  }
}
