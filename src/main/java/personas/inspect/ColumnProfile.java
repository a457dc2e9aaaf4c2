package personas.inspect;

import java.time.temporal.TemporalAccessor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import personas.feature.FrequentLevels;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.table.encoding.NumberSyntax;
import personas.text.BooleanWords;
import personas.text.TimeParser;
import personas.text.Utf8;

/** Statistics of the values of one column, collected one value at a time. */
public final class ColumnProfile {
  /** The maximum number of distinct values that are counted. */
  static final int MAX_LEVELS = 10_000;

  /** The maximum number of values that are stored to find out whether all values are distinct. */
  private static final int MAX_UNIQUE = 2_000_000;

  private static final double MIN_DATE_SHARE = 0.95;
  private static final double MIN_NUMERIC_SHARE = 0.99;
  private static final int MIN_TEXTS = 20;
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}[-/.]\\d\\d?[-/.]\\d\\d?([T ].*)?|\\d\\d?[./-]\\d\\d?[./-](\\d{4}|\\d\\d)([T ].*)?"
              + "|\\d\\d?[ -][A-Za-z]{3,9}[ -]\\d{2,4}|[A-Za-z]{3,9} \\d\\d?, \\d{4}");
  private static final Pattern COMPACT_DATE =
      Pattern.compile("(19|20)\\d\\d[01]\\d[0-3]\\d(\\.0)?");
  private static final Pattern DATE_NAME =
      Pattern.compile(".*(date|datum|day|_at$|time).*", Pattern.CASE_INSENSITIVE);

  private final String name;
  private final Set<NumberFormat> formats;
  private final NumberSyntax numbers;
  private final Set<String> missingTexts;
  private final Map<String, Long> missingFound = new TreeMap<>();
  private final Map<String, Long> levels = new LinkedHashMap<>();
  private Set<String> unique = new HashSet<>();
  private long present;
  private long dates;
  private long compactDates;
  private long times;
  private long booleans;
  private long characters;
  private long wholes;
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  // Central moments by the update formulas of P. Pébay, Formulas for robust, one-pass parallel
  // computation of covariances and arbitrary-order statistical moments, Sandia report 2008-6212.
  private double mean;
  private double m2;
  private double m3;
  private long unreadable;

  ColumnProfile(String name, TextSyntax syntax, Set<NumberFormat> formats) {
    this.name = name;
    this.formats = formats;
    numbers = new NumberSyntax(syntax, formats);
    missingTexts = new HashSet<>(syntax.missingTokens());
  }

  /**
   * Returns the number of values with bytes that are not UTF-8 or with a NUL. Records with such
   * values would be rejected.
   */
  long unreadable() {
    return unreadable;
  }

  /** Adds a value; null, blank text and missing tokens count as missing. */
  void add(Object value) {
    if (value == null) {
      return;
    }
    String text = String.valueOf(value).strip();
    if (text.isEmpty()) {
      return;
    }
    boolean isNaN = value instanceof Double number && number.isNaN();
    if (missingTexts.contains(text) && (value instanceof String || isNaN)) {
      missingFound.merge(text, 1L, Long::sum);
      return;
    }
    addPresent(value, text);
  }

  private void addPresent(Object value, String text) {
    present++;
    unreadable += text.indexOf(Utf8.REPLACEMENT) >= 0 || text.indexOf('\0') >= 0 ? 1 : 0;
    characters += text.length();
    if (levels.size() < MAX_LEVELS || levels.containsKey(text)) {
      levels.merge(text, 1L, Long::sum);
    }
    if (unique != null && (!unique.add(text) || unique.size() > MAX_UNIQUE)) {
      unique = null;
    }
    booleans += value instanceof Boolean || !Double.isNaN(BooleanWords.value(text)) ? 1 : 0;
    dates += value instanceof TemporalAccessor || DATE.matcher(text).matches() ? 1 : 0;
    compactDates += COMPACT_DATE.matcher(text).matches() ? 1 : 0;
    double number =
        value instanceof Number typed
            ? typed.doubleValue()
            : value instanceof String ? numbers.parse(text) : Double.NaN;
    if (Double.isFinite(number)) {
      addNumber(number);
    }
    boolean isCompactDate = COMPACT_DATE.matcher(text).matches();
    double time = value instanceof Number ? TimeParser.ofNumber(number) : TimeParser.parse(text);
    times += !isCompactDate && (value instanceof TemporalAccessor || !Double.isNaN(time)) ? 1 : 0;
  }

  private void addNumber(double number) {
    count++;
    wholes += number == Math.rint(number) ? 1 : 0;
    min = Math.min(min, number);
    max = Math.max(max, number);
    double delta = number - mean;
    double step = delta / count;
    double term = delta * step * (count - 1);
    mean += step;
    m3 += term * step * (count - 2) - 3 * step * m2;
    m2 += term;
  }

  /** Returns the name of the column. */
  public String name() {
    return name;
  }

  /** Returns the decorations of the numbers. */
  public Set<NumberFormat> formats() {
    return formats;
  }

  /** Returns the type of the values. */
  public ColumnType type() {
    if (levels.size() <= 1) {
      return ColumnType.CONSTANT;
    }
    if (booleans == present && isPair()) {
      return ColumnType.BOOLEAN;
    }
    if (dates >= MIN_DATE_SHARE * present
        || (compactDates == present && DATE_NAME.matcher(name).matches())) {
      return ColumnType.DATE;
    }
    if (count >= MIN_NUMERIC_SHARE * present) {
      return ColumnType.NUMERIC;
    }
    boolean hasManyTexts = levels.size() >= MAX_LEVELS || 2L * levels.size() > present;
    return hasManyTexts && present >= MIN_TEXTS ? ColumnType.TEXT : ColumnType.CATEGORY;
  }

  /** Returns whether the values are one word for yes and the matching word for no. */
  private boolean isPair() {
    Set<String> words = new HashSet<>();
    levels.keySet().forEach(level -> words.add(level.toLowerCase(Locale.ROOT)));
    return words.size() == 2
        && words.stream().map(BooleanWords::value).distinct().count() == 2
        && words.stream().map(String::length).distinct().count() <= 2
        && (words.equals(Set.of("yes", "no"))
            || words.equals(Set.of("y", "n"))
            || words.equals(Set.of("true", "false"))
            || words.equals(Set.of("t", "f"))
            || words.equals(Set.of("1", "0")));
  }

  /** Returns the number of records with a value. */
  public long present() {
    return present;
  }

  /** Returns the number of distinct values, at most {@link #MAX_LEVELS}. */
  public int distinct() {
    return levels.size();
  }

  /** Returns whether all values are distinct; false if there are too many values to find out. */
  public boolean isUnique() {
    return unique != null && present > 1;
  }

  /** Returns whether the values are distinct consecutive whole numbers, in any order. */
  boolean isSequence() {
    return isUnique() && wholes == present && max - min + 1 == present;
  }

  /** Returns whether all values are whole numbers. */
  boolean isWhole() {
    return wholes == present;
  }

  /** Returns the number of values that can be the time of an event. */
  long times() {
    return times;
  }

  /** Returns the mean number of records per counted value. */
  double recordsOfLevel() {
    return (double) levels.values().stream().mapToLong(Number::longValue).sum()
        / Math.max(1, levels.size());
  }

  /** Returns the share of the most frequent value among present values; 1 without a value. */
  double largestShare() {
    long largest = levels.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return present == 0 ? 1 : (double) largest / present;
  }

  /** Returns the number of occurrences of each missing token. */
  public Map<String, Long> missingFound() {
    return missingFound;
  }

  /** Returns the number of values that are not numbers. */
  long notNumbers() {
    return present - count;
  }

  /** Returns the number that a value stands for in this column, or NaN. */
  double number(Object value) {
    return value instanceof Number typed
        ? typed.doubleValue()
        : value instanceof Boolean truth
            ? (truth ? 1 : 0)
            : value instanceof String text && !missingTexts.contains(text.strip())
                ? type() == ColumnType.BOOLEAN
                    ? BooleanWords.value(text.strip())
                    : numbers.parse(text)
                : Double.NaN;
  }

  /** Returns the smallest number; infinity if the column has no number. */
  public double min() {
    return min;
  }

  /** Returns the largest number; negative infinity if the column has no number. */
  public double max() {
    return max;
  }

  /** Returns the third standardized moment; 0 if all values are equal. */
  public double skewness() {
    return m2 <= 0 ? 0 : StrictMath.sqrt((double) count) * m3 / StrictMath.pow(m2, 1.5);
  }

  /** Returns the first {@code max} levels for a comment. */
  String exampleLevels(int max) {
    StringBuilder text = new StringBuilder();
    levels.keySet().stream()
        .limit(max)
        .forEach(level -> text.append(text.isEmpty() ? "" : ", ").append(level));
    return text + (levels.size() > max ? ", …" : "");
  }

  /**
   * Returns at most {@code max} values that can become the levels of a category, see {@link
   * FrequentLevels}.
   */
  List<String> frequentLevels(int max) {
    return FrequentLevels.of(levels, max);
  }

  /** Returns the mean number of characters of a value. */
  double meanLength() {
    return present == 0 ? 0 : (double) characters / present;
  }
}
