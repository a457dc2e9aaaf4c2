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
 * The input from which a report is computed.
 *
 * @param model the finished model, which gives every exact figure
 * @param personas the k clusters in canonical order with their personas and the profiles that fit
 *     second best; may be empty
 * @param sample a sample of the users
 * @param context the rejected records, the drift and the described columns
 * @param settings the settings of the report
 */
public record ReportInput(
    Model model,
    List<ClusterPersona> personas,
    ReportSample sample,
    Context context,
    Settings settings) {

  /**
   * The data of the sections that do not come from the model or the sample.
   *
   * @param rejected a few rejected records, as examples
   * @param drift the changes since the previous run; null without a previous run
   * @param described the figures of the columns that the spec describes
   */
  public record Context(
      List<RejectionExamples.Example> rejected, Drift drift, Description described) {
    public Context {
      rejected = List.copyOf(rejected);
      Objects.requireNonNull(described, "described");
    }
  }

  /**
   * The settings of a report, from the flags and the spec.
   *
   * @param dataDate the date of the data as text; empty if it is unknown
   * @param rules the settings of the rules
   * @param privacy the smallest group of users for which the report shows figures
   */
  public record Settings(String dataDate, RuleSettings rules, Privacy privacy) {
    public Settings {
      Objects.requireNonNull(dataDate, "dataDate");
      Objects.requireNonNull(rules, "rules");
      Objects.requireNonNull(privacy, "privacy");
    }
  }

  public ReportInput {
    personas = List.copyOf(personas);
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(settings, "settings");
    if (sample.d() != model.features().size()) {
      throw new IllegalArgumentException(
          "sample: " + sample.d() + " features, but the model has " + model.features().size());
    }
    int k = model.clusters().size();
    if (!personas.isEmpty() && personas.size() != k) {
      throw new IllegalArgumentException(
          "personas: " + personas.size() + ", but the model has " + k + " clusters");
    }
    for (int i = 0; i < sample.size(); i++) {
      if (sample.cluster(i) < 0 || sample.cluster(i) >= k) {
        throw new IllegalArgumentException(
            "sample: cluster " + sample.cluster(i) + " is not in 0.." + (k - 1));
      }
    }
  }

  /** Returns the date of the data as text; empty if it is unknown. */
  public String dataDate() {
    return settings.dataDate();
  }

  /** Returns the settings of the rules. */
  public RuleSettings rules() {
    return settings.rules();
  }

  /** Returns the smallest group of users for which the report shows figures. */
  public Privacy privacy() {
    return settings.privacy();
  }
}
