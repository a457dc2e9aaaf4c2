package personas.kmeans;

import java.util.Arrays;

/**
 * What one pass over the points of a shard leaves for the next pass: the cluster of each point, and
 * with many clusters a lower bound of the distance to every other centroid. It is a function of the
 * points and the centroids, so the results do not depend on whether a worker still has it.
 *
 * <p>Not thread-safe.
 */
public final class KnownAssignment {
  /**
   * Number of clusters from which on bounds are kept. With 16 clusters, ten passes take three
   * quarters of the time without bounds, and a single pass 1.2 times that time. With fewer clusters
   * the vector loops of {@link LloydKernel} over all centroids are as fast.
   */
  static final int BOUNDS_FROM = 16;

  private final int[] clusters;

  /** One a point, in standard deviations; null with few clusters. */
  private final float[] bounds;

  private Centroids centroids;

  /** Nothing is known of any point. */
  public KnownAssignment(int rows, int k) {
    this.clusters = new int[rows];
    this.bounds = k < BOUNDS_FROM ? null : new float[rows];
    forget();
  }

  /** Bytes that one point takes with k clusters. */
  public static int bytesPerPoint(int k) {
    return Integer.BYTES + (k < BOUNDS_FROM ? 0 : Float.BYTES);
  }

  /** Whether bounds are kept as k clusters need them. */
  public boolean isFor(int k) {
    return hasBounds() == (k >= BOUNDS_FROM);
  }

  /** Forgets all points: each then counts as a user that changes its cluster. */
  public void forget() {
    Arrays.fill(clusters, -1);
    centroids = null;
  }

  /** Whether a pass by these centroids was the last one, and ended. */
  public boolean isOf(Centroids others) {
    return others != null && others.equals(centroids);
  }

  /**
   * Begins a pass. Until {@link #end}, the assignment belongs to no centroids: a pass that fails
   * half-way leaves nothing that a later pass could mistake for bounds.
   *
   * @return the centroids of the pass before; null if there was none
   */
  Centroids begin() {
    Centroids before = centroids;
    centroids = null;
    return before;
  }

  void end(Centroids next) {
    centroids = next;
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
