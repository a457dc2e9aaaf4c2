package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import personas.model.TrainingContext.FeatureContext;
import personas.model.TrainingContext.PointCounts;

/**
 * The population stability index of a feature between two runs: Σ (q − p) · ln(q / p), where p and
 * q are the shares of the earlier and the later users in a part. The parts have about a tenth of
 * the earlier users each, and one part has the users without a value. An index below 0.1 means
 * little change, an index above 0.25 a large change (N. Siddiqi, <i>Credit Risk Scorecards</i>,
 * 2006).
 *
 * <p>The parts end at points of the earlier model, whose counts are exact. A run that continues the
 * earlier run counts its users at the same points, so the index is exact. If the later run does not
 * continue the earlier run, the index is exact only if the points of both are equal. Otherwise the
 * users between two points of the later run, about a twentieth of the users, are assumed to be
 * evenly spread, and the index is marked as interpolated. If both runs have the same users, the
 * index is exactly 0. The order of the users does not matter.
 */
final class PopulationStability {
  private static final int PARTS = 10;

  /** A part without users counts as half a user, so that the index is finite. */
  private static final double MIN_USERS = 0.5;

  private final List<Double> before = new ArrayList<>();
  private final List<Double> now = new ArrayList<>();
  private final PointCounts later;
  private boolean isInterpolated;

  private PopulationStability(FeatureContext before, FeatureContext now) {
    later =
        now.earlier() != null && now.earlier().points().equals(before.pointsOfNextRun())
            ? now.earlier()
            : new PointCounts(now.points(), now.counts());
    long users = sum(before.counts());
    int last = before.points().size() - 1;
    double nowBelow = 0;
    if (last >= 0 && before.counts().get(0) * PARTS >= users) {
      // Many users have the smallest value, so it ends the first part of the earlier users. Later
      // users below this value get a part of their own, in which no earlier user is.
      nowBelow = below(before.points().get(0));
      add(0, nowBelow);
    }
    long inPart = 0;
    for (int i = 0; i <= last; i++) {
      long between = before.counts().get(i);
      inPart += between;
      // The largest value ends a part only if many users have it. In a tail it is not known how the
      // later users are spread between their last two points.
      if (inPart * PARTS >= users && (i < last || between * PARTS >= users)) {
        double nowUpTo = upTo(before.points().get(i));
        add(inPart, nowUpTo - nowBelow);
        nowBelow = nowUpTo;
        inPart = 0;
      }
    }
    add(inPart + before.counts().get(last + 1), sum(now.counts()) - nowBelow);
    add(before.missing(), (double) now.missing());
  }

  private void add(long usersBefore, double usersNow) {
    if (usersBefore > 0 || usersNow > 0) {
      before.add((double) usersBefore);
      now.add(usersNow);
    }
  }

  /**
   * Returns the index of a feature. Index and chance are null if a model does not hold the
   * distribution of the values.
   */
  static FeatureStability of(FeatureContext before, FeatureContext now) {
    if (before.counts() == null || now.counts() == null) {
      return new FeatureStability(null, null, false);
    }
    PopulationStability parts = new PopulationStability(before, now);
    double usersBefore = sum(before.counts()) + before.missing();
    double usersNow = sum(now.counts()) + now.missing();
    return of(parts.before, usersBefore, parts.now, usersNow, parts.isInterpolated);
  }

  /**
   * Returns the index of the shares of groups. Both counts are for the same groups in the same
   * order.
   */
  static FeatureStability ofCounts(List<Long> before, List<Long> now) {
    return of(
        before.stream().map(Long::doubleValue).toList(),
        (double) sum(before),
        now.stream().map(Long::doubleValue).toList(),
        (double) sum(now),
        false);
  }

  private static FeatureStability of(
      List<Double> before,
      double usersBefore,
      List<Double> now,
      double usersNow,
      boolean isInterpolated) {
    double index = 0;
    for (int i = 0; i < before.size(); i++) {
      double p = Math.max(MIN_USERS, before.get(i)) / usersBefore;
      double q = Math.max(MIN_USERS, now.get(i)) / usersNow;
      index += (q - p) * StrictMath.log(q / p);
    }
    double chance = (before.size() - 1) * (1 / usersBefore + 1 / usersNow);
    return new FeatureStability(index, chance, isInterpolated);
  }

  /**
   * The population stability index of a feature, and the index that chance alone would give.
   *
   * @param index the population stability index; 0 if nothing moved
   * @param chance the expected index of two samples of one population with the sizes of the two
   *     runs; the index follows a scaled χ² distribution (B. Yurdakul, <i>Statistical Properties of
   *     Population Stability Index</i>, 2018)
   * @param isInterpolated whether users were assumed to be evenly spread between two points
   */
  record FeatureStability(Double index, Double chance, boolean isInterpolated) {}

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of later users whose value is at most {@code value}. */
  private double upTo(double value) {
    int point = later.points().indexOf(value);
    return point < 0 ? below(value) : sum(later.counts().subList(0, point + 1));
  }

  /** Returns the number of later users whose value is below {@code value}. */
  private double below(double value) {
    List<Double> points = later.points();
    int exact = value == -Double.MAX_VALUE ? -1 : points.indexOf(Math.nextDown(value));
    if (exact >= 0) {
      return sum(later.counts().subList(0, exact + 1));
    }
    double users = 0;
    for (int i = 0; i < points.size(); i++) {
      if (value <= points.get(i)) {
        if (i == 0 || value == points.get(i)) {
          return users;
        }
        isInterpolated = true;
        // The values are halved first, because the difference of two large doubles can overflow.
        double part =
            (value / 2 - points.get(i - 1) / 2) / (points.get(i) / 2 - points.get(i - 1) / 2);
        return users + part * later.counts().get(i);
      }
      users += later.counts().get(i);
    }
    return sum(later.counts());
  }
}
