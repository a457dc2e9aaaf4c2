package personas.run;

import java.io.Serializable;
import java.util.Objects;
import personas.report.data.RuleSettings;

/**
 * The settings that change the results of a run, but not its clusters.
 *
 * @param dataDate the date of the data, like {@code 2026-10-31}; empty if it is not known
 * @param specText the YAML of the segmentation, which is written to the results; empty for a score
 * @param explains whether the assignments explain the persona of each user
 * @param rules the settings of the rules in the report
 */
public record ResultSettings(String dataDate, String specText, boolean explains, RuleSettings rules)
    implements Serializable {
  /** Settings without a date, a spec or explanations, with the default rules. */
  public static final ResultSettings NONE = new ResultSettings("", "", false, RuleSettings.DEFAULT);

  public ResultSettings {
    Objects.requireNonNull(dataDate, "dataDate");
    Objects.requireNonNull(specText, "specText");
    Objects.requireNonNull(rules, "rules");
  }

  /** Returns these settings with another text of the spec. */
  ResultSettings withSpecText(String other) {
    return new ResultSettings(dataDate, other, explains, rules);
  }
}
