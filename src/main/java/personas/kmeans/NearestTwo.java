package personas.kmeans;

/**
 * The nearest two centroids of the points of a block, in arrays that {@link LloydKernel#nearestTwo}
 * fills. A point has the same index in the arrays and in the block. All methods return the arrays
 * themselves.
 */
public final class NearestTwo {
  private final int[] nearest;
  private final double[] best;
  private final int[] second;
  private final double[] secondBest;

  /**
   * Creates arrays for a block.
   *
   * @param points the largest number of points of a block
   */
  public NearestTwo(int points) {
    this.nearest = new int[points];
    this.best = new double[points];
    this.second = new int[points];
    this.secondBest = new double[points];
  }

  /** Returns the nearest cluster of each point. */
  public int[] nearest() {
    return nearest;
  }

  /** Returns the squared distance of each point to the nearest centroid. */
  public double[] best() {
    return best;
  }

  /** Returns the second nearest cluster of each point; -1 if there is only one cluster. */
  public int[] second() {
    return second;
  }

  /**
   * Returns the squared distance of each point to the second nearest centroid; infinite if there is
   * only one cluster.
   */
  public double[] secondBest() {
    return secondBest;
  }

  /**
   * Moves a point to another cluster. The cluster that was the nearest one becomes the second.
   *
   * @param i the index of the point
   * @param cluster the other cluster
   * @param squaredDistance the squared distance of the point to the centroid of that cluster
   */
  public void moveTo(int i, int cluster, double squaredDistance) {
    second[i] = nearest[i];
    secondBest[i] = best[i];
    nearest[i] = cluster;
    best[i] = squaredDistance;
  }
}
