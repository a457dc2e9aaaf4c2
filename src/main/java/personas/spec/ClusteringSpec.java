package personas.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import personas.kmeans.seeding.Effort;

/**
 * How the users are clustered. The ranges of its numbers stand in {@link NumberRange}.
 *
 * @param k clusters, or the range to choose from
 * @param seed of every random draw
 * @param tolerance in standard deviations: converged where no centroid moves more
 * @param maxIterations full passes that are allowed
 * @param restarts starts that seeding tries
 * @param effort that seeding takes
 * @param minSegmentShare where k is chosen: no cluster may have a smaller share of the users
 * @param keepsCandidates where k is chosen: whether every candidate is iterated to its end and its
 *     centroids are kept in the model
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
    tolerance += 0.0; // -0 means what 0 means
    minSegmentShare += 0.0;
  }

  /** A clustering with the default effort that keeps only the candidate that it chooses. */
  public ClusteringSpec(
      ClusterCount k,
      long seed,
      double tolerance,
      int maxIterations,
      int restarts,
      double minSegmentShare) {
    this(k, seed, tolerance, maxIterations, restarts, Effort.DEFAULT, minSegmentShare, false);
  }

  /** The same clustering, which also keeps the candidates that it does not choose. */
  ClusteringSpec keepingCandidates() {
    return new ClusteringSpec(
        k, seed, tolerance, maxIterations, restarts, effort, minSegmentShare, true);
  }

  /** The same clustering with another effort. */
  public ClusteringSpec withEffort(Effort other) {
    return new ClusteringSpec(
        k, seed, tolerance, maxIterations, restarts, other, minSegmentShare, keepsCandidates);
  }

  /** For the digest: the default leaves it as it was before there was a choice. */
  @JsonProperty("effort")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Effort chosenEffort() {
    return effort == Effort.DEFAULT ? null : effort;
  }

  /** For the digest: the share means nothing where k is given. */
  @JsonProperty("minSegmentShare")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Double meantSegmentShare() {
    return k.isFixed() ? null : (Double) minSegmentShare;
  }
}
