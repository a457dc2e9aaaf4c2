package personas.kmeans;

/** Why the iterations of K-Means ended. */
public enum ConvergenceStatus {
  /** No centroid moved more than the tolerance in the last iteration. */
  CONVERGED,
  /**
   * The maximum number of iterations was reached while a centroid still moved more than the
   * tolerance.
   */
  MAX_ITERATIONS
}
