package personas.kmeans;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The distances that centroids moved from one pass to the next, ranked by size. */
final class RankedShifts {
  private final Centroids after;
  private final double[] shifts;

  /** The clusters in descending order of their shifts. */
  private final int[] order;

  /**
   * Computes and ranks the shifts.
   *
   * @param before k centroids before the pass
   * @param after k centroids after the pass
   * @param margin the relative amount that is added to each shift; larger than the rounding error
   *     of a distance
   */
  RankedShifts(Centroids before, Centroids after, double margin) {
    this.after = after;
    this.shifts = new double[after.k()];
    CentroidShifts moved = new CentroidShifts(after.toArray(), before.toArray(), after.k());
    Arrays.setAll(shifts, j -> moved.of(j) * (1 + margin));
    this.order =
        IntStream.range(0, shifts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -shifts[j]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Returns, for each cluster, the largest distance that another centroid moved.
   *
   * @param excluded the number of clusters to ignore, at most k - 2; the clusters that moved
   *     farthest are ignored
   */
  double[] largestOfOthers(int excluded) {
    double[] largest = new double[shifts.length];
    Arrays.fill(largest, shifts[order[excluded]]);
    largest[order[excluded]] = shifts[order[excluded + 1]];
    return largest;
  }

  /** Returns the clusters that moved farthest, in ascending order. */
  int[] farthest(int count) {
    int[] clusters = Arrays.copyOf(order, count);
    Arrays.sort(clusters);
    return clusters;
  }

  /** Returns the centroids of some clusters after the pass, row-major. */
  double[] centroids(int[] clusters) {
    int d = after.d();
    double[] coordinates = new double[clusters.length * d];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = after.at(clusters[i / d], i % d);
    }
    return coordinates;
  }
}
