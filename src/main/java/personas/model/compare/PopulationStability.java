package personas.model.compare;

import java.util.ArrayList;
import java.util.List;
import personas.model.TrainingContext.FeatureHandover;

/**
 * How much the values of a feature moved between two runs: the population stability index, Σ (q −
 * p) · ln(q / p) over parts of about a tenth of the earlier users each, and one of the users
 * without a value. Below 0.1 nothing moved much, above 0.25 a lot did (N. Siddiqi, <i>Credit Risk
 * Scorecards</i>, 2006).
 *
 * <p>The parts end at points of the earlier model, whose counts are exact; the later users below
 * such a point are exact where it is one of the later model's too, and are interpolated between two
 * of its points, a twentieth of its users apart, where it is not. So equal users give exactly 0,
 * and the figure depends on no order.
 */
final class PopulationStability {
  private static final int PARTS = 10;

  /** What stands for no user in a part, so that the index stays finite. */
  private static final double LEAST_USERS = 0.5;

  private final List<Double> before = new ArrayList<>();
  private final List<Double> now = new ArrayList<>();

  private PopulationStability(FeatureHandover before, FeatureHandover now) {
    long users = sum(before.counts());
    int last = before.points().size() - 1;
    double nowBelow = 0;
    if (last >= 0 && before.counts().get(0) * PARTS >= users) {
      // Many users have the smallest value itself: nobody was below it.
      nowBelow = below(before.points().get(0), now);
      add(0, nowBelow);
    }
    long inPart = 0;
    for (int i = 0; i <= last; i++) {
      long between = before.counts().get(i);
      inPart += between;
      // The largest value ends a part only where many users have it: in a tail nothing is known of
      // how the later users are spread between their last two points.
      if (inPart * PARTS >= users && (i < last || between * PARTS >= users)) {
        double nowUpTo = upTo(before.points().get(i), now);
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
      return new FeatureStability(null, null);
    }
    PopulationStability parts = new PopulationStability(before, now);
    double usersBefore = sum(before.counts()) + before.missing();
    double usersNow = sum(now.counts()) + now.missing();
    double index = 0;
    for (int i = 0; i < parts.before.size(); i++) {
      double p = Math.max(LEAST_USERS, parts.before.get(i)) / usersBefore;
      double q = Math.max(LEAST_USERS, parts.now.get(i)) / usersNow;
      index += (q - p) * StrictMath.log(q / p);
    }
    double chance = (parts.before.size() - 1) * (1 / usersBefore + 1 / usersNow);
    return new FeatureStability(index, chance);
  }

  /**
   * What was found.
   *
   * @param index 0 where nothing moved
   * @param chance the index to expect of two samples of the same population, as large as these: it
   *     follows a scaled χ² (B. Yurdakul, <i>Statistical Properties of Population Stability
   *     Index</i>, 2018)
   */
  record FeatureStability(Double index, Double chance) {}

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The users whose value is {@code value} or less. */
  private static double upTo(double value, FeatureHandover now) {
    int point = now.points().indexOf(value);
    return point < 0 ? below(value, now) : sum(now.counts().subList(0, point + 1));
  }

  /** The users whose value is less; those between two points are taken to be evenly spread. */
  private static double below(double value, FeatureHandover now) {
    List<Double> points = now.points();
    double users = 0;
    for (int i = 0; i < points.size(); i++) {
      if (value <= points.get(i)) {
        if (i == 0 || value == points.get(i)) {
          return users;
        }
        // Halves of the largest doubles do not overflow.
        double part =
            (value / 2 - points.get(i - 1) / 2) / (points.get(i) / 2 - points.get(i - 1) / 2);
        return users + part * now.counts().get(i);
      }
      users += now.counts().get(i);
    }
    return sum(now.counts());
  }
}
