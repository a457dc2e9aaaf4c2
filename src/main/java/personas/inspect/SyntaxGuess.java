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
 * How the numbers of a file are written: the decimal mark and the mark of thousands under which
 * most columns are numbers. If several pairs do equally well, the plainer one wins, and {@link
 * #isAmbiguous} says that both would read the values.
 *
 * @param syntax the marks and the texts for missing values
 * @param formats column → the decorations of its numbers
 * @param isAmbiguous whether other marks read the same columns as other numbers
 */
public record SyntaxGuess(
    TextSyntax syntax, Map<String, Set<NumberFormat>> formats, boolean isAmbiguous) {
  /** The share of the texts of a column that are numbers, from which on it is numeric. */
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

  /** Texts that stand for a missing value in some programs and are not in the default list. */
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
   * Guesses from the texts of a sample.
   *
   * @param delimiter of CSV: where a comma does not separate fields, it is rather a decimal mark
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
          texts.values().stream().filter(each -> isNumeric(each, numbers)).toList();
      int numeric = numericTexts.size();
      // A column with a few grouped numbers is numeric without the mark, and lacks these numbers.
      long parsed = numericTexts.stream().mapToLong(each -> parsed(each, numbers)).sum();
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
   * digits behind it, and no number without one has more than three.
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

  /** Whether other marks give another number for any text. */
  private static boolean readsOtherwise(
      Map<String, List<String>> texts, TextSyntax chosen, NumberSyntax other) {
    NumberSyntax numbers = new NumberSyntax(chosen, EnumSet.allOf(NumberFormat.class));
    return texts.values().stream()
        .filter(each -> isNumeric(each, numbers))
        .flatMap(List::stream)
        .anyMatch(
            text -> {
              double otherwise = other.parse(text);
              return !Double.isNaN(otherwise) && otherwise != numbers.parse(text);
            });
  }

  /** The fewest decorations under which a column is numeric. */
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
            NumberSyntax all = new NumberSyntax(syntax, needed);
            boolean isUsed =
                values.stream()
                    .anyMatch(
                        text -> Double.isNaN(fewer.parse(text)) && !Double.isNaN(all.parse(text)));
            if (!isUsed) {
              needed = without;
            }
          }
          formats.put(name, needed);
        });
    return formats;
  }

  /** The texts of a sample that stand for a missing value and are not in the default list. */
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

  /** The columns whose texts are numbers in this syntax. */
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

  /** This guess with more texts for missing values behind the default ones. */
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
