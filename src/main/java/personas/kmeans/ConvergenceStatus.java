package personas.kmeans;

/** How the iterations ended. */
public enum ConvergenceStatus {
  /** No centroid moved more than the tolerance. */
  CONVERGED,
  /** The iterations that were allowed did not suffice; the centroids still moved. */
  MAX_ITERATIONS
}
