package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Objects;
import personas.kmeans.Centroids;
import personas.kmeans.ClusteringStep;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.kmeans.metric.ClusterMetrics;

/**
 * One of the clusterings that a run trains in parallel. If k is given, there is one candidate.
 *
 * @param start a description of the starting centroids
 * @param lloyd the state of the iteration
 * @param findings the diagnostics of the clustering on the sample
 * @param metrics the metrics over all users; null until they are measured
 */
public record Candidate(
    String start, LloydState lloyd, SampleDiagnostics findings, ClusterMetrics metrics)
    implements Serializable {

  public Candidate {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(lloyd, "lloyd");
    Objects.requireNonNull(findings, "findings");
  }

  /** Returns a candidate before the first pass. */
  public static Candidate start(String start, Centroids centroids, SampleDiagnostics findings) {
    return new Candidate(start, LloydState.start(centroids), findings, null);
  }

  /** Returns the number of clusters. */
  public int k() {
    return lloyd.centroids().k();
  }

  /** Returns whether the metrics are measured, so that no further pass is needed. */
  public boolean isMeasured() {
    return metrics != null;
  }

  /** Returns this candidate with another state of the iteration. */
  Candidate with(LloydState state) {
    return new Candidate(start, state, findings, metrics);
  }

  /** Returns this candidate with metrics over all users. */
  public Candidate measured(ClusterMetrics measured) {
    return new Candidate(start, lloyd, findings, measured);
  }

  /**
   * Returns the share of the smallest cluster in the latest pass, 0..1; 0 before the first pass.
   */
  public double smallestShare() {
    if (metrics != null || lloyd.iterations() == 0) {
      return metrics == null ? 0 : metrics.value(ClusterMetrics.SMALLEST_SHARE);
    }
    IterationRecord last = lloyd.history().get(lloyd.iterations() - 1);
    long users = last.users().stream().mapToLong(Long::longValue).sum();
    return last.users().stream().mapToDouble(count -> (double) count / users).min().orElse(0);
  }

  /**
   * Returns the candidate after a pass.
   *
   * @param sums the sums of the pass for this candidate
   * @param step as in {@link LloydState#next}
   * @param tolerance as in {@link LloydState#next}
   * @param maxIterations as in {@link LloydState#next}
   */
  public Candidate next(
      CandidateSums sums, ClusteringStep step, double tolerance, int maxIterations) {
    return sums.next(this, step, tolerance, maxIterations);
  }

  /**
   * Returns this candidate without metrics and with an iteration that continues, if a smaller limit
   * of iterations ended it. Otherwise returns this candidate.
   *
   * @param maxIterations the number of iterations that the candidate may take in total
   */
  public Candidate resumed(int maxIterations) {
    return lloyd.status() != ConvergenceStatus.MAX_ITERATIONS || lloyd.iterations() >= maxIterations
        ? this
        : new Candidate(start, lloyd.resumed(), findings, null);
  }

  /** Returns this candidate with an ended iteration, see {@link LloydState#ended}. */
  public Candidate ended() {
    return with(lloyd.ended());
  }
}
