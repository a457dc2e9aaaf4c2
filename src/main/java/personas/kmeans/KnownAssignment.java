package personas.kmeans;

import java.util.Arrays;

/**
 * The result of one pass over the points of a shard that speeds up the next pass: the cluster of
 * each point and, with many clusters, a lower bound of the distance to every other centroid. The
 * result depends on the points and the centroids only, so a worker that lost it computes the same
 * results.
 *
 * <p>An instance is not thread-safe.
 */
public final class KnownAssignment {
  /**
   * The smallest number of clusters for which bounds are kept. With 16 clusters and bounds, ten
   * passes take 0.75 times as long as without bounds, and a single pass takes 1.2 times as long.
   * With fewer clusters, the vector loops of {@link LloydKernel} over all centroids are as fast.
   */
  static final int BOUNDS_FROM = 16;

  private final int[] clusters;

  /** The bound of each point, in standard deviations; null with few clusters. */
  private final float[] bounds;

  private Centroids centroids;

  /**
   * Creates an assignment in which the cluster of every point is unknown.
   *
   * @param rows number of points in the shard
   * @param k number of clusters
   */
  public KnownAssignment(int rows, int k) {
    this.clusters = new int[rows];
    this.bounds = k < BOUNDS_FROM ? null : new float[rows];
    forget();
  }

  /** Returns the memory of one point with k clusters, in bytes. */
  public static int bytesPerPoint(int k) {
    return Integer.BYTES + (k < BOUNDS_FROM ? 0 : Float.BYTES);
  }

  /**
   * Returns whether a pass with k clusters can use the assignment: it has bounds if and only if
   * bounds are kept for k clusters.
   */
  public boolean isFor(int k) {
    return hasBounds() == (k >= BOUNDS_FROM);
  }

  /**
   * Forgets the clusters of all points. In the next pass, every user counts as a user who changed
   * the cluster.
   */
  public void forget() {
    Arrays.fill(clusters, -1);
    centroids = null;
  }

  /** Returns whether the last pass used these centroids and was completed. */
  public boolean belongsTo(Centroids passCentroids) {
    return passCentroids != null && passCentroids.equals(centroids);
  }

  /**
   * Begins a pass. Until {@link #complete}, the assignment does not belong to any centroids, so
   * that a later pass does not use the bounds of a pass that failed.
   *
   * @return the centroids of the previous pass; null if there was none
   */
  Centroids begin() {
    Centroids before = centroids;
    centroids = null;
    return before;
  }

  /** Completes a pass by the given centroids. */
  void complete(Centroids passCentroids) {
    centroids = passCentroids;
  }

  int[] clusters() {
    return clusters;
  }

  float[] bounds() {
    return bounds;
  }

  boolean hasBounds() {
    return bounds != null;
  }
}
