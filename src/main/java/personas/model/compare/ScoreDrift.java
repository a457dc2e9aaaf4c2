package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureContext;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.DriftAdvice.Check;
import personas.model.compare.DriftAdvice.DecidingFigure;
import personas.model.compare.PopulationStability.FeatureStability;

/**
 * The drift of the users of a score since the training of the model. All counts are exact: the
 * values of each feature are counted between the points that the model holds.
 *
 * @param advice keep, refit or review
 * @param reason the reason for the advice, for people
 * @param decidedBy the figure that decided the advice
 * @param usersBefore number of users of the training
 * @param usersNow number of users of the score
 * @param personasPsi the population stability index of the shares of the personas
 * @param chance the value of {@code personasPsi} that chance alone gives for this number of users
 * @param personas the shares of the k personas, in the order of the clusters of the model
 * @param features the drift of the d features, in the order of the model
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

  // A refit is advised above a NOTABLE limit, and a review above a LARGE limit. MISSING is the
  // change of the share of missing values. OUTSIDE is the share of values outside of the range of
  // the training.
  private static final double NOTABLE_MISSING = 0.05;
  private static final double LARGE_MISSING = 0.2;
  private static final double NOTABLE_OUTSIDE = 0.01;
  private static final double LARGE_OUTSIDE = 0.05;

  /** The number of standard deviations above the expected value that count as chance. */
  private static final double DEVIATIONS = 3;

  /**
   * One persona.
   *
   * @param persona the name of the persona
   * @param shareBefore share of the users of the training, 0..1
   * @param share share of the users of the score, 0..1
   */
  public record PersonaShare(String persona, double shareBefore, double share) {}

  /**
   * One feature.
   *
   * @param name the name of the feature
   * @param psi the population stability index of the raw values
   * @param chance the index that chance alone gives for this number of users
   * @param below the share of users whose raw value is below the smallest point of the model, 0..1.
   *     This point is the smallest value in the training, or in a random sample of a large training
   * @param above the share of users whose raw value is above the largest point of the model, 0..1
   * @param missingBefore the share of the users of the training without a value, 0..1
   * @param missing the share of the users of the score without a value, 0..1
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
   * Returns the drift of a score.
   *
   * @param trained the users of the training
   * @param values the values of the scored users, counted in {@link TrainedUsers#bins}
   * @param users number of scored users in each of the k clusters of the model
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
    DriftAdvice advice = DriftAdvice.of(checks, "the users differ little from the training");
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

  /** Returns the advice with its reason and the deciding figure. */
  public DriftAdvice toAdvice() {
    return new DriftAdvice(advice, reason, decidedBy);
  }

  private static FeatureDrift feature(
      TrainedUsers trained, FeatureHistogram values, int f, long before, long now) {
    FeatureContext old = trained.features().get(f);
    List<Double> points = values.earlierPoints(f);
    List<Long> counts = values.earlierCounts(f);
    FeatureStability stability =
        PopulationStability.of(
            old, new FeatureContext(null, null, points, counts, values.missing(f)));
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
          psiCheck(
              action,
              "PSI of the shares of the personas",
              "the shares of the personas",
              personas.index(),
              indexByChance(personas.chance(), before, now)));
      for (FeatureDrift feature : features) {
        checks.add(
            psiCheck(
                action,
                "PSI of " + feature.name(),
                "the values of " + feature.name(),
                feature.psi(),
                indexByChance(feature.chance(), before, now)));
        checks.add(outside(action, feature, before, now));
        checks.add(missing(action, feature, before, now));
      }
    }
    return checks;
  }

  private static Check psiCheck(
      Action action, String figure, String subject, double index, double byChance) {
    double limit = action == Action.REVIEW ? DriftAdvice.LARGE : DriftAdvice.NOTABLE;
    return new Check(
        action, figure, index, limit + byChance, text("%s moved (PSI %.2f)", subject, index));
  }

  private static Check outside(Action action, FeatureDrift feature, long before, long now) {
    double limit = action == Action.REVIEW ? LARGE_OUTSIDE : NOTABLE_OUTSIDE;
    return new Check(
        action,
        "share outside of the range of " + feature.name() + " in the training",
        feature.below() + feature.above(),
        limit + outsideByChance(before, now),
        text(
            "%.1f%% of the users have values of %s outside of the range of the training",
            100 * (feature.below() + feature.above()), feature.name()));
  }

  private static Check missing(Action action, FeatureDrift feature, long before, long now) {
    double limit = action == Action.REVIEW ? LARGE_MISSING : NOTABLE_MISSING;
    return new Check(
        action,
        "change of the share without a value of " + feature.name(),
        Math.abs(feature.missing() - feature.missingBefore()),
        limit + missingByChance(feature, before, now),
        text(
            "%.1f%% of the users have no value of %s; in the training it was %.1f%%",
            100 * feature.missing(), feature.name(), 100 * feature.missingBefore()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /**
   * Returns the largest share of users outside of the range of the training that chance explains. A
   * user is below the smallest of {@code before} values with the probability {@code 1 / (before +
   * 1)}, and above the largest with the same probability.
   */
  private static double outsideByChance(long before, long now) {
    double expected = 2.0 / (before + 1);
    return expected + DEVIATIONS * deviation(Math.min(expected, 0.5), before, now);
  }

  /**
   * Returns the largest index that chance explains. The expected value {@code chance} belongs to a
   * χ² distribution that is scaled by the sum of the two reciprocal numbers of users, see {@link
   * PopulationStability}.
   */
  private static double indexByChance(double chance, long before, long now) {
    return chance + DEVIATIONS * Math.sqrt(2 * chance * (1.0 / before + 1.0 / now));
  }

  /** Returns the largest change of the share of missing values that chance explains. */
  private static double missingByChance(FeatureDrift feature, long before, long now) {
    double share = (feature.missingBefore() * before + feature.missing() * now) / (before + now);
    return DEVIATIONS * deviation(share, before, now);
  }

  /** Returns the standard deviation of the difference of two shares that differ by chance only. */
  private static double deviation(double share, long before, long now) {
    return Math.sqrt(share * (1 - share) * (1.0 / before + 1.0 / now));
  }
}
