package personas.kmeans;

import java.util.Arrays;
import java.util.Random;
import personas.math.Grid;

/**
 * Random points on the grid, and the naive versions that the tests of this package compare with.
 */
public final class Points {
  private Points() {}

  /**
   * d columns of {@code rows} values; a quarter of them small whole numbers, so that ties happen.
   */
  public static double[][] random(long seed, int d, int rows) {
    Random random = new Random(seed);
    double[][] columns = new double[d][rows];
    for (double[] column : columns) {
      for (int i = 0; i < rows; i++) {
        column[i] = Grid.round(random.nextInt(4) == 0 ? random.nextInt(3) : random.nextGaussian());
      }
    }
    return columns;
  }

  /** {@code perCluster} points around each of the centers, which are rows of d; standard normal. */
  public static double[][] around(double[][] centers, int perCluster, long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[centers[0].length][centers.length * perCluster];
    for (int i = 0; i < columns[0].length; i++) {
      for (int f = 0; f < columns.length; f++) {
        columns[f][i] = Grid.round(centers[i % centers.length][f] + random.nextGaussian());
      }
    }
    return columns;
  }

  /** The first k points, and again from the first where there are fewer. */
  static Centroids firstPoints(double[][] columns, int k) {
    double[] coordinates = new double[k * columns.length];
    for (int j = 0; j < k; j++) {
      for (int f = 0; f < columns.length; f++) {
        coordinates[j * columns.length + f] = columns[f][j % columns[f].length];
      }
    }
    return Centroids.of(k, columns.length, coordinates);
  }

  static double squaredDistance(double[][] columns, int row, Centroids centroids, int cluster) {
    double squared = 0;
    for (int f = 0; f < columns.length; f++) {
      double difference = columns[f][row] - centroids.at(cluster, f);
      squared += difference * difference;
    }
    return squared;
  }

  /** The nearest centroid but {@code excluded}, the lowest of equally near ones; -1: none. */
  static int nearest(double[][] columns, int row, Centroids centroids, int excluded) {
    int nearest = -1;
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < centroids.k(); j++) {
      double squared = squaredDistance(columns, row, centroids, j);
      if (j != excluded && squared < best) {
        best = squared;
        nearest = j;
      }
    }
    return nearest;
  }

  /** The sums of rows {@code from..to}, which had no cluster before. */
  public static PassSums pass(double[][] columns, Centroids centroids, int from, int to) {
    int[] assignment = new int[to - from];
    Arrays.fill(assignment, -1);
    PassSums sums = new PassSums(centroids.k(), columns.length);
    double[][] part = part(columns, from, to);
    sums.addShard(part, to - from, new LloydKernel(centroids), assignment);
    return sums;
  }

  public static PassSums pass(double[][] columns, Centroids centroids) {
    return pass(columns, centroids, 0, columns[0].length);
  }

  static double[][] part(double[][] columns, int from, int to) {
    return Arrays.stream(columns)
        .map(column -> Arrays.copyOfRange(column, from, to))
        .toArray(double[][]::new);
  }
}
