package personas.export.typing;

/**
 * Linear discriminants of personas with one common covariance (R. A. Fisher, The use of multiple
 * measurements in taxonomic problems, 1936; C. R. Rao, 1948, for more than two classes): the score
 * of a persona is {@code constant + sum of weight * z}, and the highest score wins.
 */
final class LinearDiscriminants {
  /**
   * This value is added to every variance, so that a feature without variance within personas can
   * be used.
   */
  private static final double RIDGE = 0.01;

  private final double[] constants;

  /** The weights of the chosen features for each persona. */
  private final double[][] weights;

  private LinearDiscriminants(double[] constants, double[][] weights) {
    this.constants = constants;
    this.weights = weights;
  }

  /** Returns the number of personas. */
  int personas() {
    return constants.length;
  }

  double constant(int persona) {
    return constants[persona];
  }

  /**
   * Returns the weight of a chosen feature.
   *
   * @param index the index among the chosen features
   */
  double weight(int persona, int index) {
    return weights[persona][index];
  }

  /**
   * Returns discriminants that are fitted to users.
   *
   * @param sums the sums of the users
   * @param centroids k × d centroids, which are used as the means of personas without users
   * @param features the chosen features
   */
  static LinearDiscriminants fit(ClassSums sums, double[][] centroids, int[] features) {
    int k = sums.personas();
    double[][] root = root(sums, features);
    double[] constants = new double[k];
    double[][] weights = new double[k][];
    for (int j = 0; j < k; j++) {
      double[] mean = new double[features.length];
      for (int f = 0; f < features.length; f++) {
        mean[f] = sums.users(j) == 0 ? centroids[j][features[f]] : sums.mean(j, features[f]);
      }
      weights[j] = solve(root, mean);
      double product = 0;
      for (int f = 0; f < features.length; f++) {
        product += mean[f] * weights[j][f];
      }
      // One user is added to each persona (Laplace smoothing), so that every prior is positive.
      double prior = (sums.users(j) + 1.0) / (sums.size() + k);
      constants[j] = StrictMath.log(prior) - product / 2;
    }
    return new LinearDiscriminants(constants, weights);
  }

  /**
   * Returns the Cholesky factor of the covariance: the lower triangle whose product with its
   * transpose is the covariance.
   */
  private static double[][] root(ClassSums sums, int[] features) {
    int d = features.length;
    double[][] root = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double remainder = sums.covariance(features[i], features[j]) + (i == j ? RIDGE : 0);
        for (int m = 0; m < j; m++) {
          remainder -= root[i][m] * root[j][m];
        }
        root[i][j] = i == j ? Math.sqrt(Math.max(RIDGE / 2, remainder)) : remainder / root[j][j];
      }
    }
    return root;
  }

  private static double[] solve(double[][] root, double[] right) {
    int d = right.length;
    double[] x = right.clone();
    for (int i = 0; i < d; i++) {
      for (int m = 0; m < i; m++) {
        x[i] -= root[i][m] * x[m];
      }
      x[i] /= root[i][i];
    }
    for (int i = d - 1; i >= 0; i--) {
      for (int m = i + 1; m < d; m++) {
        x[i] -= root[m][i] * x[m];
      }
      x[i] /= root[i][i];
    }
    return x;
  }

  /** Returns the persona of one user; ties go to the first persona. */
  int persona(double[] z, int[] features) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < constants.length; j++) {
      double score = constants[j];
      for (int f = 0; f < features.length; f++) {
        score += weights[j][f] * z[features[f]];
      }
      if (score > highest) {
        best = j;
        highest = score;
      }
    }
    return best;
  }
}
