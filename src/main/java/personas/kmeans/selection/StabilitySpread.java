package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The spread of the stability of a partition over the bootstrap samples. The stability in one
 * sample is the smallest Jaccard similarity of a cluster with its most similar new cluster, 0..1.
 *
 * @param low the second smallest stability; 19 of 20 samples have at least this value
 * @param median the median stability
 * @param high the second largest stability; 19 of 20 samples have at most this value
 */
public record StabilitySpread(double low, double median, double high) implements Serializable {

  /**
   * Returns the spread over at least two samples.
   *
   * @param leastOfSample per sample the similarity of the least stable cluster, in any order
   */
  static StabilitySpread of(double[] leastOfSample) {
    double[] sorted = leastOfSample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new StabilitySpread(sorted[1], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 2]);
  }
}
