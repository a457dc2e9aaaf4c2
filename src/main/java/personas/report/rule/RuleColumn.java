package personas.report.rule;

import java.util.List;
import java.util.stream.Collectors;
import personas.feature.CategoryLevel;
import personas.text.sql.SqlDialect;
import personas.text.sql.SqlIdentifier;

/**
 * How a rule speaks of a feature: by its column, or by a level of a category column.
 *
 * @param name the feature
 * @param level the level that the feature is the indicator of; null if it is a number
 * @param missingIsLevel whether users without a value are a level of the category
 * @param isYesNo whether the values are yes and no
 * @param dialect the database that the rule is for; null for standard SQL with few quotes
 */
public record RuleColumn(
    String name, CategoryLevel level, boolean missingIsLevel, boolean isYesNo, SqlDialect dialect) {

  /** A column of numbers. */
  public static RuleColumn of(String name) {
    return new RuleColumn(name, null, false, false, null);
  }

  /**
   * A condition in SQL.
   *
   * @param atLeast whether the feature is at least the threshold, else it is at most
   * @param threshold a decimal; it does not matter for a level, which a user has or has not
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

  /** Whether a user with a value has the level, or has it not. */
  String levelCondition(boolean has) {
    if (level.isOfMissing()) {
      return column() + (has ? " IS NULL" : " IS NOT NULL");
    }
    return column() + (has ? comparison(" = ", " NOT IN ") : comparison(" <> ", " IN "));
  }

  /** The name of the column as SQL writes it. */
  String column() {
    String column = level == null ? name : level.column();
    return dialect == null ? SqlIdentifier.column(column) : dialect.column(column);
  }

  private String comparison(String withLevel, String withOthers) {
    List<String> others =
        level.levels().stream().filter(each -> !each.equals(CategoryLevel.OTHER)).toList();
    return level.isOfOthers()
        ? withOthers + others.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"))
        : withLevel + text(level.level());
  }

  /** A text as SQL writes it. */
  String text(String value) {
    return text(value, dialect);
  }

  /** A text as SQL writes it, for a database; null for standard SQL. */
  public static String text(String value, SqlDialect dialect) {
    return dialect == null ? "'" + value.replace("'", "''") + "'" : dialect.text(value);
  }
}
