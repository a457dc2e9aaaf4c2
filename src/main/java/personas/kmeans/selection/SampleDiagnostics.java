package personas.kmeans.selection;

import java.io.Serializable;
import java.util.List;
import personas.confidence.Interval;
import personas.kmeans.valley.ValleyDepth;

/**
 * The diagnostics of one clustering on the sample. They are computed on the sample because they
 * need more than one pass.
 *
 * @param users number of users of the sample that were used
 * @param stability per cluster, the mean Jaccard similarity with the most similar cluster of each
 *     bootstrap sample, 0..1
 * @param stabilityIntervals per cluster the 95% interval of the stability; null if it is not known
 * @param valley the {@link ValleyDepth} between the two neighboring clusters that are least
 *     separate; about 0.2 to 0.5, and nearly always below 0.6, if they are two halves of one group
 * @param spread how much the stability varies over the bootstrap samples; null if it was not
 *     computed
 * @param resampledFlow how many users change their cluster if other samples are clustered; null if
 *     it was not computed
 */
public record SampleDiagnostics(
    int users,
    List<Double> stability,
    List<Interval> stabilityIntervals,
    double valley,
    StabilitySpread spread,
    ResampledFlow resampledFlow)
    implements Serializable {

  /** Creates diagnostics without intervals, spread and flow between resamples. */
  public SampleDiagnostics(int users, List<Double> stability, double valley) {
    this(users, stability, null, valley, null, null);
  }

  public SampleDiagnostics {
    stability = List.copyOf(stability);
  }

  /** Returns whether the diagnostics alone rule out that the clusters are separate groups. */
  public boolean ruleOutSeparateGroups() {
    return valley < KSelector.LEAST_VALLEY || leastStability() < KSelector.LEAST_STABILITY;
  }

  /**
   * Returns the stability that 19 of 20 bootstrap samples reach, 0..1; 0 if it was not computed.
   */
  public double stabilityLow() {
    return spread == null ? 0 : spread.low();
  }

  /** Returns the stability of the least stable cluster, 0..1. */
  double leastStability() {
    return stability.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }
}
