package personas.report.terminal;

import java.util.List;
import java.util.Locale;
import personas.report.data.ReportData;
import personas.report.data.ReportData.RuleSet;
import personas.report.data.ReportData.SetRule;
import personas.text.TerminalText;

/** The rules that give each user a persona, as lines for a terminal. */
final class RuleLines {
  /** If there are more rules, the lines refer to the report. */
  private static final int MAX_RULES = 4;

  private static final int MAX_NAME_COLUMNS = 100;
  private static final int MAX_RULE_COLUMNS = 160;

  private final ReportData report;

  RuleLines(ReportData report) {
    this.report = report;
  }

  /** Adds the lines; adds none if the sample is too small to judge the rules. */
  void addTo(List<String> lines) {
    RuleSet set = report.ruleSet();
    List<SetRule> rules = set.rules();
    if (set.accuracy() == null) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%d rule%s %s right for %.1f%% of %,d held-out users%s",
            rules.size(),
            rules.size() == 1 ? "" : "s",
            rules.size() == 1 ? "is" : "are",
            100 * set.accuracy(),
            set.heldOutUsers(),
            rules.size() > MAX_RULES ? "; the report lists them" : ":"));
    for (SetRule rule : rules.size() > MAX_RULES ? List.<SetRule>of() : rules) {
      lines.add(
          "     "
              + TerminalText.line(report.personas().get(rule.persona()).name(), MAX_NAME_COLUMNS)
              + " if "
              + TerminalText.line(rule.words(), MAX_RULE_COLUMNS));
    }
  }
}
