package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Objects;
import personas.kmeans.Centroids;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.kmeans.metric.ClusterMetrics;

/**
 * One of the clusterings that a run trains side by side; the only one where k is given.
 *
 * @param start what its passes started from, in words
 * @param lloyd where its iteration stands
 * @param findings what the sample says of it
 * @param metrics its figures over all users; null while they are not known
 */
public record Candidate(
    String start, LloydState lloyd, SampleDiagnostics findings, ClusterMetrics metrics)
    implements Serializable {

  public Candidate {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(lloyd, "lloyd");
    Objects.requireNonNull(findings, "findings");
  }

  /** Before the first pass. */
  public static Candidate start(String start, Centroids centroids, SampleDiagnostics findings) {
    return new Candidate(start, LloydState.start(centroids), findings, null);
  }

  public int k() {
    return lloyd.centroids().k();
  }

  /** Whether no pass has anything to add. */
  public boolean isMeasured() {
    return metrics != null;
  }

  /** This candidate with its figures over all users. */
  public Candidate measured(ClusterMetrics measured) {
    return new Candidate(start, lloyd, findings, measured);
  }

  /** The share of the smallest cluster as far as it is known: 0 before the first pass. */
  public double smallestShare() {
    if (metrics != null || lloyd.iterations() == 0) {
      return metrics == null ? 0 : metrics.value(ClusterMetrics.SMALLEST_SHARE);
    }
    IterationRecord last = lloyd.history().get(lloyd.iterations() - 1);
    long users = last.users().stream().mapToLong(Long::longValue).sum();
    return last.users().stream().mapToDouble(each -> (double) each / users).min().orElse(0);
  }

  /**
   * The candidate after a pass.
   *
   * @param sums what the pass added up for this candidate as it is
   */
  public Candidate next(CandidateSums sums, double tolerance, int maxIterations) {
    if (sums.pass() != null) {
      LloydState next = lloyd.next(sums.pass(), tolerance, maxIterations);
      return new Candidate(start, next, findings, metrics);
    }
    if (sums.separation() != null) {
      return measured(ClusterMetrics.of(lloyd.spread(), sums.separation()));
    }
    return this;
  }

  /**
   * This candidate with its iteration open again, if only a limit of passes stopped it; its figures
   * are not known then.
   *
   * @param maxIterations passes that the candidate may take in total
   */
  public Candidate resumed(int maxIterations) {
    return lloyd.status() != ConvergenceStatus.MAX_ITERATIONS || lloyd.iterations() >= maxIterations
        ? this
        : new Candidate(start, lloyd.resumed(), findings, null);
  }

  /** This candidate, ended: where its iteration still runs it stops at its limit. */
  public Candidate ended() {
    return new Candidate(start, lloyd.ended(), findings, metrics);
  }
}
