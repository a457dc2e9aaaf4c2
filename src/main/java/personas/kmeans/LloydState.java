package personas.kmeans;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The state of Lloyd's iteration between two passes. The centroids of the state and the sums of a
 * pass give the next state.
 *
 * <p>Source: S. P. Lloyd, <i>Least squares quantization in PCM</i>, IEEE Transactions on
 * Information Theory 28(2), 1982.
 *
 * @param centroids the centroids of the next pass, standardized
 * @param previous the centroids of the previous pass; null before the first pass
 * @param status why the iteration ended; null while it runs
 * @param history one record for each pass
 * @param spread the spread of the clusters of {@code centroids}; null until a pass has measured it
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

  /** Returns the state before the first pass. */
  public static LloydState start(Centroids centroids) {
    return new LloydState(centroids, null, null, List.of(), null);
  }

  /** Returns the number of iterations so far. */
  public int iterations() {
    return history.size();
  }

  /**
   * Returns whether no further pass is needed. If the last iteration moved a centroid, even within
   * the tolerance, one more pass measures the clusters of the final centroids. That pass moves no
   * centroid and adds no record. At a fixpoint the last pass already used the final centroids.
   */
  public boolean isDone() {
    return status != null && spread != null;
  }

  /**
   * Returns the state after a pass.
   *
   * @param sums the sums over all users of a pass by this state's centroids
   * @param step computes the centroids of the next pass
   * @param tolerance the largest distance in standard deviations that a centroid may move in the
   *     last iteration; with 0 no centroid may move. An iteration that gives an empty cluster a new
   *     centroid is never the last
   * @param maxIterations the number of iterations after which the state ends without convergence
   */
  public LloydState next(PassSums sums, ClusteringStep step, double tolerance, int maxIterations) {
    if (status != null) {
      ClusterSpread measured = new ClusterSpread(centroids, sums);
      return new LloydState(centroids, previous, status, history, measured);
    }
    Centroids next = step.next(sums, centroids);
    double shift = next.largestShift(centroids);
    int reseeded = reseeded(sums, next);
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
    boolean isFixpoint = ended != null && next.equals(centroids);
    ClusterSpread measured = isFixpoint ? new ClusterSpread(centroids, sums) : null;
    return new LloydState(next, centroids, ended, extended, measured);
  }

  private int reseeded(PassSums sums, Centroids next) {
    int count = 0;
    for (int j = 0; j < sums.k(); j++) {
      boolean isMoved = false;
      for (int f = 0; f < sums.d(); f++) {
        isMoved |= next.at(j, f) != centroids.at(j, f);
      }
      if (sums.users(j) == 0 && isMoved) {
        count++;
      }
    }
    return count;
  }

  /** Returns this state without a status and a spread, so that the iteration continues. */
  public LloydState resumed() {
    return new LloydState(centroids, previous, null, history, null);
  }

  /**
   * Returns this state with a status. An iteration that still runs gets the status {@link
   * ConvergenceStatus#MAX_ITERATIONS}.
   */
  public LloydState ended() {
    return status != null
        ? this
        : new LloydState(centroids, previous, ConvergenceStatus.MAX_ITERATIONS, history, spread);
  }
}
