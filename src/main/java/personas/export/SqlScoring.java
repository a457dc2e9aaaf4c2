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
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.Grid;
import personas.model.Model;
import personas.model.Model.FeatureModel;
import personas.model.score.ScoringModel;
import personas.text.sql.SqlDialect;

/**
 * Exports a model as a {@code SELECT} that returns the persona of each user of a table. The
 * statement does the same operations on doubles in the same order as {@code score}. If no feature
 * has a logarithm, every database with IEEE 754 doubles gives the same personas. The result does
 * not contain users whom {@code score} would reject, because a required value is missing or out of
 * range.
 *
 * <p>PostgreSQL raises an error if a result overflows or underflows. The branches around a
 * difference and a quotient keep both within the range of doubles.
 */
public final class SqlScoring {
  /** Adding and subtracting this number rounds a small double to a whole number, ties to even. */
  private static final double ROUNDER = 0x1.8p52;

  /** The square of a smaller number may underflow. */
  private static final double MIN_SQUARED = 1e-150;

  /** A number that is larger than any squared distance on the grid. */
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
   * Returns the statement, with comments that say how exact it is.
   *
   * @param table the name of a table with the columns of the model, in the syntax of SQL
   */
  public static String of(Model model, SqlDialect dialect, String table) {
    return new SqlScoring(model, dialect, table).statement();
  }

  private boolean hasLogarithm() {
    return features.stream().anyMatch(feature -> feature.transform() == Transform.LOG1P);
  }

  private boolean hasId() {
    return model.training() != null && !model.training().id().equals("none");
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

  /** Returns a named query. {@code columns} begins with a space or a line feed. */
  private static String query(String name, String columns, String from) {
    return name + " AS (\n  SELECT" + columns + "\n  FROM " + from + "\n)";
  }

  private static String query(String name, String columns, String from, String condition) {
    return query(name, columns, from + "\n  WHERE " + condition);
  }

  private static String nearest(int k) {
    return " *, "
        + indexOfMin(IntStream.range(0, k).mapToObj(j -> "d" + j).toList())
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
        "-- The personas of the model '"
            + inOneLine(model.spec().name())
            + "', as score gives them.");
    if (hasLogarithm()) {
      head.add(
          "-- A feature is clustered by its logarithm, whose last bits depend on the database.");
      head.add("-- A user whose standardized value lies within 1e-14 of the middle between two");
      head.add(
          "-- steps of 2^-24 may be rounded the other way, and get another persona on a border.");
    } else {
      head.add("-- Every user gets exactly the persona of score, also on a border between two.");
    }
    head.add("-- Users whom score rejects are left out.");
    return head;
  }

  /** Returns a text without control characters, for a comment in one line. */
  static String inOneLine(String name) {
    return name.replaceAll("[\\p{Cntrl}]", " ");
  }

  /** Returns the columns of a query, one per line. */
  private static String columns(List<String> columns) {
    return columns.stream().map(column -> "\n    " + column).collect(Collectors.joining(","));
  }

  private String withId(int count, IntFunction<String> column) {
    List<String> columns = new ArrayList<>();
    if (hasId()) {
      columns.add("id");
    }
    IntStream.range(0, count).mapToObj(column).forEach(columns::add);
    return columns(columns);
  }

  private List<String> rawColumns() {
    List<String> columns = new ArrayList<>();
    if (hasId()) {
      columns.add(dialect.column(model.training().id()) + " AS id");
    }
    for (int f = 0; f < features.size(); f++) {
      columns.add(value(features.get(f)) + " AS x" + f);
    }
    return columns;
  }

  /** Returns a feature as a double, or NULL if the user has no value. */
  private String value(Feature feature) {
    String column = dialect.column(feature.column());
    if (feature instanceof LevelFeature indicator) {
      return indicator(indicator, column);
    }
    return feature.type() == FeatureType.BOOLEAN
        ? dialect.booleanValue(column)
        : dialect.value(column);
  }

  /** Returns 1 for the users of a level of a category, otherwise 0. */
  private String indicator(LevelFeature feature, String column) {
    CategoryLevel level = feature.level();
    String missing =
        feature.missing() != MissingPolicy.LEVEL ? "NULL" : number(level.isOfMissing() ? 1 : 0);
    String text = "TRIM(" + column + ")";
    String isLevel = text + " = " + dialect.text(level.level());
    String listed = level.levels().stream().map(dialect::text).collect(Collectors.joining(", "));
    boolean isElse = level.isOfOthers() && !level.levels().isEmpty();
    return String.format(
        Locale.ROOT,
        "CASE WHEN %s IS NULL THEN %s WHEN %s THEN %s%s ELSE %s END",
        column,
        missing,
        isLevel,
        number(1),
        isElse ? " WHEN " + text + " IN (" + listed + ") THEN " + number(0) : "",
        number(level.isOfOthers() ? 1 : 0));
  }

  /**
   * Returns the condition under which score accepts a user: all required values are present and in
   * range.
   */
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
      // ln(1 + x) loses digits of a small x; this quotient restores them (W. Kahan, see
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

  /** Returns z on the grid: {@code rint((t - mean) / unit * 2^24) / 2^24}, within ±2^17. */
  private String standardized(int f) {
    FeatureModel feature = model.features().get(f);
    double unit = feature.unit();
    if (unit == 0) {
      return number(0) + " AS z" + f;
    }
    String t = "t" + f;
    String difference = t + " - " + number(feature.mean());
    double reach = Math.min(Double.MAX_VALUE, unit * Grid.LARGEST);
    // A quotient below half a step is rounded to 0, so it is not computed.
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
      if (centroid != 0 && Math.abs(centroid) < MIN_SQUARED) {
        square =
            "CASE WHEN ABS"
                + difference
                + " < "
                + number(MIN_SQUARED)
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

  /** Returns the index of the smallest value; ties go to the first. */
  private static String indexOfMin(List<String> values) {
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
    return indexOfMin(
        IntStream.range(0, k)
            .mapToObj(
                j -> "CASE WHEN nearest = " + j + " THEN " + number(FAR) + " ELSE d" + j + " END")
            .toList());
  }

  /** Returns the squared distance to the cluster whose index a column holds. */
  private String distanceOf(String indexColumn, int k) {
    if (k == 1) {
      return indexColumn.equals("second") ? number(0) : "d0";
    }
    StringBuilder choice = new StringBuilder("CASE " + indexColumn);
    for (int j = 0; j < k; j++) {
      choice.append(" WHEN ").append(j).append(" THEN d").append(j);
    }
    return choice + " END";
  }

  private List<String> results(int k) {
    List<String> columns = new ArrayList<>();
    if (hasId()) {
      columns.add("id AS " + dialect.column(model.training().id()));
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

  /** Returns the value of the cluster whose index a column holds. */
  private static String choice(String indexColumn, int k, IntFunction<String> value) {
    StringBuilder choice = new StringBuilder("CASE " + indexColumn);
    for (int j = 0; j < k; j++) {
      choice.append(" WHEN ").append(j).append(" THEN ").append(value.apply(j));
    }
    return choice + " END";
  }
}
