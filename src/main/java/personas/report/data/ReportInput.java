package personas.report.data;

import java.util.List;
import java.util.Objects;
import personas.describe.Description;
import personas.model.Model;
import personas.model.compare.Drift;
import personas.persona.ClusterPersona;
import personas.spec.Privacy;
import personas.table.ledger.RejectionExamples;

/**
 * All that a report is computed from.
 *
 * @param model the finished model: every exact figure comes from it
 * @param tags k tags in canonical order, for the profile that fits second best; may be empty
 * @param sample of the users
 * @param rejected a few rejected records, as examples
 * @param drift what changed since an earlier run; null where there was none
 * @param described the figures of the personas in the described columns
 * @param settings what the user asks of the report
 */
public record ReportInput(
    Model model,
    List<ClusterPersona> tags,
    ReportSample sample,
    List<RejectionExamples.Example> rejected,
    Drift drift,
    Description described,
    Settings settings) {

  /**
   * What the user asks of a report.
   *
   * @param dataDate the date of the data, as text to show; empty where it is not known
   * @param rules what the user asks of the rules
   * @param privacy what the report says nothing about
   */
  public record Settings(String dataDate, RuleSettings rules, Privacy privacy) {
    /** No date, the usual rules, and every figure. */
    public static final Settings NONE = new Settings("", RuleSettings.NONE, Privacy.OFF);

    public Settings {
      Objects.requireNonNull(dataDate, "dataDate");
      Objects.requireNonNull(rules, "rules");
      Objects.requireNonNull(privacy, "privacy");
    }
  }

  public ReportInput {
    tags = List.copyOf(tags);
    rejected = List.copyOf(rejected);
    if (sample.d() != model.features().size()) {
      throw new IllegalArgumentException(
          "sample: " + sample.d() + " features, the model has " + model.features().size());
    }
    int k = model.clusters().size();
    if (!tags.isEmpty() && tags.size() != k) {
      throw new IllegalArgumentException("tags: " + tags.size() + ", the model has " + k);
    }
    for (int i = 0; i < sample.size(); i++) {
      if (sample.cluster(i) < 0 || sample.cluster(i) >= k) {
        throw new IllegalArgumentException(
            "sample: cluster " + sample.cluster(i) + " is not in 0.." + (k - 1));
      }
    }
  }

  /** Without a date, examples, an earlier run, tags or privacy. */
  public static ReportInput of(Model model, ReportSample sample) {
    return new ReportInput(
        model, List.of(), sample, List.of(), null, Description.NONE, Settings.NONE);
  }

  /** The date of the data, as text to show; empty where it is not known. */
  public String dataDate() {
    return settings.dataDate();
  }

  /** What the user asks of the rules. */
  public RuleSettings rules() {
    return settings.rules();
  }

  /** What the report says nothing about. */
  public Privacy privacy() {
    return settings.privacy();
  }
}
