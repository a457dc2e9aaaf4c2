package personas.math;

/**
 * Tail probabilities of the hypergeometric distribution: how many of the drawn users have a value,
 * if users are drawn without replacement. Deterministic, as {@link BinomialTail} is: the first term
 * is a quotient of three binomial probabilities (C. Loader, 2000), the others follow from their
 * ratios.
 */
public final class HypergeometricTail {
  /** A term below this share of the sum changes nothing that a person sees. */
  private static final double NEGLIGIBLE = 1e-18;

  private HypergeometricTail() {}

  /**
   * The probability that at least so many drawn users have the value.
   *
   * @param found 0 or more
   * @param users of whom some are drawn
   * @param having the users who have the value, at most {@code users}
   * @param drawn at most {@code users}
   * @return 0..1
   */
  public static double atLeast(long found, long users, long having, long drawn) {
    if (found <= Math.max(0, drawn - (users - having))) {
      return 1;
    }
    if (found > Math.min(having, drawn)) {
      return 0;
    }
    // The terms fall from the mean on, so the sum runs away from the mean.
    return found > (double) having / users * drawn
        ? Math.min(1, upper(found, users, having, drawn))
        : Math.max(0, 1 - upper(drawn - found + 1, users, users - having, drawn));
  }

  /** The probability that at most so many drawn users have the value. */
  public static double atMost(long found, long users, long having, long drawn) {
    return atLeast(drawn - found, users, users - having, drawn);
  }

  private static double upper(long from, long users, long having, long drawn) {
    long most = Math.min(having, drawn);
    double term = StrictMath.exp(logOfOne(from, users, having, drawn));
    double sum = 0;
    for (long x = from; x <= most && term > sum * NEGLIGIBLE; x++) {
      sum += term;
      double absent = (double) (users - having) - (drawn - x) + 1;
      term *= (double) (having - x) / (x + 1) * ((drawn - x) / absent);
    }
    return sum;
  }

  /** The logarithm of the probability of exactly so many. */
  private static double logOfOne(long found, long users, long having, long drawn) {
    double probability = (double) drawn / users;
    return probability == 1
        ? 0
        : BinomialTail.logOfOne(found, having, probability)
            + BinomialTail.logOfOne(drawn - found, users - having, probability)
            - BinomialTail.logOfOne(drawn, users, probability);
  }
}
