package personas.confidence;

/** The quantiles of a binomial distribution at the middles of the classes of {@link Replicates}. */
final class BinomialQuantiles {
  /**
   * Above this variance, the error of the expansion of Cornish and Fisher is below a thousandth of
   * a standard deviation.
   */
  private static final double LARGE_VARIANCE = 1_000;

  /** The exact sum starts this many standard deviations and as many trials below the mean. */
  private static final int DEVIATIONS_BELOW_MEAN = 10;

  private BinomialQuantiles() {}

  /**
   * Returns the quantiles as numbers of successes, in ascending order. They are not rounded if the
   * variance is large.
   *
   * @param trials number of independent trials, 1 or more
   * @param probability probability of one success, above 0 and below 1
   */
  static double[] of(long trials, double probability) {
    double variance = trials * probability * (1 - probability);
    return variance > LARGE_VARIANCE
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
    double reach = DEVIATIONS_BELOW_MEAN * (1 + Math.sqrt(variance));
    long first = (long) Math.max(0, trials * probability - reach);
    double odds = probability / (1 - probability);
    double term = 1;
    double[] terms = new double[(int) Math.min(trials - first, 2 * (long) reach) + 1];
    double sum = 0;
    for (int i = 0; i < terms.length; i++) {
      terms[i] = term;
      sum += term;
      // Terms are divided by the first term. The largest stays below e^70, so none overflows.
      term *= (double) (trials - first - i) / (first + i + 1) * odds;
    }
    double cumulative = 0;
    int last = -1;
    for (int r = 0; r < quantiles.length; r++) {
      while (cumulative < Replicates.probability(r) * sum && last < terms.length - 1) {
        cumulative += terms[++last];
      }
      quantiles[r] = first + Math.max(0, last);
    }
    return quantiles;
  }
}
