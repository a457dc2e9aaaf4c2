package personas.kmeans.seeding;

import java.util.Arrays;

/**
 * Computes how much the inertia rises if a cluster is removed and its points go to neighboring
 * clusters.
 */
final class MergeCosts {
  private final NeighborLloyd lloyd;
  private final Cell[] cells;
  private final int d;

  MergeCosts(NeighborLloyd lloyd, Cell[] cells) {
    this.lloyd = lloyd;
    this.cells = cells;
    this.d = cells[0].centroid.length;
  }

  /**
   * Returns for each cluster how much the inertia rises if it is removed. The means of the
   * neighbors then move too.
   */
  double[] costs() {
    double[] costs = new double[cells.length];
    Arrays.setAll(costs, this::cost);
    return costs;
  }

  private double cost(int removed) {
    Cell cell = cells[removed];
    if (cell.members.length == 0) {
      return 0;
    }
    int[] near = candidates(removed);
    int[] users = new int[near.length];
    double[] sums = new double[near.length * d];
    double[] inertia = {-cell.inertia};
    lloyd.forEachBlock(
        cells,
        cell.members,
        near,
        (from, count) -> {
          for (int i = 0; i < count; i++) {
            int to = lloyd.nearest(i);
            users[to]++;
            inertia[0] += lloyd.squared(i);
            for (int f = 0; f < d; f++) {
              sums[to * d + f] += lloyd.at(f, i);
            }
          }
        });
    return inertia[0] - gainOfMeans(near, users, sums);
  }

  /**
   * Returns how much the inertia falls when the centroids of the neighbors move to their new means.
   */
  private double gainOfMeans(int[] near, int[] users, double[] sums) {
    double gain = 0;
    for (int c = 0; c < near.length; c++) {
      if (users[c] > 0) {
        Cell neighbor = cells[near[c]];
        double squared = 0;
        for (int f = 0; f < d; f++) {
          double difference = sums[c * d + f] - users[c] * neighbor.centroid[f];
          squared += difference * difference;
        }
        gain += squared / (neighbor.members.length + users[c]);
      }
    }
    return gain;
  }

  /** Returns the clusters that may be the nearest of a point after its own centroid is removed. */
  private int[] candidates(int removed) {
    double[] distance = new double[cells.length];
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < cells.length; j++) {
      distance[j] = cells[removed].distanceTo(cells[j]);
      least = j == removed ? least : Math.min(least, distance[j]);
    }
    double reach = least + 2 * cells[removed].radius;
    int[] near = new int[cells.length];
    int count = 0;
    for (int j = 0; j < cells.length; j++) {
      if (j != removed && distance[j] <= reach) {
        near[count++] = j;
      }
    }
    return Arrays.copyOf(near, count);
  }
}
