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
  private int at;

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
    if (at < text.length()) {
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
    if (at < text.length() && text.charAt(at) == '`') {
      int end = text.indexOf('`', at + 1);
      if (end <= at + 1) {
        throw expected("a column in backticks");
      }
      String column = text.substring(at + 1, end);
      at = end + 1;
      return column;
    }
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw expected("a column");
    }
    return text.substring(start, at);
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
    if (at < text.length() && text.charAt(at) == '\'') {
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
    int start = at;
    while (at < text.length()
        && (isNamePart(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String word = text.substring(start, at);
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    if (word.isEmpty() || !Double.isFinite(DoubleParser.parse(utf8, 0, utf8.length))) {
      at = start;
      throw word.isEmpty()
          ? expected("a number, or a text in single quotes")
          : new FilterException(
              word + " is not a number; write a text in single quotes: '" + word + "'");
    }
    return word;
  }

  private String quoted() throws FilterException {
    StringBuilder value = new StringBuilder();
    for (int i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) != '\'') {
        value.append(text.charAt(i));
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
        value.append('\'');
        i++;
      } else {
        at = i + 1;
        return value.toString();
      }
    }
    throw new FilterException("a text in single quotes has no closing quote; " + EXAMPLE);
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(String sign) {
    skipBlanks();
    boolean isThere = text.startsWith(sign, at);
    at += isThere ? sign.length() : 0;
    return isThere;
  }

  private boolean takeWord(String word) {
    skipBlanks();
    int end = at + word.length();
    boolean isThere =
        end <= text.length()
            && text.substring(at, end).toLowerCase(Locale.ROOT).equals(word)
            && (end == text.length() || !isNamePart(text.charAt(end)));
    at = isThere ? end : at;
    return isThere;
  }

  private FilterException expected(String what) {
    String rest = text.substring(Math.min(at, text.length()));
    String place = rest.isBlank() ? "the end" : "'" + rest + "'";
    return new FilterException("expected " + what + " at " + place + "; " + EXAMPLE);
  }
}
