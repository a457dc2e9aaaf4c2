package personas.kmeans;

/**
 * The distances that centroids moved from one pass to the next, in the units of the coordinates.
 * Bounds of distances are loosened by these shifts.
 */
public final class CentroidShifts {
  private final double[] shifts;

  /** The cluster with the largest shift. */
  private final int farthest;

  /** The second largest shift. */
  private final double second;

  /**
   * Computes the shifts of k centroids.
   *
   * @param now k × d coordinates after the pass, row-major
   * @param before k × d coordinates before the pass, row-major
   * @param k number of centroids
   */
  public CentroidShifts(double[] now, double[] before, int k) {
    int d = now.length / k;
    this.shifts = new double[k];
    int largest = 0;
    double secondLargest = 0;
    for (int j = 0; j < k; j++) {
      double squared = 0;
      for (int f = 0; f < d; f++) {
        double difference = now[j * d + f] - before[j * d + f];
        squared += difference * difference;
      }
      shifts[j] = Math.sqrt(squared);
      if (j > 0 && shifts[j] > shifts[largest]) {
        secondLargest = shifts[largest];
        largest = j;
      } else if (j > 0) {
        secondLargest = Math.max(secondLargest, shifts[j]);
      }
    }
    this.farthest = largest;
    this.second = secondLargest;
  }

  /** Returns the distance that a centroid moved. */
  public double of(int cluster) {
    return shifts[cluster];
  }

  /** Returns the largest distance that another centroid moved; 0 if there is only one centroid. */
  public double ofOthers(int cluster) {
    return cluster == farthest ? second : shifts[farthest];
  }

  /** Returns whether no centroid moved. */
  public boolean areZero() {
    return shifts[farthest] == 0;
  }
}
