package personas.math;

/**
 * Tail probabilities of the binomial distribution. Results are the same on every machine, because
 * the terms are added in a fixed order with {@link StrictMath}. The relative error is below 1e-9
 * for 10,000 trials and below 1e-5 for a billion.
 *
 * <p>The probability of one outcome is the saddle-point expansion of C. Loader, <i>Fast and
 * Accurate Computation of Binomial Probabilities</i>, 2000; every other term follows from its ratio
 * to the previous term.
 */
public final class BinomialTail {
  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  /**
   * The sum ends at a term below this share of the sum, because the remaining terms do not change a
   * printed digit.
   */
  private static final double NEGLIGIBLE = 1e-18;

  private BinomialTail() {}

  /**
   * Returns the probability of at least {@code successes} successes.
   *
   * @param successes number of successes, 0 or more
   * @param trials number of independent trials, 0 or more
   * @param probability probability of one success, 0..1
   * @return 0..1; 1 for 0 successes, 0 for more successes than trials
   */
  public static double atLeast(long successes, long trials, double probability) {
    if (successes <= 0) {
      return 1;
    }
    if (successes > trials || probability <= 0) {
      return 0;
    }
    if (probability >= 1) {
      return 1;
    }
    // The terms are those of the tail that does not contain the mean, because they decrease.
    return successes > trials * probability
        ? Math.min(1, upperTail(successes, trials, probability))
        : Math.max(0, 1 - upperTail(trials - successes + 1, trials, 1 - probability));
  }

  private static double upperTail(long from, long trials, double probability) {
    double odds = probability / (1 - probability);
    double term = StrictMath.exp(logProbability(from, trials, probability));
    double sum = 0;
    for (long x = from; x <= trials && term > sum * NEGLIGIBLE; x++) {
      sum += term;
      term *= (double) (trials - x) / (x + 1) * odds;
    }
    return sum;
  }

  /** Returns the natural logarithm of the probability of exactly {@code successes} successes. */
  static double logProbability(long successes, long trials, double probability) {
    if (successes == 0) {
      return trials * StrictMath.log1p(-probability);
    }
    if (successes == trials) {
      return trials * StrictMath.log(probability);
    }
    long failures = trials - successes;
    double corrections = stirlingError(trials) - stirlingError(successes) - stirlingError(failures);
    double deviance =
        deviance((double) successes, trials * probability)
            + deviance((double) failures, trials * (1 - probability));
    double scale = 0.5 * StrictMath.log((double) trials / successes / failures) - HALF_LOG_TWO_PI;
    return corrections - deviance + scale;
  }

  private static double deviance(double x, double mean) {
    return x * StrictMath.log(x / mean) + mean - x;
  }

  /** Returns ln(n!) minus Stirling's approximation of ln(n!). */
  private static double stirlingError(long n) {
    if (n < 16) {
      double factorial = 1;
      for (long i = 2; i <= n; i++) {
        factorial *= i;
      }
      return StrictMath.log(factorial)
          - (n + 0.5) * StrictMath.log((double) n)
          + n
          - HALF_LOG_TWO_PI;
    }
    double square = 1.0 / n / n;
    return (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680.0))) / n;
  }
}
