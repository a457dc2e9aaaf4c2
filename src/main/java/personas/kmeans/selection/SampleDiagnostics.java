package personas.kmeans.selection;

import java.io.Serializable;
import java.util.List;
import personas.confidence.Interval;
import personas.kmeans.valley.ValleyDepth;

/**
 * What the sample says of one clustering, because it takes more than one pass.
 *
 * @param users of the sample that were looked at
 * @param stability per cluster, the mean Jaccard similarity with its image in bootstrap samples;
 *     0..1
 * @param stabilityIntervals per cluster the 95% interval of the stability; null if it is not known
 * @param valley between the two neighbouring clusters that are least apart, see {@link
 *     ValleyDepth}; about 0.2 to 0.5 where they are two halves of one heap, below 0.6 next to
 *     always
 * @param spread how much the stability varies over the bootstrap samples; null if it was not looked
 *     at
 * @param resampledFlow how many users change their cluster if other samples are clustered; null if
 *     it was not looked at
 */
public record SampleDiagnostics(
    int users,
    List<Double> stability,
    List<Interval> stabilityIntervals,
    double valley,
    StabilitySpread spread,
    ResampledFlow resampledFlow)
    implements Serializable {

  /** Without intervals, the spread and the flow between resamples. */
  public SampleDiagnostics(int users, List<Double> stability, double valley) {
    this(users, stability, null, valley, null, null);
  }

  public SampleDiagnostics {
    stability = List.copyOf(stability);
  }

  /** Whether they alone are reason enough not to choose the clustering. */
  public boolean ruleOut() {
    return valley < KSelector.LEAST_VALLEY || leastStability() < KSelector.LEAST_STABILITY;
  }

  /** The stability that 19 of 20 bootstrap samples reach, 0..1; 0 if it was not looked at. */
  public double stabilityLow() {
    return spread == null ? 0 : spread.low();
  }

  /** Of the least stable cluster. */
  public double leastStability() {
    return stability.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }
}
