package personas.export.typing;

/**
 * The number of users and the sums of their standardized features, by persona, and the sums of the
 * products of two features over all personas. The sums are not exact: they depend on the order of
 * the users.
 */
final class ClassSums {
  private final long[] users;
  private final double[][] sums;
  private final double[][] products;

  ClassSums(int personas, int features) {
    users = new long[personas];
    sums = new double[personas][features];
    products = new double[features][features];
  }

  /**
   * Adds one user of a persona.
   *
   * @param z the d standardized features of the user
   */
  void add(int persona, double[] z) {
    users[persona]++;
    for (int f = 0; f < z.length; f++) {
      sums[persona][f] += z[f];
      for (int g = 0; g <= f; g++) {
        products[f][g] += z[f] * z[g];
      }
    }
  }

  /** Adds the users of other sums. */
  void add(ClassSums other) {
    for (int j = 0; j < users.length; j++) {
      users[j] += other.users[j];
      for (int f = 0; f < sums[j].length; f++) {
        sums[j][f] += other.sums[j][f];
      }
    }
    for (int f = 0; f < products.length; f++) {
      for (int g = 0; g <= f; g++) {
        products[f][g] += other.products[f][g];
      }
    }
  }

  /** Returns the number of personas. */
  int personas() {
    return users.length;
  }

  /** Returns the number of all users. */
  long size() {
    long size = 0;
    for (long count : users) {
      size += count;
    }
    return size;
  }

  /** Returns the number of users of a persona. */
  long users(int persona) {
    return users[persona];
  }

  /** Returns the standardized mean of a feature for a persona. The persona must have users. */
  double mean(int persona, int feature) {
    return sums[persona][feature] / users[persona];
  }

  /** Returns the covariance of two standardized features within the personas. */
  double covariance(int first, int second) {
    double between = 0;
    for (int j = 0; j < users.length; j++) {
      if (users[j] > 0) {
        between += sums[j][first] * sums[j][second] / users[j];
      }
    }
    double product = products[Math.max(first, second)][Math.min(first, second)];
    return (product - between) / size();
  }
}
