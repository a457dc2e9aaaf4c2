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
 * What changed between two runs: all that {@code drift.json} says, in its order.
 *
 * @param format of the file; 1
 * @param program which program wrote it
 * @param advice keep, refit, review, or none if the ids of the two runs do not match
 * @param reason of the advice, a sentence
 * @param decidedBy the figure that decided the advice; null in a report that an earlier version
 *     wrote
 * @param usersBefore users of the earlier run
 * @param usersNow users of the new run
 * @param personas the new run's clusters in the order of their ids, then the retired ones
 * @param features d of them, in the order of the models'
 * @param migration who went where; null where users were not looked up
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
   * One cluster.
   *
   * @param id its id in the new run; of a retired one in the earlier
   * @param persona its name in the new run; of a retired one in the earlier
   * @param change kept, moved, new or retired
   * @param previousId its id in the earlier run; null of a new one. Another than {@code id} only
   *     where the new run did not continue the earlier one
   * @param previousPersona its name in the earlier run, where that was another; else null
   * @param shift how far its centroid moved, in standard deviations of the earlier run; null of a
   *     new and a retired one
   * @param usersBefore users in the earlier run; a report hides few users, here and below, as null
   * @param users users in the new run
   * @param shareBefore of all users then, 0..1
   * @param share of all users, 0..1
   * @param stayed the share of its previous users who are still in it, 0..1; null if users were not
   *     looked up, and of a new or a retired one
   * @param retention of its previous users who are in the new run, the share that is still in it,
   *     0..1; null if {@code stayed} is, or if none of them is in the new run
   * @param resampledRetention the share of its users who stay in it if the earlier model is trained
   *     on resampled users, see {@link ResampledFlow}; null if the model does not say it, and of a
   *     new or a retired one
   * @param left the share of its previous users who are not in the new run, 0..1; the others are in
   *     another persona now
   * @param came the share of its present users who were not in the earlier run, 0..1; null if users
   *     were not looked up, and of a retired one
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
   * One feature.
   *
   * @param psi the population stability index of its raw values; null where a model does not say
   *     how they are spread
   * @param chance the index to expect where nothing moved, of as many users drawn anew; null
   *     likewise
   * @param interpolated true if the index is not exact, because the new run did not count its users
   *     at the points of the earlier run; else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FeatureDrift(String name, Double psi, Double chance, Boolean interpolated) {}

  /**
   * From an earlier run to a new one.
   *
   * @param migration null where users were not looked up
   * @throws IllegalArgumentException where the models are of other features
   */
  public static Drift between(Model before, Model now, Migration migration) {
    List<String> old = before.features().stream().map(Model.FeatureModel::name).toList();
    List<String> names = now.features().stream().map(Model.FeatureModel::name).toList();
    if (!old.equals(names)) {
      throw new IllegalArgumentException(
          TerminalText.line("the features were " + old + " and are " + names));
    }
    List<PersonaDrift> personas = personas(before, now, migration);
    List<FeatureDrift> features = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      FeatureStability stability = PopulationStability.of(before.handoverOf(f), now.handoverOf(f));
      features.add(
          new FeatureDrift(
              names.get(f),
              stability.index(),
              stability.chance(),
              stability.isInterpolated() ? true : null));
    }
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

  /** The advice with its reason and the figure that decided. */
  public DriftAdvice toAdvice() {
    return new DriftAdvice(advice, reason, decidedBy);
  }

  private static List<PersonaDrift> personas(Model before, Model now, Migration migration) {
    ClusterMatching continuity = ScaledCentroids.of(now).match(before);
    List<PersonaDrift> personas = new ArrayList<>();
    for (int j = 0; j < now.clusters().size(); j++) {
      personas.add(persona(before, now.clusters().get(j), j, continuity, migration));
    }
    for (int i = 0; i < before.clusters().size(); i++) {
      if (continuity.nowOf(i) < 0) {
        personas.add(
            retired(before.clusters().get(i), migration == null ? null : migration.leftShare(i)));
      }
    }
    return personas;
  }

  private static PersonaDrift persona(
      Model before, ClusterModel cluster, int j, ClusterMatching continuity, Migration migration) {
    int i = continuity.previousOf(j);
    ClusterModel old = i < 0 ? null : before.clusters().get(i);
    return new PersonaDrift(
        cluster.id(),
        cluster.persona(),
        continuity.change(j),
        old == null ? null : (Integer) old.id(),
        old == null || old.persona().equals(cluster.persona()) ? null : old.persona(),
        old == null ? null : (Double) continuity.shift(j),
        old == null ? 0L : (Long) old.users(),
        cluster.users(),
        old == null ? 0.0 : (Double) old.share(),
        cluster.share(),
        old == null || migration == null ? null : migration.stayedShare(i, j),
        old == null || migration == null ? null : migration.retention(i, j),
        old == null ? null : resampledRetention(before, i),
        old == null || migration == null ? null : migration.leftShare(i),
        migration == null ? null : migration.cameShare(j));
  }

  private static PersonaDrift retired(ClusterModel old, Double left) {
    return new PersonaDrift(
        old.id(),
        old.persona(),
        Change.RETIRED,
        old.id(),
        null,
        null,
        old.users(),
        0L,
        old.share(),
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

  /** What a person calls a cluster. */
  static String called(PersonaDrift persona) {
    return String.format(Locale.ROOT, "%s (%d)", persona.persona(), persona.id());
  }
}
