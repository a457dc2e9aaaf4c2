package personas.kmeans;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far the centroids of a pass are from the centroids of the pass before, cluster by cluster.
 */
final class RankedShifts {
  private final Centroids after;
  private final double[] shifts;

  /** The clusters, the one that moved farthest first. */
  private final int[] order;

  /**
   * @param margin relative; more than the rounding of a distance
   */
  RankedShifts(Centroids before, Centroids after, double margin) {
    this.after = after;
    this.shifts = new double[after.k()];
    for (int j = 0; j < shifts.length; j++) {
      double squared = 0;
      for (int f = 0; f < after.d(); f++) {
        double difference = after.at(j, f) - before.at(j, f);
        squared += difference * difference;
      }
      shifts[j] = Math.sqrt(squared) * (1 + margin);
    }
    this.order =
        IntStream.range(0, shifts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -shifts[j]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * How far any other centroid moved at most, per cluster.
   *
   * @param excluded so many clusters that moved farthest do not count; at most k - 2
   */
  double[] mostOfOthers(int excluded) {
    double[] most = new double[shifts.length];
    Arrays.fill(most, shifts[order[excluded]]);
    most[order[excluded]] = shifts[order[excluded + 1]];
    return most;
  }

  /** The clusters that moved farthest, in ascending order. */
  int[] farthest(int count) {
    int[] clusters = Arrays.copyOf(order, count);
    Arrays.sort(clusters);
    return clusters;
  }

  /** The centroids of these clusters after the move, row-major. */
  double[] centroids(int[] clusters) {
    int d = after.d();
    double[] coordinates = new double[clusters.length * d];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = after.at(clusters[i / d], i % d);
    }
    return coordinates;
  }
}
