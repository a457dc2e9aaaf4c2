package personas.confidence;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;
import personas.math.HypergeometricTail;

/**
 * Tests of the difference between a group and all users, under the hypothesis that chance alone
 * decides which users are in the group.
 */
public final class ChanceTest {
  /** Above this expected count, the v-test is accurate enough. */
  private static final double LARGE = 10_000;

  private ChanceTest() {}

  /**
   * Returns the two-sided p-value of a share. It is twice the smaller tail of the hypergeometric
   * distribution (R. A. Fisher, <i>The design of experiments</i>, 1935), which is exact for small
   * groups and rare values too.
   *
   * @param group the users of the group, whose values are 0 or 1
   * @param others the users outside of the group, whose values are 0 or 1
   * @param test the statistic of the v-test, a standard normal deviate. The v-test replaces the
   *     exact test for large counts
   * @return 0..1
   */
  public static double shares(Spread group, Spread others, double test) {
    long users = group.count() + others.count();
    long withValue = group.ones() + others.ones();
    double rarer = Math.min(withValue, users - withValue) / (double) users;
    if (rarer * Math.min(group.count(), others.count()) > LARGE) {
      return normal(test);
    }
    double atMost = HypergeometricTail.atMost(group.ones(), users, withValue, group.count());
    double atLeast = HypergeometricTail.atLeast(group.ones(), users, withValue, group.count());
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }

  /**
   * Returns the two-sided p-value of a mean. It is the larger p-value of the v-test and of B. L.
   * Welch's test against the other users (<i>The generalization of Student's problem when several
   * different population variances are involved</i>, Biometrika 34, 1947). The v-test uses the
   * standard deviation of all users for the group, so one extreme value in a small group can make
   * its result significant. Welch's test prevents this.
   *
   * @param group the users of the group
   * @param others the users outside of the group
   * @param test the statistic of the v-test, a standard normal deviate
   * @return 0..1; 1 if the group or the other users have fewer than two values
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
    // Errors are divided by the larger one, so that squares stay within the range of double.
    double groupPart = square(group.standardError() / larger);
    double otherPart = square(others.standardError() / larger);
    double squaredT =
        square(group.mean() / larger - others.mean() / larger) / (groupPart + otherPart);
    double degreesOfFreedom =
        square(groupPart + otherPart)
            / (square(groupPart) / (group.count() - 1) + square(otherPart) / (others.count() - 1));
    return Beta.regularizedBeta(
        degreesOfFreedom / (degreesOfFreedom + squaredT), degreesOfFreedom / 2, 0.5);
  }

  private static double square(double value) {
    return value * value;
  }
}
