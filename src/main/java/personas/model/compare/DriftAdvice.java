package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.Drift.PersonaDrift;

/**
 * What to do about a drift, and why: the first of these that holds.
 *
 * <ul>
 *   <li>review: a persona is new, retired or has another name, or the index of a feature is above
 *       {@value #LARGE}: a person should look before the personas are acted on;
 *   <li>refit: a persona moved, the index of a feature is above {@value #NOTABLE}, or of the users
 *       who are still there more than a twentieth changed because the centroids did: the new model
 *       says it better than the earlier one;
 *   <li>keep: else; the earlier model would do as well.
 * </ul>
 *
 * <p>To both limits of an index what chance alone would give is added twice.
 *
 * @param reason a sentence
 */
public record DriftAdvice(Action action, String reason) {
  private static final double NOTABLE = 0.1;
  private static final double LARGE = 0.25;
  private static final double MOST_BY_CENTROIDS = 0.05;

  /** What to do. */
  public enum Action {
    KEEP,
    REFIT,
    REVIEW
  }

  static DriftAdvice of(
      List<PersonaDrift> personas, List<FeatureDrift> features, Migration migration) {
    List<String> review = new ArrayList<>();
    say(review, "new", personas, Change.NEW);
    say(review, "retired", personas, Change.RETIRED);
    personas.stream()
        .filter(persona -> persona.previousPersona() != null)
        .forEach(p -> review.add(p.previousPersona() + " is now called " + Drift.called(p)));
    above(review, features, LARGE);
    if (!review.isEmpty()) {
      return new DriftAdvice(Action.REVIEW, String.join("; ", review));
    }
    List<String> refit = new ArrayList<>();
    say(refit, "moved", personas, Change.MOVED);
    above(refit, features, NOTABLE);
    if (migration != null && migration.changedByCentroids() != null) {
      long there = migration.stayed() + migration.changed();
      if (migration.changedByCentroids() > MOST_BY_CENTROIDS * there) {
        refit.add(
            String.format(
                Locale.ROOT,
                "%.1f %% of the users changed because the centroids moved",
                100.0 * migration.changedByCentroids() / there));
      }
    }
    return refit.isEmpty()
        ? new DriftAdvice(Action.KEEP, "all personas are where they were")
        : new DriftAdvice(Action.REFIT, String.join("; ", refit));
  }

  private static void say(
      List<String> reasons, String what, List<PersonaDrift> personas, Change change) {
    String names =
        personas.stream()
            .filter(persona -> persona.change() == change)
            .map(Drift::called)
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      reasons.add(what + ": " + names);
    }
  }

  private static void above(List<String> reasons, List<FeatureDrift> features, double limit) {
    for (FeatureDrift feature : features) {
      if (feature.psi() != null && feature.psi() > limit + 2 * feature.chance()) {
        reasons.add(
            String.format(
                Locale.ROOT, "the values of %s moved (PSI %.2f)", feature.name(), feature.psi()));
      }
    }
  }
}
