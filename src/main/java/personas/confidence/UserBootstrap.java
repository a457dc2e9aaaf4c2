package personas.confidence;

/**
 * Confidence intervals of 95% by a bootstrap over users (B. Efron, <i>Bootstrap methods: another
 * look at the jackknife</i>, Annals of Statistics 7, 1979). Users are resampled with replacement
 * while the centroids stay fixed, so a resampled user keeps the persona and all values.
 *
 * <p>Resampling needs only the counts and the moments of the groups, not the users. The number of
 * resampled users of a group is binomial, and so is the number of resampled users with a value. The
 * mean of resampled users is normal in the limit (P. J. Bickel and D. A. Freedman, <i>Some
 * asymptotic theory for the bootstrap</i>, 1981). Therefore the intervals cost nothing per user,
 * and the order or the split of the users does not change them.
 *
 * <p>For small groups, the intervals of the plain bootstrap are too short. To correct this, a group
 * whose share is measured gets one more user with the value and one more without it (A. Agresti and
 * B. Caffo, <i>Simple and effective confidence intervals for proportions and differences of
 * proportions</i>, The American Statistician 54, 2000), and a mean is drawn from Student's
 * distribution.
 */
public final class UserBootstrap {
  /** The smallest number of users of a group with an interval. */
  public static final int MIN_USERS = 5;

  private UserBootstrap() {}

  /**
   * Returns the interval of a share.
   *
   * @param users number of users of the group
   * @param withValue number of users with the value, at most {@code users}
   * @return within 0..1; null if the group has fewer than {@link #MIN_USERS} users
   */
  public static Interval share(long users, long withValue) {
    return users < MIN_USERS ? null : Replicates.interval(shares(users, withValue));
  }

  /**
   * Returns the interval of a mean.
   *
   * @return in the units of the values; null if the group has fewer than {@link #MIN_USERS} values
   *     or an end is not finite
   */
  public static Interval mean(Spread group) {
    return group.count() < MIN_USERS ? null : Replicates.interval(means(group, 0, 1));
  }

  /**
   * Returns the interval of a mean of values that are not negative and may be skewed. Student's
   * interval of the logarithm of the mean is computed, and its ends are raised to powers of e.
   *
   * @return above 0; null if the group has fewer than {@link #MIN_USERS} values, all values are 0,
   *     or an end is not finite
   */
  public static Interval positiveMean(Spread group) {
    if (group.count() < MIN_USERS || group.mean() <= 0) {
      return null;
    }
    double[] factors = means(new Spread(group.count(), 0, group.deviation() / group.mean()), 0, 1);
    for (int r = 0; r < factors.length; r++) {
      factors[r] = group.mean() * StrictMath.exp(factors[r]);
    }
    return Replicates.interval(factors);
  }

  /**
   * Returns the interval of the share of a group minus the share of all users.
   *
   * @param group the users of the group, whose values are 0 or 1
   * @param otherUsers the users outside of the group, whose values are 0 or 1
   * @return within -1..1; null if there are fewer than {@link #MIN_USERS} users in or outside of
   *     the group
   */
  public static Interval shareDifference(Spread group, Spread otherUsers) {
    if (Math.min(group.count(), otherUsers.count()) < MIN_USERS) {
      return null;
    }
    double[] groupDraws = inOrder(shares(group.count(), group.ones()), 1);
    double[] otherDraws = inOrder(shares(otherUsers.count(), otherUsers.ones()), 2);
    return difference(group, otherUsers, groupDraws, otherDraws);
  }

  /**
   * Returns the interval of the mean of a group minus the mean of all users.
   *
   * @param group the users of the group
   * @param otherUsers the users outside of the group
   * @return in the units of the values; null if there are fewer than {@link #MIN_USERS} users in or
   *     outside of the group, or an end is not finite
   */
  public static Interval meanDifference(Spread group, Spread otherUsers) {
    return Math.min(group.count(), otherUsers.count()) < MIN_USERS
        ? null
        : difference(group, otherUsers, means(group, 1, 3), means(otherUsers, 2, 4));
  }

  /**
   * Computes the difference from all users. The group is part of all users, so the difference is
   * smaller than the difference from the other users.
   */
  private static Interval difference(
      Spread group, Spread otherUsers, double[] groupDraws, double[] otherDraws) {
    long users = group.count() + otherUsers.count();
    double[] sizes = BinomialQuantiles.of(users, group.count() / (double) users);
    double[] differences = new double[Replicates.COUNT];
    for (int r = 0; r < differences.length; r++) {
      double outside = 1 - sizes[Replicates.classIndex(0, r)] / users;
      differences[r] = outside * groupDraws[r] - outside * otherDraws[r];
    }
    return Replicates.interval(differences);
  }

  /** Returns the shares of resampled users with the value in ascending order, one per replicate. */
  private static double[] shares(long users, long withValue) {
    double[] shares = BinomialQuantiles.of(users + 2, (withValue + 1) / (double) (users + 2));
    for (int r = 0; r < shares.length; r++) {
      shares[r] = Math.max(0, Math.min(1, shares[r] / (users + 2)));
    }
    return shares;
  }

  /** Returns ascending quantiles in the shuffled order of a variable. */
  private static double[] inOrder(double[] quantiles, int variable) {
    double[] replicates = new double[Replicates.COUNT];
    for (int r = 0; r < replicates.length; r++) {
      replicates[r] = quantiles[Replicates.classIndex(variable, r)];
    }
    return replicates;
  }

  /**
   * Returns the means of resampled users: normal draws divided by the root of a χ² variable over
   * its degrees of freedom.
   *
   * @param normal the variable of {@link Replicates} for the normal draws
   * @param chiSquare the variable of {@link Replicates} for χ²
   */
  private static double[] means(Spread group, int normal, int chiSquare) {
    double error = group.standardError();
    double part = 2 / (9.0 * (group.count() - 1));
    double[] means = new double[Replicates.COUNT];
    for (int r = 0; r < means.length; r++) {
      // The approximation of χ² is E. B. Wilson and M. M. Hilferty, The distribution of chi-square,
      // 1931.
      double cubeRoot =
          1 - part + Math.sqrt(part) * Replicates.normal(Replicates.classIndex(chiSquare, r));
      double sixthRoot = Math.sqrt(Math.max(part, cubeRoot));
      double student =
          Replicates.normal(Replicates.classIndex(normal, r)) / (sixthRoot * sixthRoot * sixthRoot);
      means[r] = group.mean() + error * student;
    }
    return means;
  }
}
