package personas.kmeans;

/** How far centroids moved from one pass to the next, for the bounds of distances. */
public final class CentroidShifts {
  private final double[] shifts;
  private final int farthest;

  /** The largest shift but one. */
  private final double second;

  /**
   * The shifts of k centroids.
   *
   * @param now k × d coordinates, row-major
   * @param before k × d coordinates, row-major
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

  /** How far a centroid moved. */
  public double of(int cluster) {
    return shifts[cluster];
  }

  /** How far any other centroid moved at most; 0 if there is no other one. */
  public double ofOthers(int cluster) {
    return cluster == farthest ? second : shifts[farthest];
  }

  /** Whether no centroid moved. */
  public boolean areZero() {
    return shifts[farthest] == 0;
  }
}
