package personas.kmeans;

/** The shifts of centroids from one pass to the next, by which bounds of distances are loosened. */
public final class CentroidShifts {
  private final double[] shifts;
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
    double next = 0;
    for (int j = 0; j < k; j++) {
      double squared = 0;
      for (int f = 0; f < d; f++) {
        double difference = now[j * d + f] - before[j * d + f];
        squared += difference * difference;
      }
      shifts[j] = Math.sqrt(squared);
      if (j > 0 && shifts[j] > shifts[largest]) {
        next = shifts[largest];
        largest = j;
      } else if (j > 0) {
        next = Math.max(next, shifts[j]);
      }
    }
    this.farthest = largest;
    this.second = next;
  }

  /** Returns how far a centroid moved. */
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
