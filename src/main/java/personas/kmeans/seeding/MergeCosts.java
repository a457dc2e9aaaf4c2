package personas.kmeans.seeding;

import java.util.Arrays;

/**
 * Computes the increase of the inertia if a cluster is removed and its points go to neighboring
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
   * Returns for each cluster the increase of the inertia if the cluster is removed and the
   * centroids of its neighbors move to their new means.
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
    int[] neighbors = possibleNeighbors(removed);
    int[] users = new int[neighbors.length];
    double[] sums = new double[neighbors.length * d];
    double[] inertia = {-cell.inertia};
    lloyd.forEachBlock(
        cells,
        cell.members,
        neighbors,
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
    return inertia[0] - gainOfMeans(neighbors, users, sums);
  }

  /**
   * Returns the decrease of the inertia when the centroids of the neighbors move to their new
   * means.
   */
  private double gainOfMeans(int[] neighbors, int[] users, double[] sums) {
    double gain = 0;
    for (int c = 0; c < neighbors.length; c++) {
      if (users[c] > 0) {
        Cell neighbor = cells[neighbors[c]];
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
  private int[] possibleNeighbors(int removed) {
    double[] distance = new double[cells.length];
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < cells.length; j++) {
      distance[j] = cells[removed].distanceTo(cells[j]);
      least = j == removed ? least : Math.min(least, distance[j]);
    }
    double reach = least + 2 * cells[removed].radius;
    int[] neighbors = new int[cells.length];
    int count = 0;
    for (int j = 0; j < cells.length; j++) {
      if (j != removed && distance[j] <= reach) {
        neighbors[count++] = j;
      }
    }
    return Arrays.copyOf(neighbors, count);
  }
}
