package personas.report.rule;

import java.util.List;
import java.util.stream.Collectors;
import personas.feature.CategoryLevel;
import personas.text.sql.SqlDialect;
import personas.text.sql.SqlIdentifier;

/**
 * The column of a feature in the SQL of a rule.
 *
 * @param name the name of the feature
 * @param level the level of a category that the feature stands for; null for a number or a boolean
 * @param missingIsLevel whether a missing value is a level of the category
 * @param isYesNo whether the column is boolean
 * @param dialect the database that runs the SQL; null for standard SQL, which quotes only where
 *     needed
 */
public record RuleColumn(
    String name, CategoryLevel level, boolean missingIsLevel, boolean isYesNo, SqlDialect dialect) {

  /** Returns a column of numbers in standard SQL. */
  public static RuleColumn of(String name) {
    return new RuleColumn(name, null, false, false, null);
  }

  /**
   * Returns a condition in SQL.
   *
   * @param atLeast true if the feature is at least the threshold, false if it is at most the
   *     threshold
   * @param threshold a decimal; ignored for levels and booleans
   */
  String condition(boolean atLeast, String threshold) {
    if (level == null) {
      return isYesNo && dialect != null
          ? dialect.yesOrNo(column(), atLeast)
          : column() + (atLeast ? " >= " : " <= ") + threshold;
    }
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

  /** Returns the name of the column as SQL writes it. */
  String column() {
    String column = level == null ? name : level.column();
    return dialect == null ? SqlIdentifier.column(column) : dialect.column(column);
  }

  private String comparison(String withLevel, String withOthers) {
    List<String> listed =
        level.levels().stream().filter(text -> !text.equals(CategoryLevel.OTHER)).toList();
    return level.isOfOthers()
        ? withOthers + listed.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"))
        : withLevel + text(level.level());
  }

  /** Returns a text as a string literal of SQL. */
  String text(String value) {
    return text(value, dialect);
  }

  /**
   * Returns a text as a string literal of SQL.
   *
   * @param dialect the database that runs the SQL; null for standard SQL
   */
  public static String text(String value, SqlDialect dialect) {
    return dialect == null ? "'" + value.replace("'", "''") + "'" : dialect.text(value);
  }
}
