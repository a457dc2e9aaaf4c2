package personas.math;

/**
 * Tail probabilities of the hypergeometric distribution: the number of drawn users that have a
 * value, if users are drawn without replacement. Results are the same on every machine, because the
 * terms are added in a fixed order with {@link StrictMath}. The first term is a quotient of three
 * binomial probabilities (C. Loader, <i>Fast and Accurate Computation of Binomial
 * Probabilities</i>, 2000); every other term follows from its ratio to the previous term.
 */
public final class HypergeometricTail {
  /**
   * The sum ends at a term below this share of the sum, because the remaining terms do not change a
   * printed digit.
   */
  private static final double NEGLIGIBLE = 1e-18;

  private HypergeometricTail() {}

  /**
   * Returns the probability that at least {@code found} of the drawn users have the value.
   *
   * @param found number of drawn users with the value, 0 or more
   * @param users number of all users
   * @param withValue number of all users with the value, at most {@code users}
   * @param drawn number of drawn users, at most {@code users}
   * @return 0..1
   */
  public static double atLeast(long found, long users, long withValue, long drawn) {
    if (found <= Math.max(0, drawn - (users - withValue))) {
      return 1;
    }
    if (found > Math.min(withValue, drawn)) {
      return 0;
    }
    // The terms are those of the tail that does not contain the mean, because they decrease.
    return found > (double) withValue / users * drawn
        ? Math.min(1, upperTail(found, users, withValue, drawn))
        : Math.max(0, 1 - upperTail(drawn - found + 1, users, users - withValue, drawn));
  }

  /**
   * Returns the probability that at most {@code found} of the drawn users have the value. {@link
   * #atLeast} describes the parameters.
   */
  public static double atMost(long found, long users, long withValue, long drawn) {
    return atLeast(drawn - found, users, users - withValue, drawn);
  }

  private static double upperTail(long from, long users, long withValue, long drawn) {
    long most = Math.min(withValue, drawn);
    double term = StrictMath.exp(logProbability(from, users, withValue, drawn));
    double sum = 0;
    for (long x = from; x <= most && term > sum * NEGLIGIBLE; x++) {
      sum += term;
      double absent = (double) (users - withValue) - (drawn - x) + 1;
      term *= (double) (withValue - x) / (x + 1) * ((drawn - x) / absent);
    }
    return sum;
  }

  /**
   * Returns the natural logarithm of the probability that exactly {@code found} drawn users have
   * the value.
   */
  private static double logProbability(long found, long users, long withValue, long drawn) {
    double probability = (double) drawn / users;
    return probability == 1
        ? 0
        : BinomialTail.logProbability(found, withValue, probability)
            + BinomialTail.logProbability(drawn - found, users - withValue, probability)
            - BinomialTail.logProbability(drawn, users, probability);
  }
}
