package personas.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Evaluates formulas of a spreadsheet that use the functions of {@link TypingFormula} alone, by the
 * rules that Excel documents: a text is greater than any number, an empty cell equals 0 and the
 * empty text, IF evaluates one branch, an error in a value is an error of the formula.
 */
final class SheetFormula {
  private final String text;
  private final Map<String, Object> cells;
  private int at;

  private SheetFormula(String text, Map<String, Object> cells) {
    this.text = text;
    this.cells = cells;
  }

  /** An empty cell. */
  private static final Object EMPTY = new Object();

  /**
   * The value of a formula.
   *
   * @param formula begins with an equals sign
   * @param cells values by the name of the cell: a Double or a String; others are empty
   */
  static Object value(String formula, Map<String, Object> cells) {
    SheetFormula parser = new SheetFormula(formula, cells);
    parser.expect("=");
    Supplier<Object> value = parser.comparison();
    if (parser.at != formula.length()) {
      throw new IllegalArgumentException("not read: " + formula.substring(parser.at));
    }
    return value.get();
  }

  private boolean takes(String token) {
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!takes(token)) {
      throw new IllegalArgumentException(token + " expected: " + text.substring(at));
    }
  }

  private Supplier<Object> comparison() {
    Supplier<Object> left = sum();
    for (String operator : List.of("<>", ">=", "<=", "=", ">", "<")) {
      if (takes(operator)) {
        Supplier<Object> right = sum();
        return () -> compares(operator, compare(left.get(), right.get()));
      }
    }
    return left;
  }

  private static boolean compares(String operator, int sign) {
    return switch (operator) {
      case "<>" -> sign != 0;
      case ">=" -> sign >= 0;
      case "<=" -> sign <= 0;
      case "=" -> sign == 0;
      case ">" -> sign > 0;
      default -> sign < 0;
    };
  }

  private static int compare(Object left, Object right) {
    Object a = left == EMPTY ? right instanceof String ? "" : 0.0 : left;
    Object b = right == EMPTY ? a instanceof String ? "" : 0.0 : right;
    if (a instanceof Double number && b instanceof Double other) {
      return Double.compare(number + 0.0, other + 0.0);
    }
    if (a instanceof String word && b instanceof String other) {
      return word.compareToIgnoreCase(other);
    }
    return a instanceof String ? 1 : -1;
  }

  private Supplier<Object> sum() {
    Supplier<Object> left = product();
    while (true) {
      Supplier<Object> before = left;
      if (takes("+")) {
        Supplier<Object> right = product();
        left = () -> number(before) + number(right);
      } else if (takes("-")) {
        Supplier<Object> right = product();
        left = () -> number(before) - number(right);
      } else if (takes("&")) {
        Supplier<Object> right = product();
        left = () -> (String) before.get() + right.get();
      } else {
        return left;
      }
    }
  }

  private Supplier<Object> product() {
    Supplier<Object> left = factor();
    while (takes("*")) {
      Supplier<Object> before = left;
      Supplier<Object> right = factor();
      left = () -> number(before) * number(right);
    }
    return left;
  }

  private static double number(Supplier<Object> value) {
    Object found = value.get();
    if (found == EMPTY) {
      return 0;
    }
    if (found instanceof Double number) {
      return number;
    }
    throw new ArithmeticException("#VALUE!");
  }

  private Supplier<Object> factor() {
    if (takes("-")) {
      Supplier<Object> value = factor();
      return () -> -number(value);
    }
    if (takes("\"")) {
      return string();
    }
    int from = at;
    if (Character.isDigit(text.charAt(at))) {
      while (at < text.length() && isOfNumber(from)) {
        at++;
      }
      double value = Double.parseDouble(text.substring(from, at));
      return () -> value;
    }
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at);
    return takes("(") ? function(name) : () -> cells.getOrDefault(name, EMPTY);
  }

  private boolean isOfNumber(int from) {
    char character = text.charAt(at);
    return Character.isDigit(character)
        || character == '.'
        || (character == 'E' && at > from)
        || (character == '-' && text.charAt(at - 1) == 'E');
  }

  private Supplier<Object> string() {
    StringBuilder value = new StringBuilder();
    while (true) {
      if (takes("\"\"")) {
        value.append('"');
      } else if (takes("\"")) {
        String whole = value.toString();
        return () -> whole;
      } else {
        value.append(text.charAt(at++));
      }
    }
  }

  private Supplier<Object> function(String name) {
    List<Supplier<Object>> arguments = new ArrayList<>();
    do {
      arguments.add(comparison());
    } while (takes(","));
    expect(")");
    Supplier<Object> first = arguments.get(0);
    return switch (name) {
      case "IF" -> () -> arguments.get((Boolean) first.get() ? 1 : 2).get();
      case "OR" -> () -> truths(arguments).contains(true);
      case "AND" -> () -> !truths(arguments).contains(false);
      case "NOT" -> () -> !(Boolean) first.get();
      case "ISNUMBER" -> () -> first.get() instanceof Double;
      case "EXACT" -> () -> first.get().equals(arguments.get(1).get());
      case "LN" -> () -> logarithm(number(first));
      case "MAX" -> () -> arguments.stream().mapToDouble(SheetFormula::number).max().getAsDouble();
      case "MIN" -> () -> arguments.stream().mapToDouble(SheetFormula::number).min().getAsDouble();
      default -> throw new IllegalArgumentException(name + ": is no function of these formulas");
    };
  }

  private static List<Boolean> truths(List<Supplier<Object>> arguments) {
    return arguments.stream().map(argument -> (Boolean) argument.get()).toList();
  }

  private static double logarithm(double value) {
    if (value <= 0) {
      throw new ArithmeticException("#NUM!");
    }
    return Math.log(value);
  }
}
