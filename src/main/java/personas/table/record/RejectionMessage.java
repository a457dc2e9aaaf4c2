package personas.table.record;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.table.encoding.NumberSyntax;
import personas.table.ledger.RejectReason;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.text.Blanks;
import personas.text.BooleanWords;
import personas.text.TimeParser;
import personas.text.TypedValueText;

/**
 * Describes rejected records in sentences that name the column, the count, an example, its position
 * and a remedy.
 */
public final class RejectionMessage {
  private static final int MAX_GROUPS = 5;

  /**
   * A warning names a column if the column has at least this share of the records that were
   * rejected for a reason.
   */
  private static final double CONCENTRATED_SHARE = 0.8;

  /** The minus sign U+2212, which spreadsheets and typesetters write instead of a hyphen. */
  private static final char MINUS_SIGN = '\u2212';

  private static final int MIN_CONCENTRATED_RECORDS = 3;

  private static final Pattern DATE =
      Pattern.compile("\\d{4}-\\d\\d?-\\d\\d?([T ].*)?|\\d\\d?[./-]\\d\\d?[./-]\\d{2,4}([T ].*)?");

  private static final String FEATURES = "features";

  private final UserSchema schema;
  private final Function<RejectedColumn, String> place;

  /** The key of the spec that lists the columns. */
  private final String key;

  /**
   * Creates messages about users.
   *
   * @param schema the columns that are read
   * @param place returns the position of the first record of a group, like {@code users.csv, line
   *     7}
   */
  public RejectionMessage(UserSchema schema, Function<RejectedColumn, String> place) {
    this(schema, place, FEATURES);
  }

  /**
   * Creates messages about users or events.
   *
   * @param key the key of the spec that lists the columns; {@code features} for users
   */
  public RejectionMessage(UserSchema schema, Function<RejectedColumn, String> place, String key) {
    this.schema = schema;
    this.place = place;
    this.key = key;
  }

  /** Returns the message that all records were rejected. */
  public String ofAll(SourceLedger ledger, List<RejectedColumn> groups) {
    return text(
        ledger.read() == 1
            ? "The only record was rejected."
            : String.format(Locale.ROOT, "All %,d records were rejected.", ledger.read()),
        groups);
  }

  /** Returns the message that more records were rejected than the run allows. */
  public String ofTooMany(SourceLedger ledger, double allowedShare, List<RejectedColumn> groups) {
    return text(
        String.format(
            Locale.ROOT,
            "%,d of %,d records were rejected (%.3g%%), more than the %.3g%% of maxRejectedShare.",
            ledger.rejectedTotal(),
            ledger.read(),
            100.0 * ledger.rejectedTotal() / ledger.read(),
            100 * allowedShare),
        groups);
  }

  private String text(String first, List<RejectedColumn> groups) {
    StringBuilder text = new StringBuilder(first);
    List<RejectedColumn> largest =
        groups.stream()
            .sorted(
                Comparator.comparingLong(RejectedColumn::records)
                    .reversed()
                    .thenComparing(RejectedColumn::reason)
                    .thenComparing(RejectedColumn::column))
            .limit(MAX_GROUPS)
            .toList();
    largest.forEach(group -> text.append("\n  ").append(sentence(group)));
    if (groups.size() > MAX_GROUPS) {
      text.append("\n  Reasons and columns that are not shown: ")
          .append(groups.size() - MAX_GROUPS)
          .append('.');
    }
    return text.toString();
  }

  /** Returns a sentence about a group of rejected records, with advice. */
  public String sentence(RejectedColumn group) {
    return switch (group.reason()) {
      case NOT_A_NUMBER,
          NOT_A_BOOLEAN,
          NOT_A_TIME,
          NOT_FINITE,
          OUT_OF_RANGE,
          NOT_WHOLE,
          MISSING_VALUE ->
          "Column `" + group.column() + "` " + ofValue(group);
      case MISSING_ID, ID_TOO_LONG, DUPLICATE_ID ->
          "Column `" + group.column() + "` " + ofId(group);
      case FIELD_COUNT, BROKEN_QUOTE, NOT_JSON, INVALID_UTF8, NUL_BYTE, RECORD_TOO_LONG ->
          ofText(group);
    };
  }

  private String ofValue(RejectedColumn group) {
    String found = counted(group) + ", for example " + example(group) + ". ";
    return switch (group.reason()) {
      case NOT_A_BOOLEAN ->
          "is declared boolean, but holds another value in "
              + found
              + allowed(BooleanWords.ALLOWED);
      case NOT_A_TIME ->
          "holds a value that is not a time in " + found + allowed(TimeParser.ALLOWED);
      case NOT_FINITE ->
          "holds a number that is not finite in "
              + found
              + "Allowed are finite numbers; list the value in `input.missing` if it stands for a"
              + " missing value.";
      case OUT_OF_RANGE ->
          "is out of range in " + found + "Allowed is " + range(group.column()) + ".";
      case NOT_WHOLE ->
          "is the weight and holds a number that is not whole in "
              + found
              + "Allowed is "
              + range(group.column())
              + ".";
      case MISSING_VALUE ->
          "has no value in " + counted(group) + first(group) + remedy(group.column());
      default -> "holds text in " + found + advice(group);
    };
  }

  private static String allowed(String values) {
    return "Allowed are " + values + ".";
  }

  /** Returns advice for a missing value. */
  private String remedy(String column) {
    if (isTime(column)) {
      return ". Every event needs a time.";
    }
    return isWeight(column)
        ? " and is the weight. Every record needs a weight."
        : ". Declare `missing: median`, `mean` or `zero` for it, or remove it from `features`.";
  }

  private String ofId(RejectedColumn group) {
    String records = counted(group) + first(group);
    return switch (group.reason()) {
      case DUPLICATE_ID -> "has the id of an earlier record in " + records + ".";
      case ID_TOO_LONG ->
          "is the id and has more than "
              + RecordBuffer.Limits.MAX_ID_BYTES
              + " bytes in "
              + records
              + ".";
      default -> "is the id and has no value in " + records + ". Every user needs an id.";
    };
  }

  private String ofText(RejectedColumn group) {
    String found = counted(group) + ", for example " + example(group) + ".";
    return switch (group.reason()) {
      case FIELD_COUNT ->
          "The number of fields differs from the header line in "
              + found
              + " Check the delimiter and the quotes.";
      case BROKEN_QUOTE ->
          "A quote is in the wrong place in "
              + found
              + " A field with quotes is quoted as a whole, and its quotes are doubled.";
      case NOT_JSON -> "The line is not one JSON object in " + found + jsonAdvice(group.value());
      case INVALID_UTF8 ->
          "The text" + inColumn(group) + " is not UTF-8 in " + found + " Save it as UTF-8.";
      case NUL_BYTE ->
          "A NUL byte was found" + inColumn(group) + " in " + counted(group) + first(group) + ".";
      default ->
          counted(group)
              + (group.records() == 1 ? " is" : " are")
              + " longer than the maximum size of a record"
              + first(group)
              + ".";
    };
  }

  /**
   * Returns advice for a line that is not JSON, if the form of the line shows the fault; otherwise
   * an empty text.
   */
  private static String jsonAdvice(String line) {
    String text = Blanks.strip(line);
    if (text.endsWith("},")) {
      return " Remove the comma after each object.";
    }
    if (text.startsWith("{'")) {
      return " Replace single quotes by double quotes.";
    }
    return text.matches("\\{[^{]*\\}\\s*\\{.*") ? " Write each object on its own line." : "";
  }

  private static String inColumn(RejectedColumn group) {
    return group.column().isEmpty() ? "" : " in column `" + group.column() + "`";
  }

  private String example(RejectedColumn group) {
    return "\"" + group.value() + "\" (" + place.apply(group) + ")";
  }

  private String first(RejectedColumn group) {
    return " (the first: " + place.apply(group) + ")";
  }

  private static String counted(RejectedColumn group) {
    return String.format(
        Locale.ROOT, "%,d %s", group.records(), group.records() == 1 ? "record" : "records");
  }

  private boolean isWeight(String column) {
    return column.equals(schema.weightColumn());
  }

  private boolean isTime(String column) {
    return schema.features().stream()
        .anyMatch(feature -> feature.column().equals(column) && feature.type() == FeatureType.TIME);
  }

  private String range(String column) {
    if (isWeight(column)) {
      return "a whole number from 0 to " + String.format(Locale.ROOT, "%,d", UserSchema.MAX_WEIGHT);
    }
    Optional<Feature> feature =
        schema.features().stream()
            .filter(candidate -> candidate.column().equals(column))
            .findFirst();
    if (feature.isEmpty()) {
      return "a finite number";
    }
    boolean isLogarithmic = feature.get().transform() == Transform.LOG1P;
    String min = limitText(feature.get().min(), -Double.MAX_VALUE);
    String max = limitText(feature.get().max(), Double.MAX_VALUE);
    String declared =
        min == null
            ? max == null ? "a finite number" : "at most " + max
            : max == null ? "at least " + min : min + ".." + max;
    return isLogarithmic ? "above -1, because of `transform: log1p`, and " + declared : declared;
  }

  /** Returns a limit as text; null if the feature has no limit. */
  private static String limitText(double limit, double noLimit) {
    return limit == noLimit ? null : TypedValueText.text(limit).replaceFirst("\\.0$", "");
  }

  /** Returns advice for a text in the column of a number. */
  private String advice(RejectedColumn group) {
    if (isWeight(group.column())) {
      return "It is the weight. Allowed is " + range(group.column()) + ".";
    }
    String value = Blanks.strip(group.value());
    String orRemove = ", or remove it from `" + key + "`.";
    if (!Double.isNaN(BooleanWords.value(value))) {
      return "Declare it with `type: boolean`" + orRemove;
    }
    if (DATE.matcher(value).matches()) {
      return "A date is not a number; remove it from `" + key + "`.";
    }
    NumberSyntax withBlanks =
        new NumberSyntax(
            new TextSyntax(null, value.contains(",") ? ',' : '.', ' ', null), Set.of());
    if (isNumber(value, '.', ',') || isNumber(value, ',', '.')) {
      return numberAdvice(value) + orRemove;
    }
    if (!Double.isNaN(withBlanks.parse(value))) {
      return "Set `input.thousands: ' '`" + orRemove;
    }
    if (value.chars().anyMatch(c -> c == MINUS_SIGN || (c > 127 && Character.isDigit(c)))) {
      return "The digits or the minus sign are not ASCII characters; write the number with 0-9 and"
          + " a hyphen"
          + orRemove;
    }
    boolean mayBeCategory = key.equals(FEATURES) && !value.startsWith("{");
    return "A feature is a number. "
        + (mayBeCategory ? "Declare `type: category` if the column names groups, list" : "List")
        + " the text in `input.missing` if it stands for a missing value"
        + orRemove;
  }

  private static boolean isNumber(String value, char decimal, char thousands) {
    NumberSyntax syntax =
        new NumberSyntax(
            new TextSyntax(null, decimal, thousands, null), Set.of(NumberFormat.values()));
    return !Double.isNaN(syntax.parse(value));
  }

  /** Returns the declarations of the spec with which a text is likely accepted as a number. */
  private String numberAdvice(String value) {
    String formats = "";
    formats += value.startsWith("(") ? ", parentheses" : "";
    formats += value.endsWith("%") ? ", percent" : "";
    formats +=
        value.matches(".*[\\p{Sc}A-Z].*") && !value.matches("[^\\p{Sc}]*[0-9.]E[0-9+-]+")
            ? ", currency"
            : "";
    String format =
        formats.isEmpty() ? "" : "accept it with `format: [" + formats.substring(2) + "]`";
    String marks = value.contains(",") ? commaAdvice(value) : pointAdvice(value);
    String advice = marks + (marks.isEmpty() || format.isEmpty() ? "" : "; ") + format;
    return advice.isEmpty()
        ? "Write the number with the marks of `input.decimal` and `input.thousands`"
        : Character.toUpperCase(advice.charAt(0)) + advice.substring(1);
  }

  private static String commaAdvice(String value) {
    return value.matches(".*,\\d{3}(\\D.*)?") && !value.matches(".*\\..*,.*")
        ? "set `input.thousands: ','` if the comma groups thousands, or `input.decimal: ','`"
            + " if it is the decimal mark"
        : "set `input.decimal: ','`" + (value.contains(".") ? " and `input.thousands: '.'`" : "");
  }

  /** Returns advice for a number without a comma; an empty text if the point is not the fault. */
  private String pointAdvice(String value) {
    if (value.indexOf('.') != value.lastIndexOf('.')) {
      return "set `input.decimal: ','` and `input.thousands: '.'`";
    }
    Character decimal = schema.syntax().decimal();
    if (!value.contains(".") || decimal == null || decimal == '.') {
      return "";
    }
    return value.matches("\\D*\\d{1,3}\\.\\d{3}(\\D.*)?")
        ? "set `input.thousands: '.'` if the point groups thousands, or `input.decimal: '.'`"
            + " if it is the decimal mark"
        : "set `input.decimal: '.'`";
  }

  /**
   * Returns the groups whose column has nearly all records that were rejected for the reason. Even
   * a small group matters, because it may hold all users of one kind.
   */
  public static List<RejectedColumn> concentrated(List<RejectedColumn> groups) {
    return groups.stream()
        .filter(group -> !group.column().isEmpty() && isAboutValue(group.reason()))
        .filter(group -> group.records() >= MIN_CONCENTRATED_RECORDS)
        .filter(
            group ->
                group.records()
                    >= CONCENTRATED_SHARE
                        * groups.stream()
                            .filter(other -> other.reason() == group.reason())
                            .mapToLong(RejectedColumn::records)
                            .sum())
        .toList();
  }

  private static boolean isAboutValue(RejectReason reason) {
    return switch (reason) {
      case MISSING_VALUE,
          NOT_A_NUMBER,
          NOT_A_BOOLEAN,
          NOT_FINITE,
          OUT_OF_RANGE,
          NOT_WHOLE,
          INVALID_UTF8,
          NUL_BYTE ->
          true;
      default -> false;
    };
  }
}
