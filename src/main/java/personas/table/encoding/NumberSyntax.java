package personas.table.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.text.Blanks;
import personas.text.DoubleParser;

/**
 * Parses numbers that people wrote: with a decimal comma, groups of three digits, a currency, a
 * percent sign, or parentheses around a negative number. Only declared forms are accepted. Every
 * group after the first must have exactly three digits, so that {@code 1,5} is never 15. The text
 * is rewritten as a plain number, which {@link DoubleParser} parses. A number with a percent sign
 * is not divided by 100. An instance is not thread-safe.
 */
public final class NumberSyntax {
  private static final String CURRENCY_SIGNS = "$€£¥₹₽₩₺₴₦₫₱฿₪¢";

  /** The blanks that may separate thousands if the declared mark is a blank. */
  private static final String BLANK_MARKS = " \u00a0\u202f\u2009";

  private static final String APOSTROPHES = "'\u2019";

  private final char decimal;
  private final char thousands;
  private final boolean acceptsCurrency;
  private final boolean acceptsPercent;
  private final boolean acceptsParentheses;
  private final boolean isPlain;
  private byte[] rewritten = new byte[64];

  /** Creates the syntax of a feature's numbers. */
  public NumberSyntax(TextSyntax syntax, Set<NumberFormat> formats) {
    decimal = syntax.decimal() == null ? '.' : syntax.decimal();
    thousands = syntax.thousands() == null ? 0 : syntax.thousands();
    acceptsCurrency = formats.contains(NumberFormat.CURRENCY);
    acceptsPercent = formats.contains(NumberFormat.PERCENT);
    acceptsParentheses = formats.contains(NumberFormat.PARENTHESES);
    isPlain = syntax.isPlain() && formats.isEmpty();
  }

  /** Returns whether only plain numbers are accepted. */
  public boolean isPlain() {
    return isPlain;
  }

  /** Parses a number. Returns NaN if the text is not a number in a declared form. */
  public double parse(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return parse(utf8, 0, utf8.length);
  }

  /** Parses a number in UTF-8. Returns NaN if the text is not a number in a declared form. */
  public double parse(byte[] text, int from, int to) {
    if (isPlain) {
      int start = Blanks.skip(text, from, to);
      return DoubleParser.parse(text, start, Blanks.trim(text, start, to));
    }
    String written = Blanks.strip(new String(text, from, to - from, StandardCharsets.UTF_8));
    boolean isNegative = false;
    if (acceptsParentheses && written.startsWith("(") && written.endsWith(")")) {
      isNegative = true;
      written = Blanks.strip(written.substring(1, written.length() - 1));
    }
    if (acceptsPercent && written.endsWith("%")) {
      written = Blanks.strip(written.substring(0, written.length() - 1));
    }
    if (acceptsCurrency) {
      written = withoutCurrency(written);
    }
    boolean hasSign = written.startsWith("-") || written.startsWith("+");
    if (isNegative && hasSign) {
      return DoubleParser.NONE;
    }
    if (hasSign && acceptsCurrency) {
      // The sign may come before the currency: -$12.
      written = written.charAt(0) + withoutCurrency(written.substring(1));
    }
    int length = rewrite(written);
    double value = length < 0 ? DoubleParser.NONE : DoubleParser.parse(rewritten, 0, length);
    return isNegative ? 0.0 - value : value;
  }

  private static String withoutCurrency(String text) {
    String rest = text;
    if (!rest.isEmpty() && CURRENCY_SIGNS.indexOf(rest.charAt(0)) >= 0) {
      rest = rest.substring(1);
    } else if (!rest.isEmpty() && CURRENCY_SIGNS.indexOf(rest.charAt(rest.length() - 1)) >= 0) {
      rest = rest.substring(0, rest.length() - 1);
    } else if (startsWithCode(rest)) {
      rest = rest.substring(3);
    } else if (rest.length() > 3 && startsWithCode(rest.substring(rest.length() - 3))) {
      rest = rest.substring(0, rest.length() - 3);
    }
    return Blanks.strip(rest);
  }

  private static boolean startsWithCode(String text) {
    return text.length() >= 3 && text.chars().limit(3).allMatch(c -> c >= 'A' && c <= 'Z');
  }

  /**
   * Writes the plain form of a number. Returns the length, or -1 if a group does not have three
   * digits, or if a mark or a character is not allowed.
   */
  private int rewrite(String text) {
    if (rewritten.length < text.length()) {
      rewritten = Arrays.copyOf(rewritten, text.length());
    }
    int length = 0;
    int groupDigits = 0;
    boolean isGrouped = false;
    boolean inWholePart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inWholePart && c >= '0' && c <= '9') {
        groupDigits++;
      } else if (inWholePart && isThousandsMark(c)) {
        if (groupDigits == 0 || groupDigits > 3 || (isGrouped && groupDigits != 3)) {
          return -1;
        }
        isGrouped = true;
        groupDigits = 0;
        continue;
      } else if (c == decimal) {
        if (!inWholePart || (isGrouped && groupDigits != 3)) {
          return -1;
        }
        inWholePart = false;
        c = '.';
      } else if (c == '.' || c > 127) {
        return -1;
      } else if (c == 'e' || c == 'E') {
        if (isGrouped && inWholePart && groupDigits != 3) {
          return -1;
        }
        inWholePart = false;
      }
      rewritten[length++] = (byte) c;
    }
    return isGrouped && inWholePart && groupDigits != 3 ? -1 : length;
  }

  private boolean isThousandsMark(char c) {
    return thousands != 0
        && (c == thousands
            || (thousands == ' ' && BLANK_MARKS.indexOf(c) >= 0)
            || (thousands == '\'' && APOSTROPHES.indexOf(c) >= 0));
  }
}
