package personas.model.timeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.model.TrainingContext.FeatureHandover;
import personas.model.TrainingContext.PointCounts;

/**
 * The least population stability index of a feature between two runs that do not follow each other.
 *
 * <p>A model counts its users at points of its own, so how many of the later users are below a
 * point of the earlier run is known up to the users between two points of the later run. Of all
 * numbers in this range the one counts that is nearest to the earlier run. So between two samples
 * of one population the index is close to 0. An interpolation between the points would invent
 * differences if a feature has values that nobody has.
 */
final class CertainStability {
  private static final int PARTS = 10;
  private static final double LEAST_USERS = 0.5;
  private static final double LARGE = 0.25;

  private final FeatureHandover before;
  private final TreeMap<Double, Long> upTo = new TreeMap<>();
  private final long usersBefore;
  private final long usersNow;
  private double index;
  private int parts;

  private CertainStability(FeatureHandover before, FeatureHandover now) {
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

  /** The index and the limit; null if a model does not say how the values are spread. */
  static CertainStability of(FeatureHandover before, FeatureHandover now) {
    return before.counts() == null || now.counts() == null
        ? null
        : new CertainStability(before, now);
  }

  double index() {
    return index;
  }

  /** The limit of a review: twice what chance gives is added, as in the advice of a run. */
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
      upTo.put(points.points().get(i), users);
    }
  }

  private void measure(long present) {
    long users = sum(before.counts());
    long cumulated = 0;
    long inPart = 0;
    double nowBefore = 0;
    for (int i = 0; i < before.points().size(); i++) {
      cumulated += before.counts().get(i);
      inPart += before.counts().get(i);
      boolean isLast = i == before.points().size() - 1;
      // The largest value ends a part only if many users have it: a part of nobody would weigh all
      // later users with a larger one.
      boolean mayEnd = !isLast || before.counts().get(i) * PARTS >= users;
      if (mayEnd && inPart * PARTS >= users) {
        double now = nearest(before.points().get(i), (double) cumulated / users * present, present);
        double up = Math.max(nowBefore, now);
        addPart(inPart, up - nowBefore);
        nowBefore = up;
        inPart = 0;
      }
    }
    addPart(inPart + before.counts().get(before.points().size()), present - nowBefore);
  }

  /** The later users up to a value: in the range that is known, the number nearest to another. */
  private double nearest(double value, double expected, long present) {
    Map.Entry<Double, Long> below = upTo.floorEntry(value);
    Map.Entry<Double, Long> above = upTo.ceilingEntry(value);
    double least = below == null ? 0 : below.getValue();
    double most = above == null ? present : above.getValue();
    return Math.max(least, Math.min(most, expected));
  }

  private void addPart(long usersThen, double users) {
    if (usersThen > 0 || users > 0) {
      double p = Math.max(LEAST_USERS, (double) usersThen) / usersBefore;
      double q = Math.max(LEAST_USERS, users) / usersNow;
      index += (q - p) * StrictMath.log(q / p);
      parts++;
    }
  }
}
