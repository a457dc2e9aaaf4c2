package personas.spec.yaml;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;

/** Reads the keys that define how an input writes missing values, numbers and fields. */
final class SyntaxReader {
  private static final int MAX_TOKENS = 100;

  private SyntaxReader() {}

  /** Returns the syntax of an input, from the keys of {@code input}. */
  static TextSyntax syntax(Map<String, SpecNode> input) {
    List<String> missing = missing(input.get("missing"));
    Character decimal = mark(input.get("decimal"), ".,");
    Character thousands = mark(input.get("thousands"), TextSyntax.THOUSANDS_MARKS);
    if (thousands != null && thousands == (decimal == null ? '.' : decimal)) {
      input.get("thousands").addMistake("'" + thousands + "' is also the decimal mark");
      thousands = null;
    }
    Character delimiter = input.get("delimiter").character();
    if (delimiter != null && !TextSyntax.mayDelimit(delimiter)) {
      input
          .get("delimiter")
          .addMistake("must be one ASCII character, and not a quote, a line break or NUL");
      delimiter = null;
    }
    // A declared default becomes null, so that specs with and without the key have the same digest.
    return new TextSyntax(
        missing, decimal != null && decimal == '.' ? null : decimal, thousands, delimiter);
  }

  private static List<String> missing(SpecNode node) {
    if (!node.isPresent()) {
      return null;
    }
    List<String> tokens = node.tokens();
    if (tokens.size() > MAX_TOKENS) {
      node.addMistake(tokens.size() + " texts are more than " + MAX_TOKENS);
      return null;
    }
    return tokens.equals(TextSyntax.DEFAULT_MISSING) ? null : tokens;
  }

  private static Character mark(SpecNode node, String allowed) {
    Character mark = node.character();
    if (mark != null && allowed.indexOf(mark) < 0) {
      List<String> quoted = new ArrayList<>();
      allowed.chars().forEach(c -> quoted.add("'" + (char) c + "'"));
      node.addMistake("'" + mark + "' is not one of " + String.join(", ", quoted));
      return null;
    }
    return mark;
  }

  /** Reads the formats of numbers that a feature accepts: one format or a list. */
  static Set<NumberFormat> formats(SpecNode node) {
    Set<NumberFormat> formats = EnumSet.noneOf(NumberFormat.class);
    if (node.isList()) {
      node.elements().forEach(element -> add(element, formats));
    } else if (node.isPresent()) {
      add(node, formats);
    }
    return formats;
  }

  private static void add(SpecNode node, Set<NumberFormat> formats) {
    NumberFormat format = node.oneOf(NumberFormat.class, null);
    if (format != null) {
      formats.add(format);
    }
  }
}
