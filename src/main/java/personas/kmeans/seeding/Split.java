package personas.kmeans.seeding;

/** Two centroids in place of the centroid of one cluster, and the inertia that they save. */
final class Split {
  private static final int POWER_STEPS = 6;
  private static final int PASSES = 8;

  /** The largest number of points that a split looks at. More points hardly change a split. */
  private static final int MAX_POINTS = 2_048;

  /** The points of the cluster. */
  final int[] members;

  /** The first of the two centroids, d coordinates. */
  final double[] first;

  /** The second of the two centroids, d coordinates. */
  final double[] second;

  /** The inertia that the split saves. */
  final double gain;

  Split(int[] members, double[] first, double[] second, double gain) {
    this.members = members;
    this.first = first;
    this.second = second;
    this.gain = gain;
  }

  /**
   * Splits a cluster across its principal axis, then improves the two centroids by K-Means with k =
   * 2.
   */
  static Split of(Cell cell, double[][] columns) {
    int d = columns.length;
    int step = 1 + (cell.members.length - 1) / MAX_POINTS;
    int n = (cell.members.length + step - 1) / step;
    double[] points = new double[n * d];
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < d; f++) {
        points[i * d + f] = columns[f][cell.members[i * step]] - cell.centroid[f];
      }
    }
    double[] axis = principalAxis(points, n, d);
    double[] first = axis.clone();
    double[] second = new double[d];
    for (int f = 0; f < d; f++) {
      second[f] = -axis[f];
    }
    double gain = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      double next = twoMeans(points, n, first, second);
      if (next <= gain) {
        break;
      }
      gain = next;
    }
    for (int f = 0; f < d; f++) {
      first[f] += cell.centroid[f];
      second[f] += cell.centroid[f];
    }
    return new Split(cell.members, first, second, gain * cell.members.length / Math.max(1, n));
  }

  /** Returns the principal axis, by power iteration from the feature that varies most. */
  private static double[] principalAxis(double[] points, int n, int d) {
    double[] variance = new double[d];
    int widest = 0;
    for (int i = 0; i < n * d; i++) {
      variance[i % d] += points[i] * points[i];
    }
    for (int f = 1; f < d; f++) {
      widest = variance[f] > variance[widest] ? f : widest;
    }
    double[] axis = new double[d];
    axis[widest] = 1;
    for (int step = 0; step < POWER_STEPS; step++) {
      double[] next = new double[d];
      for (int i = 0; i < n; i++) {
        double along = 0;
        for (int f = 0; f < d; f++) {
          along += points[i * d + f] * axis[f];
        }
        for (int f = 0; f < d; f++) {
          next[f] += along * points[i * d + f];
        }
      }
      double length = Cell.distance(next, new double[d]);
      for (int f = 0; f < d && length > 0; f++) {
        axis[f] = next[f] / length;
      }
    }
    return axis;
  }

  /**
   * Computes the plane halfway between two points.
   *
   * @param normal gets the vector from the second point to the first
   * @return the product of the normal with any point of the plane
   */
  private static double bisect(double[] first, double[] second, double[] normal) {
    double middle = 0;
    for (int f = 0; f < normal.length; f++) {
      normal[f] = first[f] - second[f];
      middle += normal[f] * (first[f] + second[f]) / 2;
    }
    return middle;
  }

  /**
   * Makes one pass with two centroids and moves each of them to the mean of its points.
   *
   * @return the inertia that two centroids save compared with one centroid; 0 if one of them would
   *     have no points, and then neither is moved
   */
  private static double twoMeans(double[] points, int n, double[] first, double[] second) {
    int d = first.length;
    double[] normal = new double[d];
    double middle = bisect(first, second, normal);
    double[] firstSum = new double[d];
    double[] sum = new double[d];
    int count = 0;
    for (int i = 0; i < n; i++) {
      double along = -middle;
      for (int f = 0; f < d; f++) {
        along += normal[f] * points[i * d + f];
        sum[f] += points[i * d + f];
      }
      if (along > 0) {
        count++;
        for (int f = 0; f < d; f++) {
          firstSum[f] += points[i * d + f];
        }
      }
    }
    if (count == 0 || count == n) {
      return 0;
    }
    for (int f = 0; f < d; f++) {
      first[f] = firstSum[f] / count;
      second[f] = (sum[f] - firstSum[f]) / (n - count);
    }
    return (double) count * (n - count) / n * Cell.squaredDistance(first, second);
  }
}
