package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureHandover;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.DriftAdvice.Check;
import personas.model.compare.DriftAdvice.DecidingFigure;
import personas.model.compare.PopulationStability.FeatureStability;

/**
 * How far the users of a score are from those of the model's training. All counts are exact, at the
 * points that the model holds.
 *
 * @param advice keep, refit or review
 * @param reason of the advice, a sentence
 * @param decidedBy the figure that decided the advice
 * @param usersBefore users of the training
 * @param usersNow users of the score
 * @param personasPsi the population stability index of the shares of the personas
 * @param chance the index to expect of as many users that are drawn from the training's anew
 * @param personas k of them, in the order of the model's clusters
 * @param features d of them, in the order of the model's
 */
public record ScoreDrift(
    Action advice,
    String reason,
    DecidingFigure decidedBy,
    long usersBefore,
    long usersNow,
    double personasPsi,
    double chance,
    List<PersonaShare> personas,
    List<FeatureDrift> features) {

  private static final double NOTABLE_SHARE = 0.05;
  private static final double LARGE_SHARE = 0.2;
  private static final double NOTABLE_OUTSIDE = 0.01;
  private static final double LARGE_OUTSIDE = 0.05;

  /** Standard deviations that chance is given beyond what it does on average. */
  private static final double DEVIATIONS = 3;

  /**
   * One persona.
   *
   * @param shareBefore of the users of the training, 0..1
   * @param share of the users of the score, 0..1
   */
  public record PersonaShare(String persona, double shareBefore, double share) {}

  /**
   * One feature.
   *
   * @param psi the population stability index of its raw values
   * @param chance the index to expect of as many users that are drawn from the training's anew
   * @param below the share of the users whose raw value is below the smallest point of the model,
   *     0..1: the smallest value of the training's users, or of an even sample of many
   * @param above likewise, above the largest point
   * @param missingBefore the share of the training's users without a value, 0..1
   * @param missing the share of the score's users without a value, 0..1
   */
  public record FeatureDrift(
      String name,
      double psi,
      double chance,
      double below,
      double above,
      double missingBefore,
      double missing) {}

  /**
   * The drift of a score.
   *
   * @param values of the scored users, counted at {@link TrainedUsers#bins}
   * @param users k counts of the scored users, in the order of the model's clusters
   * @return null if no user was scored
   */
  public static ScoreDrift ofOrNull(
      TrainedUsers trained, FeatureHistogram values, List<Long> users) {
    long now = users.stream().mapToLong(Long::longValue).sum();
    if (now == 0) {
      return null;
    }
    long before = trained.total();
    List<PersonaShare> personas = new ArrayList<>();
    for (int j = 0; j < users.size(); j++) {
      personas.add(
          new PersonaShare(
              trained.personas().get(j),
              (double) trained.users().get(j) / before,
              (double) users.get(j) / now));
    }
    List<FeatureDrift> features = new ArrayList<>();
    for (int f = 0; f < trained.features().size(); f++) {
      features.add(feature(trained, values, f, before, now));
    }
    FeatureStability stability = PopulationStability.ofCounts(trained.users(), users);
    List<Check> checks = checks(stability, features, before, now);
    DriftAdvice advice = DriftAdvice.of(checks, "the users are like those of the training");
    return new ScoreDrift(
        advice.action(),
        advice.reason(),
        advice.decidedBy(),
        before,
        now,
        stability.index(),
        stability.chance(),
        List.copyOf(personas),
        List.copyOf(features));
  }

  /** The advice with its reason and the figure that decided. */
  public DriftAdvice toAdvice() {
    return new DriftAdvice(advice, reason, decidedBy);
  }

  private static FeatureDrift feature(
      TrainedUsers trained, FeatureHistogram values, int f, long before, long now) {
    FeatureHandover old = trained.features().get(f);
    List<Double> points = values.earlierPoints(f);
    List<Long> counts = values.earlierCounts(f);
    FeatureStability stability =
        PopulationStability.of(
            old, new FeatureHandover(null, null, points, counts, values.missing(f)));
    boolean isBelowCounted = points.size() > old.points().size();
    return new FeatureDrift(
        trained.names().get(f),
        stability.index(),
        stability.chance(),
        isBelowCounted ? (double) counts.get(0) / now : 0,
        points.isEmpty() ? 0 : (double) counts.get(counts.size() - 1) / now,
        (double) old.missing() / before,
        (double) values.missing(f) / now);
  }

  private static List<Check> checks(
      FeatureStability personas, List<FeatureDrift> features, long before, long now) {
    List<Check> checks = new ArrayList<>();
    for (Action action : List.of(Action.REVIEW, Action.REFIT)) {
      checks.add(
          stability(
              action,
              "PSI of the shares of the personas",
              "the shares of the personas",
              personas.index(),
              indexByChance(personas.chance(), before, now)));
      for (FeatureDrift each : features) {
        checks.add(
            stability(
                action,
                "PSI of " + each.name(),
                "the values of " + each.name(),
                each.psi(),
                indexByChance(each.chance(), before, now)));
        checks.add(outside(action, each, before, now));
        checks.add(missing(action, each, before, now));
      }
    }
    return checks;
  }

  private static Check stability(
      Action action, String figure, String what, double index, double byChance) {
    double limit = action == Action.REVIEW ? DriftAdvice.LARGE : DriftAdvice.NOTABLE;
    return new Check(
        action, figure, index, limit + byChance, text("%s moved (PSI %.2f)", what, index));
  }

  private static Check outside(Action action, FeatureDrift each, long before, long now) {
    double limit = action == Action.REVIEW ? LARGE_OUTSIDE : NOTABLE_OUTSIDE;
    return new Check(
        action,
        "share outside of the training's range of " + each.name(),
        each.below() + each.above(),
        limit + outsideByChance(before, now),
        text(
            "%.1f%% of the users have values of %s that the training did not reach",
            100 * (each.below() + each.above()), each.name()));
  }

  private static Check missing(Action action, FeatureDrift each, long before, long now) {
    double limit = action == Action.REVIEW ? LARGE_SHARE : NOTABLE_SHARE;
    return new Check(
        action,
        "change of the share without a value of " + each.name(),
        Math.abs(each.missing() - each.missingBefore()),
        limit + missingByChance(each, before, now),
        text(
            "%.1f%% of the users have no value of %s; in the training %.1f%%",
            100 * each.missing(), each.name(), 100 * each.missingBefore()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * What the share outside of the range of {@code before} users may be where nothing moved: for
   * each side, one of {@code before + 1} places in the order is outside.
   */
  private static double outsideByChance(long before, long now) {
    double expected = 2.0 / (before + 1);
    return expected + DEVIATIONS * deviation(Math.min(expected, 0.5), before, now);
  }

  /**
   * What an index may be where nothing moved: {@code chance} is the mean of a χ² that is scaled by
   * the sum of the two reciprocal numbers of users, see {@link PopulationStability}.
   */
  private static double indexByChance(double chance, long before, long now) {
    return chance + DEVIATIONS * Math.sqrt(2 * chance * (1.0 / before + 1.0 / now));
  }

  private static double missingByChance(FeatureDrift each, long before, long now) {
    double both = (each.missingBefore() * before + each.missing() * now) / (before + now);
    return DEVIATIONS * deviation(both, before, now);
  }

  /** The standard deviation of the difference of two shares. */
  private static double deviation(double share, long before, long now) {
    return Math.sqrt(share * (1 - share) * (1.0 / before + 1.0 / now));
  }
}
