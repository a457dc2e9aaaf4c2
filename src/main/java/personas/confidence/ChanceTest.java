package personas.confidence;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;
import personas.math.HypergeometricTail;

/** How probable a difference of a group from all users is if users are in the group by chance. */
public final class ChanceTest {
  /** If the rarest of the four counts is expected to be larger, the v-test is near enough. */
  private static final double LARGE = 10_000;

  private ChanceTest() {}

  /**
   * The two-sided p-value of a share: twice the smaller tail of the hypergeometric distribution (R.
   * A. Fisher, <i>The design of experiments</i>, 1935), which is exact for small groups and rare
   * values too.
   *
   * @param group its values are 0 or 1
   * @param others the users outside of the group, whose values are 0 or 1
   * @param test the v-test, which takes the place of the exact one for large counts
   * @return 0..1
   */
  public static double shares(Spread group, Spread others, double test) {
    long users = group.count() + others.count();
    long having = group.ones() + others.ones();
    double rarer = Math.min(having, users - having) / (double) users;
    if (rarer * Math.min(group.count(), others.count()) > LARGE) {
      return normal(test);
    }
    double atMost = HypergeometricTail.atMost(group.ones(), users, having, group.count());
    double atLeast = HypergeometricTail.atLeast(group.ones(), users, having, group.count());
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }

  /**
   * The two-sided p-value of a mean: the larger one of the v-test and of B. L. Welch's test against
   * the other users (<i>The generalization of Student's problem when several different population
   * variances are involved</i>, Biometrika 34, 1947). The v-test takes the deviation of all users
   * for that of the group. One extreme value in a small group passes it, and does not pass Welch's
   * test.
   *
   * @param test the v-test
   * @return 0..1; 1 if the group or the others have fewer than two values
   */
  public static double means(Spread group, Spread others, double test) {
    if (Math.min(group.count(), others.count()) < 2) {
      return 1;
    }
    return Math.max(normal(test), welch(group, others));
  }

  private static double normal(double test) {
    return Erf.erfc(Math.abs(test) / Math.sqrt(2));
  }

  private static double welch(Spread group, Spread others) {
    double larger = Math.max(group.standardError(), others.standardError());
    if (larger == 0) {
      return group.mean() == others.mean() ? 1 : 0;
    }
    // Relative to the larger error, so that no square leaves the doubles.
    double own = square(group.standardError() / larger);
    double rest = square(others.standardError() / larger);
    double squared = square(group.mean() / larger - others.mean() / larger) / (own + rest);
    double freedom =
        square(own + rest)
            / (square(own) / (group.count() - 1) + square(rest) / (others.count() - 1));
    return Beta.regularizedBeta(freedom / (freedom + squared), freedom / 2, 0.5);
  }

  private static double square(double value) {
    return value * value;
  }
}
