package personas.inspect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.table.encoding.NumberSyntax;

/**
 * The guessed syntax of the numbers of a file: the decimal mark and the mark of thousands under
 * which most columns are numbers. Among equally good pairs of marks the plainest pair is chosen,
 * and {@link #isAmbiguous} is set if another pair reads other numbers.
 *
 * @param syntax the marks and the texts for missing values
 * @param formats the decorations of the numbers of each column
 * @param isAmbiguous whether other marks would read the same texts as other numbers
 */
public record SyntaxGuess(
    TextSyntax syntax, Map<String, Set<NumberFormat>> formats, boolean isAmbiguous) {
  /** The minimum share of the texts of a numeric column that are numbers. */
  static final double MIN_NUMERIC_SHARE = 0.95;

  private static final List<Character[]> POINT_FIRST =
      List.of(
          new Character[] {null, null},
          new Character[] {null, ','},
          new Character[] {',', null},
          new Character[] {',', '.'},
          new Character[] {null, ' '},
          new Character[] {',', ' '},
          new Character[] {null, '\''});

  private static final List<Character[]> COMMA_FIRST =
      List.of(
          new Character[] {null, null},
          new Character[] {',', null},
          new Character[] {',', '.'},
          new Character[] {',', ' '},
          new Character[] {null, ','},
          new Character[] {null, ' '},
          new Character[] {null, '\''});

  private static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}(\\.\\d{3})+");
  private static final Pattern SMALL = Pattern.compile("-?\\d{1,3}");

  /** Texts that some programs write for a missing value and that are not in the default list. */
  private static final Set<String> OTHER_MISSING =
      Set.of(
          "#N/A",
          "#NA",
          "<NA>",
          "N.A.",
          "n.a.",
          "na",
          "none",
          "NONE",
          "Null",
          "(null)",
          "nil",
          "--",
          ".",
          "unknown",
          "Unknown",
          "UNKNOWN",
          "missing",
          "Missing",
          "tbd",
          "TBD",
          "undefined");

  /**
   * Returns the syntax that fits the texts of a sample.
   *
   * @param delimiter the delimiter of CSV; if it is not a comma, a comma is more likely a decimal
   *     mark
   */
  static SyntaxGuess of(Map<String, List<Object>> columns, char delimiter) {
    Map<String, List<String>> texts = new TreeMap<>();
    columns.forEach((name, values) -> texts.put(name, texts(values)));
    List<Character[]> candidates = delimiter == ',' ? POINT_FIRST : COMMA_FIRST;
    TextSyntax best = null;
    int mostColumns = -1;
    long mostTexts = -1;
    boolean ambiguous = false;
    for (Character[] marks : candidates) {
      TextSyntax syntax = new TextSyntax(null, marks[0], marks[1], null);
      NumberSyntax numbers = new NumberSyntax(syntax, EnumSet.allOf(NumberFormat.class));
      List<List<String>> numericTexts =
          texts.values().stream().filter(column -> isNumeric(column, numbers)).toList();
      int numeric = numericTexts.size();
      // A column with a few grouped numbers is numeric even without the mark, so the parsed texts
      // are counted too.
      long parsed = numericTexts.stream().mapToLong(column -> parsed(column, numbers)).sum();
      if (numeric > mostColumns || (numeric == mostColumns && parsed > mostTexts)) {
        mostColumns = numeric;
        mostTexts = parsed;
        best = syntax;
        ambiguous = false;
      } else if (numeric == mostColumns && parsed == mostTexts && numeric > 0 && !best.isPlain()) {
        ambiguous |= readsOtherwise(texts, best, numbers);
      }
    }
    if (best.isPlain()) {
      ambiguous = texts.values().stream().anyMatch(SyntaxGuess::pointsMayGroup);
    }
    return new SyntaxGuess(best, formats(texts, best), ambiguous);
  }

  /**
   * Returns whether the points of a column may group thousands: all numbers with a point have three
   * digits after it, and all numbers without a point have at most three digits.
   */
  private static boolean pointsMayGroup(List<String> texts) {
    long grouped = texts.stream().filter(text -> GROUPED.matcher(text.strip()).matches()).count();
    long small = texts.stream().filter(text -> SMALL.matcher(text.strip()).matches()).count();
    return grouped > 0 && small > 0 && grouped + small == texts.size();
  }

  private static List<String> texts(List<Object> values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof String text
          && !text.isBlank()
          && !TextSyntax.DEFAULT_MISSING.contains(text.strip())
          && !OTHER_MISSING.contains(text.strip())) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static boolean isNumeric(List<String> texts, NumberSyntax numbers) {
    return !texts.isEmpty() && parsed(texts, numbers) >= MIN_NUMERIC_SHARE * texts.size();
  }

  private static long parsed(List<String> texts, NumberSyntax numbers) {
    return texts.stream().filter(text -> !Double.isNaN(numbers.parse(text))).count();
  }

  /** Returns whether other marks give another number for a text. */
  private static boolean readsOtherwise(
      Map<String, List<String>> texts, TextSyntax chosen, NumberSyntax other) {
    NumberSyntax numbers = new NumberSyntax(chosen, EnumSet.allOf(NumberFormat.class));
    return texts.values().stream()
        .filter(column -> isNumeric(column, numbers))
        .flatMap(List::stream)
        .anyMatch(
            text -> {
              double otherwise = other.parse(text);
              return !Double.isNaN(otherwise) && otherwise != numbers.parse(text);
            });
  }

  /** Returns the smallest set of decorations under which each column is numeric. */
  private static Map<String, Set<NumberFormat>> formats(
      Map<String, List<String>> texts, TextSyntax syntax) {
    Map<String, Set<NumberFormat>> formats = new TreeMap<>();
    texts.forEach(
        (name, values) -> {
          if (isNumeric(values, new NumberSyntax(syntax, EnumSet.noneOf(NumberFormat.class)))
              || !isNumeric(values, new NumberSyntax(syntax, EnumSet.allOf(NumberFormat.class)))) {
            return;
          }
          Set<NumberFormat> needed = EnumSet.allOf(NumberFormat.class);
          for (NumberFormat format : NumberFormat.values()) {
            Set<NumberFormat> without = EnumSet.copyOf(needed);
            without.remove(format);
            NumberSyntax fewer = new NumberSyntax(syntax, without);
            NumberSyntax more = new NumberSyntax(syntax, needed);
            boolean isUsed =
                values.stream()
                    .anyMatch(
                        text -> Double.isNaN(fewer.parse(text)) && !Double.isNaN(more.parse(text)));
            if (!isUsed) {
              needed = without;
            }
          }
          formats.put(name, needed);
        });
    return formats;
  }

  /**
   * Returns the texts of a sample that probably stand for a missing value and are not in the
   * default list.
   */
  static Set<String> otherMissing(Map<String, List<Object>> columns, Set<String> numericColumns) {
    Set<String> found = new TreeSet<>();
    for (String column : numericColumns) {
      for (Object value : columns.getOrDefault(column, List.of())) {
        if (value instanceof String text && OTHER_MISSING.contains(text.strip())) {
          found.add(text.strip());
        }
      }
    }
    return found;
  }

  /** Returns the columns whose texts are numbers in this syntax. */
  Set<String> numericColumns(Map<String, List<Object>> columns) {
    Set<String> numeric = new TreeSet<>();
    columns.forEach(
        (name, values) -> {
          if (isNumeric(
              texts(values), new NumberSyntax(syntax, formats.getOrDefault(name, Set.of())))) {
            numeric.add(name);
          }
        });
    return numeric;
  }

  /** Returns this guess with more texts for missing values, after the default texts. */
  SyntaxGuess withMissing(Set<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> tokens = new ArrayList<>(TextSyntax.DEFAULT_MISSING);
    tokens.addAll(more);
    return new SyntaxGuess(
        new TextSyntax(tokens, syntax.decimal(), syntax.thousands(), null), formats, isAmbiguous);
  }
}
