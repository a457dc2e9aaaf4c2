package personas.kmeans.selection;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How much the stability of a partition varies over the bootstrap samples. Each sample counts by
 * its least stable cluster: the smallest Jaccard similarity of a cluster with its image, 0..1.
 *
 * @param low the second smallest of the samples: 19 of 20 samples have at least this
 * @param median of the samples
 * @param high the second largest of the samples: 19 of 20 samples have at most this
 */
public record StabilitySpread(double low, double median, double high) implements Serializable {

  /**
   * The spread of at least two samples.
   *
   * @param leastOfSample per sample the similarity of its least stable cluster, in any order
   */
  static StabilitySpread of(double[] leastOfSample) {
    double[] sorted = leastOfSample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new StabilitySpread(sorted[1], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 2]);
  }
}
