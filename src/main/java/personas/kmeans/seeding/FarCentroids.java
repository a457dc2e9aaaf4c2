package personas.kmeans.seeding;

/**
 * Proposes one additional centroid for each cluster. The centroid begins at the point of the
 * cluster that is farthest from the centroid of the cluster, takes every point that is nearer to it
 * than to the own centroid, and moves to the mean of these points. So it finds a small cluster
 * whose points belong to a large neighbor, or are divided among several neighbors. {@link Split}
 * does not find such a cluster, because it looks at one cluster and cuts a large cluster in the
 * middle.
 */
final class FarCentroids {
  private static final int PASSES = 4;

  private final double[][] columns;
  private final int d;
  private final Cell[] cells;

  /** For each point, the squared distance to the centroid of the point. */
  private final double[] squared;

  private long work;

  FarCentroids(double[][] columns, int n, Cell[] cells) {
    this.columns = columns;
    this.d = columns.length;
    this.cells = cells;
    this.squared = new double[n];
    for (Cell cell : cells) {
      for (int row : cell.members) {
        squared[row] = squaredTo(row, cell.centroid);
      }
    }
    work += (long) n * d;
  }

  /** Returns the number of coordinate differences computed so far. */
  long work() {
    return work;
  }

  /**
   * Returns the centroid of a cluster and the additional centroid. The gain is how much the inertia
   * falls if the additional centroid takes its points; 0 if all points are equal to the centroid.
   */
  Split of(int cluster) {
    double[] added = farthest(cells[cluster]);
    Capture best = new Capture(added, 0);
    Capture next = capture(added);
    for (int pass = 1; next.gain > best.gain; pass++) {
      best = new Capture(added, next.gain);
      if (pass == PASSES) {
        break;
      }
      added = next.centroid;
      next = capture(added);
    }
    return new Split(cells[cluster].members, cells[cluster].centroid, best.centroid, best.gain);
  }

  /**
   * The points that a centroid takes.
   *
   * @param centroid the mean of the points
   * @param gain how much the inertia falls
   */
  private record Capture(double[] centroid, double gain) {}

  private double[] farthest(Cell cell) {
    double[] farthest = cell.centroid.clone();
    double most = 0;
    for (int row : cell.members) {
      if (squared[row] > most) {
        most = squared[row];
        for (int f = 0; f < d; f++) {
          farthest[f] = columns[f][row];
        }
      }
    }
    return farthest;
  }

  private Capture capture(double[] added) {
    double[] sums = new double[d];
    int taken = 0;
    double gain = 0;
    for (Cell cell : cells) {
      double apart = Cell.squared(added, cell.centroid);
      if (apart < 4 * cell.radius * cell.radius) {
        for (int row : cell.members) {
          // By the triangle inequality, a nearer point is not nearer to the additional centroid.
          if (apart < 4 * squared[row]) {
            double saved = squared[row] - squaredTo(row, added);
            work += d;
            if (saved > 0) {
              gain += saved;
              taken++;
              for (int f = 0; f < d; f++) {
                sums[f] += columns[f][row];
              }
            }
          }
        }
      }
    }
    for (int f = 0; f < d && taken > 0; f++) {
      sums[f] /= taken;
    }
    return new Capture(sums, gain);
  }

  private double squaredTo(int row, double[] centroid) {
    double sum = 0;
    for (int f = 0; f < d; f++) {
      double difference = columns[f][row] - centroid[f];
      sum += difference * difference;
    }
    return sum;
  }
}
