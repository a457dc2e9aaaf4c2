package personas.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.export.typing.TypingInput;
import personas.export.typing.TypingResult;
import personas.export.typing.TypingTool.Score;
import personas.feature.Transform;
import personas.text.sql.SqlDialect;

/**
 * Exports a typing tool as a {@code SELECT} with a {@code CASE} over the scores of each user. The
 * statement does the operations of the tool on doubles in the same order. The result does not
 * contain users whom the tool does not accept.
 */
public final class TypingSql {
  private final TypingResult result;
  private final SqlDialect dialect;

  /** The column that identifies a user; null without an id. */
  private final String id;

  private TypingSql(TypingResult result, String id, SqlDialect dialect) {
    this.result = result;
    this.id = id;
    this.dialect = dialect;
  }

  /**
   * Returns the statement.
   *
   * @param id the column that identifies a user; null without an id
   * @param table the name of a table with the columns of the tool, as {@link SqlDialect#table}
   *     takes it
   */
  public static String of(TypingResult result, String id, SqlDialect dialect, String table) {
    return new TypingSql(result, id, dialect).statement(table);
  }

  private String statement(String table) {
    List<String> lines = new ArrayList<>(comments());
    lines.add("WITH typed_values AS (");
    lines.addAll(typedValues(table));
    lines.add("),");
    lines.add("scores AS (");
    lines.addAll(scores());
    lines.add(")");
    lines.addAll(personas());
    return String.join("\n", lines) + "\n";
  }

  private List<String> comments() {
    return List.of(
        "-- The typing tool of the model '"
            + SqlScoring.inOneLine(result.spec().name())
            + "' for "
            + dialect.name().toLowerCase(Locale.ROOT)
            + ".",
        String.format(
            Locale.ROOT,
            "-- It gives %.1f%% of %,d held-out users the persona that score gives.",
            100 * result.accuracy(),
            result.heldOutUsers()),
        "-- Users without a value that is needed, or with one out of range, are left out.");
  }

  /** Returns a query of the inputs of the tool as numbers and levels. */
  private List<String> typedValues(String table) {
    List<TypingInput> inputs = result.tool().inputs();
    return List.of(
        "  SELECT",
        columns(
            id == null ? null : dialect.column(id) + " AS id",
            IntStream.range(0, inputs.size())
                .mapToObj(i -> value(inputs.get(i)) + " AS x" + i)
                .toList()),
        "  FROM " + dialect.table(table));
  }

  /** Returns a query of the score of each persona for the users that the tool accepts. */
  private List<String> scores() {
    List<Score> scores = result.tool().scores();
    return List.of(
        "  SELECT",
        columns(
            id == null ? null : "id",
            IntStream.range(0, scores.size())
                .mapToObj(j -> score(scores.get(j)) + " AS s" + j)
                .toList()),
        "  FROM typed_values",
        "  WHERE " + String.join("\n    AND ", conditions()));
  }

  /**
   * Returns a query of the persona with the highest score for each user; ties go to the first
   * persona.
   */
  private List<String> personas() {
    List<String> lines = new ArrayList<>();
    lines.add("SELECT");
    if (id != null) {
      lines.add("    id AS " + dialect.column(id) + ",");
    }
    lines.add("    CASE");
    int last = result.tool().scores().size() - 1;
    for (int j = 0; j < last; j++) {
      lines.add("      WHEN s" + j + " >= " + highestAfter(j) + " THEN " + persona(j));
    }
    lines.add("      ELSE " + persona(last));
    lines.add("    END AS persona");
    lines.add("FROM scores");
    return lines;
  }

  private String highestAfter(int j) {
    int count = result.tool().scores().size();
    String later =
        IntStream.range(j + 1, count)
            .mapToObj(other -> "s" + other)
            .collect(Collectors.joining(", "));
    return count - j > 2 ? "GREATEST(" + later + ")" : later;
  }

  private static String columns(String first, List<String> others) {
    List<String> columns = new ArrayList<>(others);
    if (first != null) {
      columns.add(0, first);
    }
    return columns.stream().map(column -> "    " + column).collect(Collectors.joining(",\n"));
  }

  private String persona(int j) {
    return dialect.text(result.personas().get(j).persona());
  }

  /** Returns the conditions under which the tool accepts a user. */
  private List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (id != null) {
      conditions.add("id IS NOT NULL");
    }
    for (int i = 0; i < result.tool().inputs().size(); i++) {
      TypingInput input = result.tool().inputs().get(i);
      String x = "x" + i;
      String range =
          switch (input.kind()) {
            case NUMBER ->
                x
                    + " >= "
                    + dialect.number(input.minAccepted())
                    + " AND "
                    + x
                    + " <= "
                    + dialect.number(input.maxAccepted())
                    + (input.transform() == Transform.LOG1P
                        ? " AND " + x + " > " + dialect.number(-1)
                        : "");
            case YES_NO -> x + " IN (" + dialect.number(0) + ", " + dialect.number(1) + ")";
            case LEVEL -> x + " IS NOT NULL";
          };
      if (input.required()) {
        conditions.add(range);
      } else if (input.kind() != TypingInput.Kind.LEVEL) {
        conditions.add("(" + x + " IS NULL OR (" + range + "))");
      }
    }
    return conditions.isEmpty() ? List.of("1 = 1") : conditions;
  }

  private String value(TypingInput input) {
    String column = dialect.column(input.column());
    return switch (input.kind()) {
      case NUMBER -> dialect.value(column);
      case YES_NO -> dialect.booleanValue(column);
      case LEVEL -> "TRIM(" + column + ")";
    };
  }

  private String score(Score score) {
    StringBuilder sum = new StringBuilder(dialect.number(score.constant()));
    for (int i = 0; i < result.tool().inputs().size(); i++) {
      TypingInput input = result.tool().inputs().get(i);
      List<Double> weights = score.weights().get(i);
      if (weights.stream().anyMatch(weight -> weight != 0)) {
        sum.append(" + ");
        sum.append(
            input.kind() == TypingInput.Kind.LEVEL
                ? level(input, weights, "x" + i)
                : dialect.number(weights.get(0)) + " * " + transformed(input, "x" + i));
      }
    }
    return sum.toString();
  }

  private String transformed(TypingInput input, String column) {
    String value = column;
    if (!input.required()) {
      value = "COALESCE(" + value + ", " + dialect.number(input.missing()) + ")";
    }
    if (input.lower() != null) {
      value = "GREATEST(" + dialect.number(input.lower()) + ", " + value + ")";
    }
    if (input.upper() != null) {
      value = "LEAST(" + dialect.number(input.upper()) + ", " + value + ")";
    }
    return input.transform() == Transform.LOG1P
        ? "LN(" + dialect.number(1) + " + " + value + ")"
        : value;
  }

  private String level(TypingInput input, List<Double> weights, String column) {
    StringBuilder cases = new StringBuilder("CASE");
    double others = weights.get(input.levels().indexOf(TypingInput.otherLevel(input)));
    double missing = weights.get(weights.size() - 1);
    if (!input.required() && missing != others) {
      cases
          .append(" WHEN ")
          .append(column)
          .append(" IS NULL THEN ")
          .append(dialect.number(missing));
    }
    for (int level = 0; level < input.levels().size(); level++) {
      if (weights.get(level) != others) {
        cases
            .append(" WHEN ")
            .append(column)
            .append(" = ")
            .append(dialect.text(input.levels().get(level)))
            .append(" THEN ")
            .append(dialect.number(weights.get(level)));
      }
    }
    if (cases.length() == 4) {
      return dialect.number(others);
    }
    return cases.append(" ELSE ").append(dialect.number(others)).append(" END").toString();
  }
}
