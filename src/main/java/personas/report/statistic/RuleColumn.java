package personas.report.statistic;

import java.util.List;
import java.util.stream.Collectors;
import personas.feature.CategoryLevel;

/**
 * How a rule speaks of a feature: by its column, or by a level of a category column.
 *
 * @param name the feature
 * @param level the level that the feature is the indicator of; null if it is a number
 * @param missingIsLevel whether users without a value are a level of the category
 */
public record RuleColumn(String name, CategoryLevel level, boolean missingIsLevel) {

  /** A column of numbers. */
  public static RuleColumn of(String name) {
    return new RuleColumn(name, null, false);
  }

  /**
   * A condition in SQL.
   *
   * @param atLeast whether the feature is at least the threshold, else it is at most
   * @param threshold a decimal; it does not matter for a level, which a user has or has not
   */
  String condition(boolean atLeast, String threshold) {
    if (level == null) {
      return SqlIdentifier.column(name) + (atLeast ? " >= " : " <= ") + threshold;
    }
    String column = SqlIdentifier.column(level.column());
    if (level.isOfMissing()) {
      return column + (atLeast ? " IS NULL" : " IS NOT NULL");
    }
    String has = column + (atLeast ? comparison(" = ", " NOT IN ") : comparison(" <> ", " IN "));
    return atLeast || !missingIsLevel ? has : "(" + has + " OR " + column + " IS NULL)";
  }

  private String comparison(String withLevel, String withOthers) {
    List<String> others =
        level.levels().stream().filter(each -> !each.equals(CategoryLevel.OTHER)).toList();
    return level.isOfOthers()
        ? withOthers
            + others.stream().map(RuleColumn::text).collect(Collectors.joining(", ", "(", ")"))
        : withLevel + text(level.level());
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
