package personas.kmeans;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where the iteration stands: a value that each pass consumes once and the next one follows from.
 *
 * <p>S. P. Lloyd, <i>Least squares quantization in PCM</i>, IEEE Transactions on Information Theory
 * 28(2), 1982.
 *
 * @param centroids of the next pass, standardised
 * @param previous of the pass before; null before the first. Tells which users changed cluster
 * @param status null while it runs
 * @param history one record a pass
 * @param spread the users of each cluster by {@code centroids}; null while that is not known
 */
public record LloydState(
    Centroids centroids,
    Centroids previous,
    ConvergenceStatus status,
    List<IterationRecord> history,
    ClusterSpread spread)
    implements Serializable {

  public LloydState {
    Objects.requireNonNull(centroids, "centroids");
    history = List.copyOf(history);
  }

  /** Before the first pass. */
  public static LloydState start(Centroids centroids) {
    return new LloydState(centroids, null, null, List.of(), null);
  }

  /** Passes made so far. */
  public int iterations() {
    return history.size();
  }

  /**
   * Whether no further pass is wanted. Where the last pass moved a centroid, be it within the
   * tolerance, one more pass measures the clusters of the final centroids; it moves none and leaves
   * no record. A fixpoint needs none: its last pass was by the final centroids already.
   */
  public boolean isDone() {
    return status != null && spread != null;
  }

  /**
   * The state after a pass.
   *
   * @param sums over all users, of this state's centroids
   * @param tolerance in standard deviations: converged where no centroid moved more. 0: where none
   *     moved at all. A pass that re-seeded an empty cluster never converges
   * @param maxIterations passes that are allowed in total
   */
  public LloydState next(PassSums sums, double tolerance, int maxIterations) {
    if (status != null) {
      ClusterSpread measured = new ClusterSpread(centroids, sums);
      return new LloydState(centroids, previous, status, history, measured);
    }
    Centroids means = sums.means(centroids);
    double shift = means.largestShift(centroids);
    int reseeded = reseeded(sums, means);
    List<IterationRecord> extended = new ArrayList<>(history);
    extended.add(
        new IterationRecord(
            iterations() + 1,
            sums.inertia().value(),
            shift,
            previous == null ? null : (Long) sums.changedUsers(),
            reseeded,
            sums.users()));
    ConvergenceStatus ended = null;
    if (reseeded == 0 && shift <= tolerance) {
      ended = ConvergenceStatus.CONVERGED;
    } else if (extended.size() >= maxIterations) {
      ended = ConvergenceStatus.MAX_ITERATIONS;
    }
    boolean fixed = ended != null && means.equals(centroids);
    ClusterSpread measured = fixed ? new ClusterSpread(centroids, sums) : null;
    return new LloydState(means, centroids, ended, extended, measured);
  }

  private int reseeded(PassSums sums, Centroids means) {
    int count = 0;
    for (int j = 0; j < sums.k(); j++) {
      boolean moved = false;
      for (int f = 0; f < sums.d(); f++) {
        moved |= means.at(j, f) != centroids.at(j, f);
      }
      if (sums.users(j) == 0 && moved) {
        count++;
      }
    }
    return count;
  }

  /** This state, with its iteration open again. */
  public LloydState resumed() {
    return new LloydState(centroids, previous, null, history, null);
  }

  /**
   * This state, ended: where no further pass is possible it is {@link
   * ConvergenceStatus#MAX_ITERATIONS}.
   */
  public LloydState ended() {
    return status != null
        ? this
        : new LloydState(centroids, previous, ConvergenceStatus.MAX_ITERATIONS, history, spread);
  }
}
