package personas.kmeans;

/**
 * Computes the centroids of the next pass from the sums of a pass. A variant of K-Means implements
 * this interface if it can compute its centroids from these sums. For example, spherical K-Means
 * divides each mean by its length. Among centroids of the same length, the nearest one has the
 * largest cosine. The kernel, which assigns users, is the same for all variants.
 */
@FunctionalInterface
public interface ClusteringStep {
  /** Moves each centroid to the mean of its users, see {@link PassSums#means}. */
  ClusteringStep MEANS = PassSums::means;

  /**
   * Returns the centroids of the next pass.
   *
   * @param sums the sums over all users of a pass
   * @param before the centroids of the pass
   */
  Centroids next(PassSums sums, Centroids before);
}
