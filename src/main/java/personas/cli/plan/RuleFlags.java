package personas.cli.plan;

import java.util.Arrays;
import java.util.stream.Collectors;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.report.data.RuleSettings;
import personas.text.sql.SqlDialect;

/** The flags of the rules in the report. */
final class RuleFlags {
  private RuleFlags() {}

  /**
   * What the flags say.
   *
   * @throws UsageException if the depth or the dialect is not one that exists
   */
  static RuleSettings settings(SegmentOptions options) throws UsageException {
    Integer depth = options.getRuleDepth();
    if (depth != null) {
      SegmentPlanner.inRange("ruleDepth", depth, RuleSettings.LEAST, RuleSettings.MOST);
    }
    String dialect = options.getDialect();
    if (dialect != null && SqlDialect.of(dialect).isEmpty()) {
      throw new UsageException(
          "--dialect: "
              + dialect
              + ": unknown; one of "
              + Arrays.stream(SqlDialect.values())
                  .map(SqlDialect::lowerCase)
                  .collect(Collectors.joining(", ")));
    }
    return new RuleSettings(depth, dialect == null ? null : SqlDialect.of(dialect).get());
  }
}
