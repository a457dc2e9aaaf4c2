package personas.model.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.Drift.PersonaDrift;

/**
 * The advice for a drift. The first action in this list that applies is advised:
 *
 * <ul>
 *   <li>none: fewer than a hundredth of the users of the smaller run are in both runs, so the user
 *       ids do not match;
 *   <li>review: a persona is new, retired or has another name, the population stability index (PSI)
 *       of a feature is above {@value #LARGE}, or a persona lost at least a fifth of its users; a
 *       person should look at the personas before they are used;
 *   <li>refit: a persona moved, the PSI of a feature is above {@value #NOTABLE}, or more than a
 *       twentieth of the users in both runs changed persona because centroids moved; the new model
 *       fits better than the earlier one;
 *   <li>keep: in all other cases; the earlier model is still good enough.
 * </ul>
 *
 * <p>Twice the PSI that chance alone gives is added to both limits of the PSI.
 *
 * @param action the advice
 * @param reason the reason, for people
 * @param decidedBy the deciding figure: of the figures that call for the action, the figure with
 *     the largest ratio to its limit; for keep, the figure nearest to its limit
 */
public record DriftAdvice(Action action, String reason, DecidingFigure decidedBy) {
  /** The PSI above which a refit is advised, before the part of chance is added. */
  static final double NOTABLE = 0.1;

  /** The PSI above which a review is advised, before the part of chance is added. */
  static final double LARGE = 0.25;

  /** The largest share of users that may change persona because centroids moved. */
  private static final double MAX_BY_CENTROIDS = 0.05;

  /** The smallest share of a persona's users whose loss calls for a review. */
  private static final double LOST_FOR_REVIEW = 0.2;

  /** The share of common users below which the user ids of two runs do not match. */
  private static final double MIN_SHARE_IN_BOTH = 0.01;

  /** The actions that can be advised. */
  public enum Action {
    KEEP,
    REFIT,
    REVIEW,
    /** No advice, because the user ids of the two runs do not match. */
    NONE
  }

  /**
   * A figure and its limit.
   *
   * @param figure the name of the figure
   * @param value the value that was measured
   * @param limit the limit of the value; 0 for a count that must be 0
   */
  public record DecidingFigure(String figure, double value, double limit) {
    private double ratioToLimit() {
      return value == 0 ? 0 : value / limit;
    }

    /** Returns the figure and its limit as text for people. */
    public String text() {
      return figure + " " + format(value) + ", limit " + format(limit);
    }

    private static String format(double number) {
      return number == Math.rint(number)
          ? String.format(Locale.ROOT, "%,d", (long) number)
          : String.format(Locale.ROOT, "%.2f", number);
    }
  }

  /** The check of one figure, and the action that is advised if the figure exceeds its limit. */
  record Check(Action action, DecidingFigure figure, boolean isExceeded, String reason) {
    Check(Action action, String figure, double value, double limit, String reason) {
      this(action, new DecidingFigure(figure, value, limit), value > limit, reason);
    }
  }

  /** Returns the advice for a drift between two runs. */
  static DriftAdvice of(
      List<PersonaDrift> personas, List<FeatureDrift> features, Migration migration) {
    if (migration != null && !idsMatch(migration)) {
      return idsDoNotMatch(migration);
    }
    List<Check> checks = new ArrayList<>();
    checks.add(change(Action.REVIEW, "new", personas, Change.NEW));
    checks.add(change(Action.REVIEW, "retired", personas, Change.RETIRED));
    checks.add(renamed(personas));
    psiChecks(Action.REVIEW, LARGE, features, checks);
    if (migration != null) {
      losses(personas, migration, checks);
    }
    moves(personas, checks);
    psiChecks(Action.REFIT, NOTABLE, features, checks);
    if (migration != null && migration.changedByCentroids() != null) {
      checks.add(changesByCentroids(migration));
    }
    return of(checks, "no persona and no feature changed notably");
  }

  /**
   * Returns the most serious action that a check calls for; keep if none does.
   *
   * @param checks at least one
   * @param keepReason the reason if no check calls for an action
   */
  static DriftAdvice of(List<Check> checks, String keepReason) {
    for (Action action : List.of(Action.REVIEW, Action.REFIT)) {
      List<Check> exceeded =
          checks.stream().filter(check -> check.action == action && check.isExceeded).toList();
      if (!exceeded.isEmpty()) {
        String reason =
            exceeded.stream().map(Check::reason).distinct().collect(Collectors.joining("; "));
        return new DriftAdvice(action, reason, largestRatio(exceeded));
      }
    }
    return new DriftAdvice(Action.KEEP, keepReason, largestRatio(checks));
  }

  /**
   * Returns the PSI of a feature above which a review is advised: the limit plus twice the PSI that
   * chance gives.
   *
   * @param feature a feature with a PSI
   */
  public static double limitOfReview(FeatureDrift feature) {
    return LARGE + 2 * feature.chance();
  }

  private static DecidingFigure largestRatio(List<Check> checks) {
    // The minimum of the negative ratio takes the first of equal ratios; max would take the last.
    return checks.stream()
        .map(Check::figure)
        .min(Comparator.comparingDouble(figure -> -figure.ratioToLimit()))
        .orElseThrow();
  }

  /** Returns the share of the users of the smaller run that are in both runs. */
  private static double shareInBoth(Migration migration) {
    return (double) (migration.before() - migration.leavers())
        / Math.min(migration.before(), migration.now());
  }

  /** Returns whether the user ids of two runs match. Runs without users match. */
  private static boolean idsMatch(Migration migration) {
    return migration.before() == 0
        || migration.now() == 0
        || shareInBoth(migration) >= MIN_SHARE_IN_BOTH;
  }

  private static DriftAdvice idsDoNotMatch(Migration migration) {
    return new DriftAdvice(
        Action.NONE,
        String.format(
            Locale.ROOT,
            "only %,d of the %,d users of the previous run are in this run, so the two runs probably"
                + " write user ids differently, for example 17850 and 17850.0; advice needs users"
                + " that are in both runs",
            migration.before() - migration.leavers(),
            migration.before()),
        new DecidingFigure(
            "share of users in both runs", shareInBoth(migration), MIN_SHARE_IN_BOTH));
  }

  private static Check change(
      Action action, String changeName, List<PersonaDrift> personas, Change change) {
    List<String> names =
        personas.stream().filter(persona -> persona.change() == change).map(Drift::label).toList();
    return new Check(
        action,
        changeName + " personas",
        names.size(),
        0,
        changeName + ": " + String.join(", ", names));
  }

  private static Check renamed(List<PersonaDrift> personas) {
    List<String> sentences =
        personas.stream()
            .filter(persona -> persona.previousPersona() != null)
            .map(p -> p.previousPersona() + " is now called " + Drift.label(p))
            .toList();
    return new Check(
        Action.REVIEW, "renamed personas", sentences.size(), 0, String.join("; ", sentences));
  }

  private static void psiChecks(
      Action action, double limit, List<FeatureDrift> features, List<Check> checks) {
    for (FeatureDrift feature : features) {
      if (feature.psi() != null) {
        checks.add(
            new Check(
                action,
                "PSI of " + feature.name(),
                feature.psi(),
                limit + 2 * feature.chance(),
                String.format(
                    Locale.ROOT,
                    "the values of %s moved (PSI %.2f)",
                    feature.name(),
                    feature.psi())));
      }
    }
  }

  private static void losses(List<PersonaDrift> personas, Migration migration, List<Check> checks) {
    for (PersonaDrift persona : personas) {
      int column = migration.columns().indexOf(persona.id());
      for (Migration.Row row : migration.rows()) {
        boolean isSame = persona.change() != Change.RETIRED && column >= 0;
        if (isSame && Objects.equals(row.id(), persona.previousId()) && row.before() > 0) {
          // The share is computed from the counts, because 1 - 0.8 is less than 0.2 in floating
          // point.
          double lost = (double) row.lostFor(column) / row.before();
          checks.add(
              new Check(
                  Action.REVIEW,
                  new DecidingFigure(
                      "share lost by " + Drift.label(persona), lost, LOST_FOR_REVIEW),
                  lost >= LOST_FOR_REVIEW,
                  String.format(
                      Locale.ROOT,
                      "%s lost %.1f%% of its users",
                      Drift.label(persona),
                      100 * lost)));
        }
      }
    }
  }

  private static void moves(List<PersonaDrift> personas, List<Check> checks) {
    String reason = change(Action.REFIT, "moved", personas, Change.MOVED).reason();
    for (PersonaDrift persona : personas) {
      if (persona.shift() != null) {
        checks.add(
            new Check(
                Action.REFIT,
                "shift of " + Drift.label(persona),
                persona.shift(),
                ClusterMatching.KEPT,
                reason));
      }
    }
  }

  private static Check changesByCentroids(Migration migration) {
    long inBoth = migration.stayed() + migration.changed();
    double share = inBoth == 0 ? 0 : (double) migration.changedByCentroids() / inBoth;
    return new Check(
        Action.REFIT,
        "share of users that changed persona because the centroids moved",
        share,
        MAX_BY_CENTROIDS,
        String.format(
            Locale.ROOT,
            "%.1f%% of the users changed persona because the centroids moved",
            100.0 * share));
  }
}
