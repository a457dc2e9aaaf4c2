package personas.kmeans;

/**
 * The nearest two centroids of the points of a block, in arrays that {@link LloydKernel#nearestTwo}
 * fills. The place of a point in the arrays is its place in the block. All methods return views.
 */
public final class NearestTwo {
  private final int[] nearest;
  private final double[] best;
  private final int[] second;
  private final double[] secondBest;

  /**
   * Arrays for a block.
   *
   * @param points the largest number of points of a block
   */
  public NearestTwo(int points) {
    this.nearest = new int[points];
    this.best = new double[points];
    this.second = new int[points];
    this.secondBest = new double[points];
  }

  /** The nearest cluster of each point. */
  public int[] nearest() {
    return nearest;
  }

  /** The squared distance of each point to the nearest centroid. */
  public double[] best() {
    return best;
  }

  /** The second nearest cluster of each point; -1 if there is only one cluster. */
  public int[] second() {
    return second;
  }

  /** The squared distance of each point to the second nearest centroid; infinite without one. */
  public double[] secondBest() {
    return secondBest;
  }

  /**
   * Moves a point to another cluster. The cluster that was the nearest one becomes the second.
   *
   * @param i the place of the point
   * @param cluster the other cluster
   * @param squaredDistance the squared distance of the point to the centroid of that cluster
   */
  public void hold(int i, int cluster, double squaredDistance) {
    second[i] = nearest[i];
    secondBest[i] = best[i];
    nearest[i] = cluster;
    best[i] = squaredDistance;
  }
}
