package personas.kmeans;

/** Why the iterations of K-Means ended. */
public enum ConvergenceStatus {
  /** No centroid moved more than the tolerance. */
  CONVERGED,
  /** The maximum number of iterations was reached while centroids still moved. */
  MAX_ITERATIONS
}
