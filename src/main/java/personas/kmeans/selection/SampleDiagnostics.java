package personas.kmeans.selection;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import personas.confidence.Interval;
import personas.kmeans.valley.ValleyDepth;
import personas.math.Require;

/**
 * The diagnostics of one clustering on the sample. They are computed on the sample because they
 * need more than one pass.
 *
 * @param users number of users of the sample that were used
 * @param stability how similar the clusters are to the clusters of bootstrap samples
 * @param valley the {@link ValleyDepth} between the two neighboring clusters that are least
 *     separate; about 0.2 to 0.5, and nearly always below 0.6, if they are two halves of one group
 * @param resampledFlow how many users change their cluster if other samples are clustered; null if
 *     it was not computed
 */
public record SampleDiagnostics(
    int users, Stability stability, double valley, ResampledFlow resampledFlow)
    implements Serializable {

  /**
   * How similar the clusters are to the clusters of bootstrap samples.
   *
   * @param means per cluster, the mean Jaccard similarity with the most similar cluster of each
   *     bootstrap sample, 0..1
   * @param intervals per cluster the 95% interval of the mean; null if it is not known
   * @param spread how much the stability varies over the bootstrap samples; null if it was not
   *     computed
   */
  public record Stability(List<Double> means, List<Interval> intervals, StabilitySpread spread)
      implements Serializable {
    public Stability {
      means = List.copyOf(means);
      if (intervals != null) {
        Require.sameSize("intervals", intervals.size(), means.size());
      }
    }

    /** Returns the mean similarity of the least stable cluster, 0..1; 0 if it was not computed. */
    double least() {
      return means.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }
  }

  /** Creates diagnostics without intervals, spread and flow between resamples. */
  public SampleDiagnostics(int users, List<Double> stability, double valley) {
    this(users, new Stability(stability, null, null), valley, null);
  }

  public SampleDiagnostics {
    Require.atLeast(0, "users", users);
    Objects.requireNonNull(stability, "stability");
  }

  /** Returns whether the diagnostics alone rule out that the clusters are separate groups. */
  public boolean ruleOutSeparateGroups() {
    return valley < KSelector.LEAST_VALLEY || stability.least() < KSelector.LEAST_STABILITY;
  }

  /**
   * Returns the stability that 19 of 20 bootstrap samples reach, 0..1; 0 if it was not computed.
   */
  public double stabilityLow() {
    return stability.spread == null ? 0 : stability.spread.low();
  }
}
