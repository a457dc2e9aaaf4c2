package personas.kmeans.seeding;

import java.util.Arrays;

/**
 * Proposes one additional centroid for each cluster. The additional centroid begins at the point of
 * the cluster that is farthest from the centroid of the cluster. The additional centroid takes
 * every point that is nearer to this centroid than to the centroid of the point's cluster, and then
 * moves to the mean of these points. In this way it finds a small cluster whose points belong to a
 * large neighbor, or are divided among several neighbors. {@link Split#of} does not find such a
 * cluster, because it looks at one cluster and cuts a large cluster in the middle.
 */
final class FarCentroids {
  private static final int PASSES = 4;

  private final double[][] columns;
  private final int d;
  private final Cell[] cells;

  /** For each point, the squared distance to the centroid of the point's cluster. */
  private final double[] squared;

  private long work;

  FarCentroids(double[][] columns, int n, Cell[] cells) {
    this.columns = columns;
    this.d = columns.length;
    this.cells = cells;
    this.squared = new double[n];
    for (Cell cell : cells) {
      for (int row : cell.members) {
        squared[row] = squaredTo(row, cell.centroid, Double.POSITIVE_INFINITY);
      }
    }
    work += (long) n * d;
  }

  /** Returns the number of coordinate differences computed so far. */
  long work() {
    return work;
  }

  /**
   * Returns the centroid of a cluster and the additional centroid. The gain is the decrease of the
   * inertia if the additional centroid takes points; 0 if all points of the cluster are equal to
   * the centroid.
   */
  Split of(int cluster) {
    double[] added = farthest(cells[cluster]);
    double[] best = added;
    double gain = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      Capture captured = capture(added);
      if (captured.gain <= gain) {
        break;
      }
      gain = captured.gain;
      best = added;
      added = captured.centroid;
      if (Arrays.equals(added, best)) {
        break;
      }
    }
    return new Split(cells[cluster].members, cells[cluster].centroid, best, gain);
  }

  /** The points that a centroid takes. */
  private static final class Capture {
    /** The mean of the points. */
    final double[] centroid;

    /** The decrease of the inertia. */
    final double gain;

    Capture(double[] centroid, double gain) {
      this.centroid = centroid;
      this.gain = gain;
    }
  }

  private double[] farthest(Cell cell) {
    double[] farthest = cell.centroid.clone();
    double largest = 0;
    for (int row : cell.members) {
      if (squared[row] > largest) {
        largest = squared[row];
        for (int f = 0; f < d; f++) {
          farthest[f] = columns[f][row];
        }
      }
    }
    return farthest;
  }

  private Capture capture(double[] added) {
    double[] sums = new double[d];
    int takenPoints = 0;
    double gain = 0;
    for (Cell cell : cells) {
      double squaredCentroidDistance = Cell.squaredDistance(added, cell.centroid);
      if (squaredCentroidDistance < 4 * cell.radius * cell.radius) {
        for (int row : cell.members) {
          // By the triangle inequality, a point is not nearer to the additional centroid if the
          // distance to its own centroid is at most half of the distance between both centroids.
          if (squaredCentroidDistance < 4 * squared[row]) {
            double saved = squared[row] - squaredTo(row, added, squared[row]);
            work += d;
            if (saved > 0) {
              gain += saved;
              takenPoints++;
              for (int f = 0; f < d; f++) {
                sums[f] += columns[f][row];
              }
            }
          }
        }
      }
    }
    for (int f = 0; f < d && takenPoints > 0; f++) {
      sums[f] /= takenPoints;
    }
    return new Capture(sums, gain);
  }

  /**
   * Returns a squared distance. If the distance is not below the limit, returns any value of at
   * least the limit.
   */
  private double squaredTo(int row, double[] centroid, double limit) {
    double sum = 0;
    for (int f = 0; f < d && sum < limit; f++) {
      double difference = columns[f][row] - centroid[f];
      sum += difference * difference;
    }
    return sum;
  }
}
