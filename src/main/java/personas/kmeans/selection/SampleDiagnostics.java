package personas.kmeans.selection;

import java.io.Serializable;
import java.util.List;
import personas.kmeans.Centroids;

/**
 * What the sample says of one clustering, because it takes more than one pass.
 *
 * @param users of the sample that were looked at
 * @param stability per cluster, the mean Jaccard similarity with its image in bootstrap samples;
 *     0..1
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
    double valley,
    StabilitySpread spread,
    ResampledFlow resampledFlow)
    implements Serializable {

  /** More users would not change a choice, but cost time. */
  private static final int MOST_USERS = 5_000;

  /** Each of these is clustered again and again. */
  private static final int MOST_BOOTSTRAP_USERS = 2_000;

  /** Without the spread and the flow between resamples. */
  public SampleDiagnostics(int users, List<Double> stability, double valley) {
    this(users, stability, valley, null, null);
  }

  public SampleDiagnostics {
    stability = List.copyOf(stability);
  }

  /**
   * Looks at the first points of a sample, which are as even as all of it.
   *
   * @param columns d columns of standardised values on the grid, in a canonical order of the points
   * @param rows points in each column, at least 1
   */
  public static SampleDiagnostics of(double[][] columns, int rows, Centroids centroids, long seed) {
    int users = Math.min(rows, MOST_USERS);
    int drawn = Math.min(rows, MOST_BOOTSTRAP_USERS);
    BootstrapStability.Findings bootstraps =
        new BootstrapStability(columns, drawn).of(centroids, seed);
    return new SampleDiagnostics(
        users,
        bootstraps.stability(),
        new ValleyDepth(columns, users, centroids).shallowest(),
        bootstraps.spread(),
        bootstraps.flow());
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
