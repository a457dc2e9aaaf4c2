package personas.spec;

import java.io.Serializable;

/**
 * How the users are clustered. The ranges of its numbers stand in {@link ClusteringKey}.
 *
 * @param k clusters
 * @param seed of every random draw
 * @param tolerance in standard deviations: converged where no centroid moves more
 * @param maxIterations full passes that are allowed
 * @param restarts starts that seeding tries
 */
public record ClusteringSpec(int k, long seed, double tolerance, int maxIterations, int restarts)
    implements Serializable {
  static final long DEFAULT_SEED = 42;
  static final double DEFAULT_TOLERANCE = 1e-4;
  static final int DEFAULT_MAX_ITERATIONS = 100;
  static final int DEFAULT_RESTARTS = 16;

  public ClusteringSpec {
    tolerance += 0.0; // -0 means what 0 means
  }
}
