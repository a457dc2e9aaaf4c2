package personas.confidence;

/** The quantiles of a binomial distribution at the classes of {@link Replicates}. */
final class BinomialQuantiles {
  /**
   * Above this variance, the error of the expansion of Cornish and Fisher is below a thousandth of
   * a standard deviation.
   */
  private static final double LARGE = 1_000;

  /** The exact sum starts this many standard deviations, and this many trials, below the mean. */
  private static final int REACH = 10;

  private BinomialQuantiles() {}

  /**
   * Returns the quantiles, numbers of successes, in ascending order.
   *
   * @param trials number of independent trials, 1 or more
   * @param probability probability of one success, above 0 and below 1
   */
  static double[] of(long trials, double probability) {
    double variance = trials * probability * (1 - probability);
    return variance > LARGE
        ? expanded(trials * probability, variance, 1 - 2 * probability)
        : exact(trials, probability, variance);
  }

  /**
   * Returns normal quantiles with a correction for skewness (E. A. Cornish and R. A. Fisher, 1938).
   */
  private static double[] expanded(double mean, double variance, double skew) {
    double[] quantiles = new double[Replicates.COUNT];
    for (int r = 0; r < quantiles.length; r++) {
      double z = Replicates.normal(r);
      quantiles[r] = mean + Math.sqrt(variance) * z + skew * (z * z - 1) / 6;
    }
    return quantiles;
  }

  private static double[] exact(long trials, double probability, double variance) {
    double[] quantiles = new double[Replicates.COUNT];
    double reach = REACH * (1 + Math.sqrt(variance));
    long successes = (long) Math.max(0, trials * probability - reach);
    double odds = probability / (1 - probability);
    double term = 1;
    double[] terms = new double[(int) Math.min(trials - successes, 2 * (long) reach) + 1];
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      terms[i] = term;
      sum += term;
      // Terms are relative to the first term; the largest stays below e^70.
      term *= (double) (trials - successes - i) / (successes + i + 1) * odds;
    }
    double below = 0;
    int at = -1;
    for (int r = 0; r < quantiles.length; r++) {
      while (below < Replicates.probability(r) * sum && at < terms.length - 1) {
        below += terms[++at];
      }
      quantiles[r] = successes + Math.max(0, at);
    }
    return quantiles;
  }
}
