package personas.cli.plan;

import java.util.Arrays;
import java.util.stream.Collectors;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.report.data.RuleSettings;
import personas.text.sql.SqlDialect;

/** Reads the flags of the rules in the report. */
final class RuleFlags {
  private RuleFlags() {}

  /**
   * Returns the settings of the rules.
   *
   * @throws UsageException if the depth is out of range or the dialect does not exist
   */
  static RuleSettings settings(SegmentOptions options) throws UsageException {
    Integer depth = options.getRuleDepth();
    if (depth != null) {
      SegmentPlanner.inRange("ruleDepth", depth, RuleSettings.MIN_DEPTH, RuleSettings.MAX_DEPTH);
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
