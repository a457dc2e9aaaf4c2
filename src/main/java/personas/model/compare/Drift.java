package personas.model.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.kmeans.selection.ResampledFlow;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.ProgramName;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.DriftAdvice.DecidingFigure;
import personas.model.compare.PopulationStability.FeatureStability;
import personas.text.TerminalText;

/**
 * The drift between two runs. The components are the keys of {@code drift.json}, in their order.
 *
 * @param format the version of the file format
 * @param program the program that wrote the file, with its version
 * @param advice keep, refit, review, or none if the user ids of the two runs do not match
 * @param reason the reason for the advice, as a sentence
 * @param decidedBy the figure that decided the advice; null in a report that an earlier version
 *     wrote
 * @param usersBefore number of users of the earlier run
 * @param usersNow number of users of the new run
 * @param personas the clusters of the new run by id, then the retired clusters
 * @param features the d features, in the order of the models
 * @param migration the migration of users; null if users were not looked up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Drift(
    int format,
    String program,
    DriftAdvice.Action advice,
    String reason,
    DecidingFigure decidedBy,
    long usersBefore,
    long usersNow,
    List<PersonaDrift> personas,
    List<FeatureDrift> features,
    Migration migration) {
  /** The name of the file. */
  public static final String FILE = "drift.json";

  private static final int FORMAT = 1;

  /**
   * The drift of one cluster.
   *
   * @param id the cluster id in the new run; for a retired cluster, the cluster id in the earlier
   *     run
   * @param persona the name in the new run; for a retired cluster, the name in the earlier run
   * @param change kept, moved, new or retired
   * @param previousId the cluster id in the earlier run; null for a new cluster. It differs from
   *     {@code id} only if the new run did not continue the earlier run
   * @param previousPersona the name in the earlier run if the name has changed; else null
   * @param shift the distance that the centroid moved, in standard deviations of the earlier run;
   *     null for a new or retired cluster
   * @param usersBefore number of users in the earlier run; this and the following components are
   *     also null if a report hides small groups
   * @param users number of users in the new run
   * @param shareBefore share of all users in the earlier run, 0..1
   * @param share share of all users in the new run, 0..1
   * @param stayed the share of the previous users that kept the persona, 0..1; null if users were
   *     not looked up, and for a new or retired cluster
   * @param retention the share of the previous users, among those in the new run, that kept the
   *     persona, 0..1; null if {@code stayed} is null or no previous user is in the new run
   * @param resampledRetention the retention if the earlier model is trained on resampled users, see
   *     {@link ResampledFlow}; null if the model does not hold it, and for a new or retired cluster
   * @param left the share of the previous users that are absent from the new run, 0..1
   * @param came the share of the users in the new run that were absent from the earlier run, 0..1;
   *     null if users were not looked up, and for a retired cluster
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PersonaDrift(
      int id,
      String persona,
      Change change,
      Integer previousId,
      String previousPersona,
      Double shift,
      Long usersBefore,
      Long users,
      Double shareBefore,
      Double share,
      Double stayed,
      Double retention,
      Double resampledRetention,
      Double left,
      Double came) {}

  /**
   * The drift of one feature.
   *
   * @param name the name of the feature
   * @param psi the population stability index of the raw values; null if a model does not hold
   *     their distribution
   * @param chance the index that chance alone is expected to give for this number of users; null if
   *     {@code psi} is null
   * @param interpolated true if the index is not exact, because the new run did not count its users
   *     at the points of the earlier run; else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FeatureDrift(String name, Double psi, Double chance, Boolean interpolated) {}

  /**
   * Compares an earlier run with a new run.
   *
   * @param before the model of the earlier run
   * @param now the model of the new run
   * @param migration the migration of users; null if users were not looked up
   * @throws IllegalArgumentException if the features of the models differ
   */
  public static Drift between(Model before, Model now, Migration migration) {
    List<String> earlier = before.features().stream().map(Model.FeatureModel::name).toList();
    List<String> names = now.features().stream().map(Model.FeatureModel::name).toList();
    if (!earlier.equals(names)) {
      throw new IllegalArgumentException(
          TerminalText.line(
              "the two models have different features: " + earlier + " and " + names));
    }
    List<PersonaDrift> personas = personas(before, now, migration);
    List<FeatureDrift> features = features(before, now, names);
    DriftAdvice advice = DriftAdvice.of(personas, features, migration);
    return new Drift(
        FORMAT,
        ProgramName.TEXT,
        advice.action(),
        advice.reason(),
        advice.decidedBy(),
        before.ledger().users(),
        now.ledger().users(),
        personas,
        features,
        migration);
  }

  /** Returns the advice with its reason and the deciding figure. */
  public DriftAdvice toAdvice() {
    return new DriftAdvice(advice, reason, decidedBy);
  }

  private static List<FeatureDrift> features(Model before, Model now, List<String> names) {
    List<FeatureDrift> features = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      FeatureStability stability =
          PopulationStability.of(before.featureContext(f), now.featureContext(f));
      features.add(
          new FeatureDrift(
              names.get(f),
              stability.index(),
              stability.chance(),
              stability.isInterpolated() ? true : null));
    }
    return features;
  }

  private static List<PersonaDrift> personas(Model before, Model now, Migration migration) {
    ClusterMatching matching = ScaledCentroids.of(now).match(before);
    List<PersonaDrift> personas = new ArrayList<>();
    for (int j = 0; j < now.clusters().size(); j++) {
      personas.add(persona(before, now.clusters().get(j), j, matching, migration));
    }
    for (int i = 0; i < before.clusters().size(); i++) {
      if (matching.nowOf(i) < 0) {
        personas.add(
            retired(before.clusters().get(i), migration == null ? null : migration.leftShare(i)));
      }
    }
    return personas;
  }

  private static PersonaDrift persona(
      Model before, ClusterModel cluster, int j, ClusterMatching matching, Migration migration) {
    int i = matching.previousOf(j);
    ClusterModel earlier = i < 0 ? null : before.clusters().get(i);
    return new PersonaDrift(
        cluster.id(),
        cluster.persona(),
        matching.change(j),
        earlier == null ? null : (Integer) earlier.id(),
        earlier == null || earlier.persona().equals(cluster.persona()) ? null : earlier.persona(),
        earlier == null ? null : (Double) matching.shift(j),
        earlier == null ? 0L : (Long) earlier.users(),
        cluster.users(),
        earlier == null ? 0.0 : (Double) earlier.share(),
        cluster.share(),
        earlier == null || migration == null ? null : migration.stayedShare(i, j),
        earlier == null || migration == null ? null : migration.retention(i, j),
        earlier == null ? null : resampledRetention(before, i),
        earlier == null || migration == null ? null : migration.leftShare(i),
        migration == null ? null : migration.cameShare(j));
  }

  private static PersonaDrift retired(ClusterModel earlier, Double left) {
    return new PersonaDrift(
        earlier.id(),
        earlier.persona(),
        Change.RETIRED,
        earlier.id(),
        null,
        null,
        earlier.users(),
        0L,
        earlier.share(),
        0.0,
        null,
        null,
        null,
        left,
        null);
  }

  private static Double resampledRetention(Model model, int cluster) {
    ResampledFlow flow = model.resampledFlow();
    return flow == null ? null : flow.retention().get(cluster);
  }

  /** Returns the name and the cluster id of a persona, for people. */
  static String label(PersonaDrift persona) {
    return String.format(Locale.ROOT, "%s (%d)", persona.persona(), persona.id());
  }
}
