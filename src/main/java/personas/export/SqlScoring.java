package personas.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.Grid;
import personas.model.Model;
import personas.model.Model.FeatureModel;
import personas.model.score.ScoringModel;
import personas.text.sql.SqlDialect;

/**
 * A {@code SELECT} that gives the users of a table the personas of a model, as {@code score} does.
 * It does the same operations on doubles in the same order, so that without a logarithm every
 * database with IEEE 754 doubles gives the same personas. Users that {@code score} would reject
 * (without a value that the model needs, or out of its range) are not in the result.
 *
 * <p>PostgreSQL raises an error where a result overflows or underflows; the branches around a
 * difference and a quotient keep both within the range of doubles.
 */
public final class SqlScoring {
  /** Added and subtracted, it rounds a small double to a whole number, ties to even. */
  private static final double ROUNDER = 0x1.8p52;

  /** A square below the square of this underflows. */
  private static final double LEAST_SQUARED = 1e-150;

  /** Larger than any squared distance on the grid. */
  private static final double FAR = 1e300;

  private final Model model;
  private final List<Feature> features;
  private final SqlDialect dialect;
  private final String table;

  private SqlScoring(Model model, SqlDialect dialect, String table) {
    this.model = model;
    this.features = ScoringModel.features(model);
    this.dialect = dialect;
    this.table = table;
  }

  /**
   * The statement, with comments that say what it promises.
   *
   * @param table the name of a table with the columns of the model, as SQL writes it
   */
  public static String of(Model model, SqlDialect dialect, String table) {
    return new SqlScoring(model, dialect, table).statement();
  }

  private boolean hasLogarithm() {
    return features.stream().anyMatch(feature -> feature.transform() == Transform.LOG1P);
  }

  private boolean hasId() {
    return model.handover() != null && !model.handover().id().equals("none");
  }

  private String statement() {
    int k = model.clusters().size();
    int d = features.size();
    String queries =
        String.join(
            ",\n",
            query("raw_values", columns(rawColumns()), dialect.table(table)),
            query("transformed", withId(d, this::transformed), "raw_values", accepted()),
            query("standardized", withId(d, this::standardized), "transformed"),
            query("distances", withId(k, this::squaredDistance), "standardized"),
            query("nearest", nearest(k), "distances"),
            query("ranked", " *, " + second(k) + " AS second", "nearest"),
            query("measured", distances(k), "ranked"));
    return String.join("\n", head())
        + "\nWITH "
        + queries
        + "\nSELECT"
        + columns(results(k))
        + "\nFROM measured\n";
  }

  /** A named query; {@code columns} begins with a space or a line feed. */
  private static String query(String name, String columns, String from) {
    return name + " AS (\n  SELECT" + columns + "\n  FROM " + from + "\n)";
  }

  private static String query(String name, String columns, String from, String condition) {
    return query(name, columns, from + "\n  WHERE " + condition);
  }

  private static String nearest(int k) {
    return " *, "
        + first(IntStream.range(0, k).mapToObj(j -> "d" + j).toList())
        + "\n    AS nearest";
  }

  private String distances(int k) {
    return " *,\n    SQRT("
        + distanceOf("nearest", k)
        + ") AS distance,\n    SQRT("
        + distanceOf("second", k)
        + ") AS second_distance";
  }

  private List<String> head() {
    List<String> head = new ArrayList<>();
    head.add(
        "-- The personas of the model '" + plain(model.spec().name()) + "', as score gives them.");
    if (hasLogarithm()) {
      head.add("-- A feature is clustered by its logarithm, which databases compute to other last");
      head.add(
          "-- bits: a user whose standardized value lies within 1e-14 of the middle between two");
      head.add(
          "-- steps of 2^-24 may be rounded the other way, and get another persona on a border.");
    } else {
      head.add("-- Every user gets exactly the persona of score, also on a border between two.");
    }
    head.add("-- Users whom score rejects are left out.");
    return head;
  }

  /** A text in one line. */
  static String plain(String name) {
    return name.replaceAll("[\\p{Cntrl}]", " ");
  }

  /** The columns of a query, a line each. */
  private static String columns(List<String> columns) {
    return columns.stream().map(column -> "\n    " + column).collect(Collectors.joining(","));
  }

  private String withId(int count, IntFunction<String> column) {
    List<String> all = new ArrayList<>();
    if (hasId()) {
      all.add("id");
    }
    IntStream.range(0, count).mapToObj(column).forEach(all::add);
    return columns(all);
  }

  private List<String> rawColumns() {
    List<String> all = new ArrayList<>();
    if (hasId()) {
      all.add(dialect.column(model.handover().id()) + " AS id");
    }
    for (int f = 0; f < features.size(); f++) {
      all.add(value(features.get(f)) + " AS x" + f);
    }
    return all;
  }

  /** A feature as a double; NULL if the user has no value. */
  private String value(Feature feature) {
    String column = dialect.column(feature.column());
    if (feature.level() != null) {
      return indicator(feature, column);
    }
    return feature.type() == FeatureType.BOOLEAN
        ? dialect.booleanValue(column)
        : dialect.value(column);
  }

  /** 1 for the users of a level of a category, else 0. */
  private String indicator(Feature feature, String column) {
    CategoryLevel level = feature.level();
    String missing =
        feature.missing() != MissingPolicy.LEVEL ? "NULL" : number(level.isOfMissing() ? 1 : 0);
    String text = "TRIM(" + column + ")";
    String own = text + " = " + dialect.text(level.level());
    String listed = level.levels().stream().map(dialect::text).collect(Collectors.joining(", "));
    boolean isElse = level.isOfOthers() && !level.levels().isEmpty();
    return String.format(
        Locale.ROOT,
        "CASE WHEN %s IS NULL THEN %s WHEN %s THEN %s%s ELSE %s END",
        column,
        missing,
        own,
        number(1),
        isElse ? " WHEN " + text + " IN (" + listed + ") THEN " + number(0) : "",
        number(level.isOfOthers() ? 1 : 0));
  }

  /** What score accepts: all values that are needed, each within its range. */
  private String accepted() {
    List<String> conditions = new ArrayList<>();
    if (hasId()) {
      conditions.add("id IS NOT NULL");
    }
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      String x = "x" + f;
      String range =
          x + " >= " + number(feature.min()) + " AND " + x + " <= " + number(feature.max());
      if (feature.transform() == Transform.LOG1P) {
        range += " AND " + x + " > " + number(-1);
      }
      conditions.add(
          feature.missing() == MissingPolicy.REJECT
              ? range
              : "(" + x + " IS NULL OR (" + range + "))");
    }
    return String.join("\n    AND ", conditions);
  }

  private String number(double value) {
    return dialect.number(value);
  }

  private String transformed(int f) {
    FeatureModel feature = model.features().get(f);
    String value = "x" + f;
    if (features.get(f).missing() != MissingPolicy.REJECT) {
      value = "COALESCE(" + value + ", " + number(feature.valueOfMissing()) + ")";
    }
    ValueLimits limits = feature.limits();
    if (limits != null) {
      value =
          "GREATEST("
              + number(limits.lower())
              + ", LEAST("
              + number(limits.upper())
              + ", "
              + value
              + "))";
    }
    if (features.get(f).transform() == Transform.LOG1P) {
      // ln(1 + x) loses the digits of a small x; this quotient gives them back (W. Kahan, see
      // D. Goldberg, What Every Computer Scientist Should Know About Floating-Point, 1991).
      String one = number(1);
      value =
          String.format(
              Locale.ROOT,
              "CASE WHEN %2$s + %1$s = %2$s THEN %1$s"
                  + " ELSE LN(%2$s + %1$s) * (%1$s / ((%2$s + %1$s) - %2$s)) END",
              value,
              one);
    }
    return value + " AS t" + f;
  }

  /** z on the grid: {@code rint((t - mean) / unit * 2^24) / 2^24}, within ±2^17. */
  private String standardized(int f) {
    FeatureModel feature = model.features().get(f);
    double unit = feature.unit();
    if (unit == 0) {
      return number(0) + " AS z" + f;
    }
    String t = "t" + f;
    String difference = t + " - " + number(feature.mean());
    double reach = Math.min(Double.MAX_VALUE, unit * Grid.LARGEST);
    // Half a step is rounded to 0, so a smaller quotient need not be computed.
    String small = number(unit / (4 * Grid.STEPS_PER_UNIT));
    String quotient =
        String.format(
            Locale.ROOT,
            "CASE WHEN %1$s >= %2$s THEN %3$s WHEN %1$s <= -%2$s THEN -%3$s"
                + " WHEN ABS(%1$s) <= %4$s THEN %5$s ELSE (%1$s) / %6$s END",
            difference,
            number(reach),
            number(Grid.LARGEST),
            small,
            number(0),
            number(unit));
    String steps = "(" + quotient + ") * " + number(Grid.STEPS_PER_UNIT);
    return String.format(
        Locale.ROOT,
        "((%s + %s) - %2$s) * %s AS z%d",
        steps,
        number(ROUNDER),
        number(1 / Grid.STEPS_PER_UNIT),
        f);
  }

  private String squaredDistance(int j) {
    String sum = null;
    for (int f = 0; f < features.size(); f++) {
      double centroid = model.clusters().get(j).centroid().get(f);
      String difference = "(z" + f + " - " + number(centroid) + ")";
      String square = difference + " * " + difference;
      if (centroid != 0 && Math.abs(centroid) < LEAST_SQUARED) {
        square =
            "CASE WHEN ABS"
                + difference
                + " < "
                + number(LEAST_SQUARED)
                + " THEN "
                + number(0)
                + " ELSE "
                + square
                + " END";
      }
      sum = sum == null ? square : "(" + sum + ") + " + square;
    }
    return sum + " AS d" + j;
  }

  /** The place of the first of the least values. */
  private static String first(List<String> values) {
    if (values.size() == 1) {
      return "0";
    }
    StringBuilder choice = new StringBuilder("CASE LEAST(" + String.join(", ", values) + ")");
    for (int j = 0; j < values.size() - 1; j++) {
      choice.append(" WHEN ").append(values.get(j)).append(" THEN ").append(j);
    }
    return choice + " ELSE " + (values.size() - 1) + " END";
  }

  private String second(int k) {
    if (k == 1) {
      return "-1";
    }
    return first(
        IntStream.range(0, k)
            .mapToObj(
                j -> "CASE WHEN nearest = " + j + " THEN " + number(FAR) + " ELSE d" + j + " END")
            .toList());
  }

  private String distanceOf(String place, int k) {
    if (k == 1) {
      return place.equals("second") ? number(0) : "d0";
    }
    StringBuilder choice = new StringBuilder("CASE " + place);
    for (int j = 0; j < k; j++) {
      choice.append(" WHEN ").append(j).append(" THEN d").append(j);
    }
    return choice + " END";
  }

  private List<String> results(int k) {
    List<String> columns = new ArrayList<>();
    if (hasId()) {
      columns.add("id AS " + dialect.column(model.handover().id()));
    }
    columns.add(
        choice("nearest", k, j -> String.valueOf(model.clusters().get(j).id())) + " AS cluster");
    columns.add(choice("nearest", k, this::persona) + " AS persona");
    columns.add("distance");
    if (k == 1) {
      columns.add(dialect.text("") + " AS second_persona");
      columns.add(number(1) + " AS margin");
    } else {
      columns.add(choice("second", k, this::persona) + " AS second_persona");
      columns.add(
          "CASE WHEN second_distance = "
              + number(0)
              + " THEN "
              + number(0)
              + " ELSE (second_distance - distance) / second_distance END AS margin");
    }
    return columns;
  }

  private String persona(int j) {
    return dialect.text(model.clusters().get(j).persona());
  }

  private static String choice(String place, int k, java.util.function.IntFunction<String> value) {
    StringBuilder choice = new StringBuilder("CASE " + place);
    for (int j = 0; j < k; j++) {
      choice.append(" WHEN ").append(j).append(" THEN ").append(value.apply(j));
    }
    return choice + " END";
  }
}
