package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import personas.model.TrainingContext.FeatureHandover;
import personas.model.TrainingContext.PointCounts;

/**
 * How much the values of a feature moved between two runs: the population stability index, Σ (q −
 * p) · ln(q / p) over parts of about a tenth of the earlier users each, and one of the users
 * without a value. Below 0.1 nothing moved much, above 0.25 a lot did (N. Siddiqi, <i>Credit Risk
 * Scorecards</i>, 2006).
 *
 * <p>The parts end at points of the earlier model, whose counts are exact. A run that goes on from
 * the earlier one counts its users at the same points, so its index is exact. The index of any
 * other two runs is too if their points are equal; else users between two points of the later run,
 * a twentieth of its users apart, are taken to be evenly spread, and the index is marked as
 * interpolated. Equal users give exactly 0, and the index depends on no order.
 */
final class PopulationStability {
  private static final int PARTS = 10;

  /** What stands for no user in a part, so that the index stays finite. */
  private static final double LEAST_USERS = 0.5;

  private final List<Double> before = new ArrayList<>();
  private final List<Double> now = new ArrayList<>();
  private final PointCounts later;
  private boolean isInterpolated;

  private PopulationStability(FeatureHandover before, FeatureHandover now) {
    later =
        now.earlier() != null && now.earlier().points().equals(before.pointsOfNextRun())
            ? now.earlier()
            : new PointCounts(now.points(), now.counts());
    long users = sum(before.counts());
    int last = before.points().size() - 1;
    double nowBelow = 0;
    if (last >= 0 && before.counts().get(0) * PARTS >= users) {
      // Many users have the smallest value itself: nobody was below it.
      nowBelow = below(before.points().get(0));
      add(0, nowBelow);
    }
    long inPart = 0;
    for (int i = 0; i <= last; i++) {
      long between = before.counts().get(i);
      inPart += between;
      // The largest value ends a part only where many users have it: in a tail nothing is known of
      // how the later users are spread between their last two points.
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
   * The index of a feature; null where one of the models does not say how its values are spread.
   */
  static FeatureStability of(FeatureHandover before, FeatureHandover now) {
    if (before.counts() == null || now.counts() == null) {
      return new FeatureStability(null, null, false);
    }
    PopulationStability parts = new PopulationStability(before, now);
    double usersBefore = sum(before.counts()) + before.missing();
    double usersNow = sum(now.counts()) + now.missing();
    return of(parts.before, usersBefore, parts.now, usersNow, parts.isInterpolated);
  }

  /** The index of the shares of groups; the counts are of the same groups in the same order. */
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
      double p = Math.max(LEAST_USERS, before.get(i)) / usersBefore;
      double q = Math.max(LEAST_USERS, now.get(i)) / usersNow;
      index += (q - p) * StrictMath.log(q / p);
    }
    double chance = (before.size() - 1) * (1 / usersBefore + 1 / usersNow);
    return new FeatureStability(index, chance, isInterpolated);
  }

  /**
   * What was found.
   *
   * @param index 0 where nothing moved
   * @param chance the index to expect of two samples of the same population, as large as these: it
   *     follows a scaled χ² (B. Yurdakul, <i>Statistical Properties of Population Stability
   *     Index</i>, 2018)
   * @param isInterpolated whether users were taken to be evenly spread between two points
   */
  record FeatureStability(Double index, Double chance, boolean isInterpolated) {}

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The later users whose value is {@code value} or less. */
  private double upTo(double value) {
    int point = later.points().indexOf(value);
    return point < 0 ? below(value) : sum(later.counts().subList(0, point + 1));
  }

  /** The later users whose value is less. */
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
        // Halves of the largest doubles do not overflow.
        double part =
            (value / 2 - points.get(i - 1) / 2) / (points.get(i) / 2 - points.get(i - 1) / 2);
        return users + part * later.counts().get(i);
      }
      users += later.counts().get(i);
    }
    return sum(later.counts());
  }
}
