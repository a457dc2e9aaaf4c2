package personas.report.rule;

import java.util.List;
import java.util.stream.Collectors;
import personas.feature.CategoryLevel;
import personas.text.sql.SqlDialect;
import personas.text.sql.SqlIdentifier;

/** The column of a feature in the SQL of a rule: numbers, booleans or a category. */
public sealed interface RuleColumn {

  /**
   * A column of numbers.
   *
   * @param name the name of the column
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  record Numbers(String name, SqlDialect dialect) implements RuleColumn {
    @Override
    public String condition(boolean atLeast, String threshold) {
      return column() + (atLeast ? " >= " : " <= ") + threshold;
    }
  }

  /**
   * A column of booleans. In standard SQL, the condition compares the column with 0 or 1.
   *
   * @param name the name of the column
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  record Booleans(String name, SqlDialect dialect) implements RuleColumn {
    @Override
    public String condition(boolean atLeast, String threshold) {
      return dialect == null
          ? new Numbers(name, null).condition(atLeast, threshold)
          : dialect.yesOrNo(column(), atLeast);
    }
  }

  /**
   * A column of categories. The feature stands for one level of the category.
   *
   * @param level the level
   * @param missingIsLevel whether a missing value is a level of the category
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  record Category(CategoryLevel level, boolean missingIsLevel, SqlDialect dialect)
      implements RuleColumn {
    @Override
    public String name() {
      return level.column();
    }

    /** {@inheritDoc} Ignores the threshold. */
    @Override
    public String condition(boolean atLeast, String threshold) {
      String has = levelCondition(atLeast);
      return atLeast || !missingIsLevel || level.isOfMissing()
          ? has
          : "(" + has + " OR " + column() + " IS NULL)";
    }

    /** Returns the condition that a user has the level, or does not have it. */
    String levelCondition(boolean has) {
      if (level.isOfMissing()) {
        return column() + (has ? " IS NULL" : " IS NOT NULL");
      }
      return column() + (has ? comparison(" = ", " NOT IN ") : comparison(" <> ", " IN "));
    }

    private String comparison(String withLevel, String withOthers) {
      List<String> listed =
          level.levels().stream().filter(text -> !text.equals(CategoryLevel.OTHER)).toList();
      return level.isOfOthers()
          ? withOthers + listed.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"))
          : withLevel + text(level.level());
    }

    private String text(String value) {
      return RuleColumn.text(value, dialect);
    }
  }

  /** Returns a column of numbers in standard SQL. */
  static RuleColumn of(String name) {
    return new Numbers(name, null);
  }

  /**
   * Returns a text as a string literal of SQL.
   *
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  static String text(String value, SqlDialect dialect) {
    return dialect == null ? "'" + value.replace("'", "''") + "'" : dialect.text(value);
  }

  /** Returns the name of the column in the table. */
  String name();

  /** Returns the database that runs the SQL; null for standard SQL, which quotes if needed. */
  SqlDialect dialect();

  /**
   * Returns a condition in SQL.
   *
   * @param atLeast true if the feature is at least the threshold, false if it is at most the
   *     threshold
   * @param threshold a decimal
   */
  String condition(boolean atLeast, String threshold);

  /** Returns the name of the column as SQL writes it. */
  default String column() {
    return dialect() == null ? SqlIdentifier.column(name()) : dialect().column(name());
  }
}
