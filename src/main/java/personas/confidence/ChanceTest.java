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
  private static final double LARGE_COUNT = 10_000;

  private ChanceTest() {}

  /**
   * Returns the two-sided p-value of a share. The p-value is twice the smaller tail of the
   * hypergeometric distribution (R. A. Fisher, <i>The design of experiments</i>, 1935), which is
   * exact for small groups and rare values too. For large counts, the p-value is the one of the
   * v-test.
   *
   * @param group the users of the group, whose values are 0 or 1
   * @param otherUsers the users outside of the group, whose values are 0 or 1
   * @param vTest the statistic of the v-test, a standard normalProbability deviate
   * @return 0..1
   */
  public static double shareProbability(Spread group, Spread otherUsers, double vTest) {
    long users = group.count() + otherUsers.count();
    long withValue = group.ones() + otherUsers.ones();
    double rarer = Math.min(withValue, users - withValue) / (double) users;
    if (rarer * Math.min(group.count(), otherUsers.count()) > LARGE_COUNT) {
      return normalProbability(vTest);
    }
    double atMost = HypergeometricTail.atMost(group.ones(), users, withValue, group.count());
    double atLeast = HypergeometricTail.atLeast(group.ones(), users, withValue, group.count());
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }

  /**
   * Returns the two-sided p-value of a mean: the larger of two p-values, of the v-test and of B. L.
   * Welch's test against the other users (<i>The generalization of Student's problem when several
   * different population variances are involved</i>, Biometrika 34, 1947). The v-test uses the
   * standard deviation of all users for the group, so one extreme value in a small group can make
   * its result significant. Welch's test prevents this.
   *
   * @param group the users of the group
   * @param otherUsers the users outside of the group
   * @param vTest the statistic of the v-test, a standard normalProbability deviate
   * @return 0..1; 1 if the group or the other users have fewer than two values
   */
  public static double meanProbability(Spread group, Spread otherUsers, double vTest) {
    if (Math.min(group.count(), otherUsers.count()) < 2) {
      return 1;
    }
    return Math.max(normalProbability(vTest), welchProbability(group, otherUsers));
  }

  private static double normalProbability(double vTest) {
    return Erf.erfc(Math.abs(vTest) / Math.sqrt(2));
  }

  /** Returns the two-sided p-value of Welch's test. */
  private static double welchProbability(Spread group, Spread otherUsers) {
    double larger = Math.max(group.standardError(), otherUsers.standardError());
    if (larger == 0) {
      return group.mean() == otherUsers.mean() ? 1 : 0;
    }
    // Both standard errors are divided by the larger one, so that no square overflows.
    double groupPart = square(group.standardError() / larger);
    double otherPart = square(otherUsers.standardError() / larger);
    double squaredT =
        square(group.mean() / larger - otherUsers.mean() / larger) / (groupPart + otherPart);
    double degreesOfFreedom =
        square(groupPart + otherPart)
            / (square(groupPart) / (group.count() - 1)
                + square(otherPart) / (otherUsers.count() - 1));
    return Beta.regularizedBeta(
        degreesOfFreedom / (degreesOfFreedom + squaredT), degreesOfFreedom / 2, 0.5);
  }

  private static double square(double value) {
    return value * value;
  }
}
