package personas.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import personas.kmeans.ClusteringStep;
import personas.kmeans.seeding.Effort;

/**
 * How the users are clustered. {@link NumberRange} defines the range of each number.
 *
 * @param k the number of clusters, or the range to choose from
 * @param seed the seed of every random draw
 * @param tolerance a distance in standard deviations; the iteration has converged if no centroid
 *     moves further
 * @param maxIterations the maximum number of passes over all users
 * @param restarts the maximum number of starts that seeding tries
 * @param effort the effort of seeding
 * @param minSegmentShare the smallest share of users that a cluster may have if k is chosen
 * @param keepsCandidates whether the model keeps the centroids of every candidate for k, each
 *     iterated until it converged
 */
public record ClusteringSpec(
    ClusterCount k,
    long seed,
    double tolerance,
    int maxIterations,
    int restarts,
    @JsonIgnore Effort effort,
    @JsonIgnore double minSegmentShare,
    @JsonIgnore boolean keepsCandidates)
    implements Serializable {
  public static final long DEFAULT_SEED = 42;
  public static final double DEFAULT_TOLERANCE = 1e-4;
  public static final int DEFAULT_MAX_ITERATIONS = 100;
  public static final int DEFAULT_RESTARTS = 16;
  public static final double DEFAULT_MIN_SEGMENT_SHARE = 0.01;

  public ClusteringSpec {
    // Adding 0 turns -0 into 0, so that both have the same digest.
    tolerance += 0.0;
    minSegmentShare += 0.0;
  }

  /** Returns how the centroids move from one pass to the next. */
  public ClusteringStep step() {
    return ClusteringStep.MEANS;
  }

  /**
   * Returns this clustering with {@link #keepsCandidates} set, so that the model also keeps the
   * candidates that are not chosen.
   */
  ClusteringSpec keepingCandidates() {
    return new ClusteringSpec(
        k, seed, tolerance, maxIterations, restarts, effort, minSegmentShare, true);
  }

  /**
   * Returns the effort for the digest; null for the default, so that specs from before the key
   * existed keep their digests.
   */
  @JsonProperty("effort")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Effort chosenEffort() {
    return effort == Effort.DEFAULT ? null : effort;
  }

  /** Returns the share for the digest; null if k is given, because the share has no effect then. */
  @JsonProperty("minSegmentShare")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Double effectiveSegmentShare() {
    return k.isFixed() ? null : (Double) minSegmentShare;
  }
}
