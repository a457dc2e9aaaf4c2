package personas.model.timeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.model.TrainingContext.FeatureContext;
import personas.model.TrainingContext.PointCounts;

/**
 * A lower bound of the population stability index (PSI) of a feature between two runs that need not
 * follow each other.
 *
 * <p>Each model counts its users at its own points, which are raw values of its users. The number
 * of later users below a point of the earlier run is therefore known only within a range. The
 * number in this range that is nearest to the share of the earlier run is used, so that two samples
 * of one population have an index close to 0. An interpolation between points would invent
 * differences for features with gaps between values.
 */
final class CertainStability {
  private static final int PARTS = 10;

  /** A part without users counts as half a user, so that the logarithm is finite. */
  private static final double MIN_USERS = 0.5;

  /** The PSI above which a shift is commonly called large. */
  private static final double LARGE = 0.25;

  private final FeatureContext before;

  /** For each point of the later run, the number of later users up to and including the point. */
  private final TreeMap<Double, Long> usersUpToPoint = new TreeMap<>();

  private final long usersBefore;
  private final long usersNow;
  private double index;
  private int parts;

  private CertainStability(FeatureContext before, FeatureContext now) {
    this.before = before;
    this.usersBefore = sum(before.counts()) + before.missing();
    this.usersNow = sum(now.counts()) + now.missing();
    addPoints(new PointCounts(now.points(), now.counts()));
    if (now.earlier() != null) {
      addPoints(now.earlier());
    }
    measure(sum(now.counts()));
    addPart(before.missing(), (double) now.missing());
  }

  /**
   * Compares two runs.
   *
   * @param before the feature in the earlier run
   * @param now the feature in the later run
   * @return the bound and the limit; null if a model does not hold the distribution of the values
   */
  static CertainStability of(FeatureContext before, FeatureContext now) {
    return before.counts() == null || now.counts() == null
        ? null
        : new CertainStability(before, now);
  }

  /** Returns the lower bound of the PSI. */
  double index() {
    return index;
  }

  /**
   * Returns the limit above which a review is advised. Twice the PSI that chance gives is added to
   * the limit, as in {@link personas.model.compare.DriftAdvice}.
   */
  double limit() {
    return LARGE + 2 * (parts - 1) * (1.0 / usersBefore + 1.0 / usersNow);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private void addPoints(PointCounts points) {
    long users = 0;
    for (int i = 0; i < points.points().size(); i++) {
      users += points.counts().get(i);
      usersUpToPoint.put(points.points().get(i), users);
    }
  }

  /**
   * Adds the parts of the values.
   *
   * @param present number of later users with a value
   */
  private void measure(long present) {
    long users = sum(before.counts());
    long usersUpTo = 0;
    long inPart = 0;
    double nowBefore = 0;
    for (int i = 0; i < before.points().size(); i++) {
      usersUpTo += before.counts().get(i);
      inPart += before.counts().get(i);
      boolean isLast = i == before.points().size() - 1;
      // The largest value ends a part only if many users have it. Otherwise all later users with a
      // larger value would fall in a part without earlier users, which would weigh too much.
      boolean canEndPart = !isLast || before.counts().get(i) * PARTS >= users;
      if (canEndPart && inPart * PARTS >= users) {
        double now = nearest(before.points().get(i), (double) usersUpTo / users * present, present);
        double nowUpTo = Math.max(nowBefore, now);
        addPart(inPart, nowUpTo - nowBefore);
        nowBefore = nowUpTo;
        inPart = 0;
      }
    }
    addPart(inPart + before.counts().get(before.points().size()), present - nowBefore);
  }

  /**
   * Returns the number of later users up to a value: the possible number that is nearest to the
   * expected number.
   */
  private double nearest(double value, double expected, long present) {
    Map.Entry<Double, Long> below = usersUpToPoint.floorEntry(value);
    Map.Entry<Double, Long> above = usersUpToPoint.ceilingEntry(value);
    double least = below == null ? 0 : below.getValue();
    double most = above == null ? present : above.getValue();
    return Math.max(least, Math.min(most, expected));
  }

  private void addPart(long earlierUsers, double laterUsers) {
    if (earlierUsers > 0 || laterUsers > 0) {
      double p = Math.max(MIN_USERS, (double) earlierUsers) / usersBefore;
      double q = Math.max(MIN_USERS, laterUsers) / usersNow;
      index += (q - p) * StrictMath.log(q / p);
      parts++;
    }
  }
}
