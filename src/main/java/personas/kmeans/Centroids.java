package personas.kmeans;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The centroids of k clusters in d features: k × d standardized coordinates, row-major. Instances
 * are immutable.
 */
public final class Centroids implements Serializable {
  private static final long serialVersionUID = 1;

  private final int k;
  private final int d;
  private final double[] coordinates;

  private Centroids(int k, int d, double[] coordinates) {
    this.k = k;
    this.d = d;
    this.coordinates = coordinates;
  }

  /**
   * Returns centroids with a copy of the coordinates.
   *
   * @param coordinates k × d, row-major, standardized
   * @throws IllegalArgumentException if the length is not k × d, k or d is below 1, or a coordinate
   *     is not finite
   */
  public static Centroids of(int k, int d, double[] coordinates) {
    if (k < 1 || d < 1 || coordinates.length != k * d) {
      throw new IllegalArgumentException(
          coordinates.length + " coordinates are not " + k + " × " + d);
    }
    for (double coordinate : coordinates) {
      if (!Double.isFinite(coordinate)) {
        throw new IllegalArgumentException("a centroid's coordinate is " + coordinate);
      }
    }
    return new Centroids(k, d, coordinates.clone());
  }

  /** Returns the number of clusters. */
  public int k() {
    return k;
  }

  /** Returns the number of features. */
  public int d() {
    return d;
  }

  /** Returns coordinate {@code feature} of centroid {@code cluster}, standardized. */
  public double at(int cluster, int feature) {
    return coordinates[cluster * d + feature];
  }

  /** Returns a copy of the coordinates, k × d, row-major. */
  public double[] toArray() {
    return coordinates.clone();
  }

  /** Returns a copy of the coordinates as k rows of d. */
  public double[][] toRows() {
    double[][] rows = new double[k][];
    for (int j = 0; j < k; j++) {
      rows[j] = Arrays.copyOfRange(coordinates, j * d, (j + 1) * d);
    }
    return rows;
  }

  /** Returns these centroids in another order: centroid {@code order[i]} becomes centroid i. */
  public Centroids reordered(int[] order) {
    double[] reordered = new double[k * d];
    for (int i = 0; i < k; i++) {
      System.arraycopy(coordinates, order[i] * d, reordered, i * d, d);
    }
    return of(k, d, reordered);
  }

  /**
   * Returns the largest Euclidean distance between two centroids with the same index, in standard
   * deviations. After a pass, this is the largest distance that a centroid moved.
   *
   * @param other as many centroids with as many features
   */
  public double largestShift(Centroids other) {
    double largestSquared = 0;
    for (int j = 0; j < k; j++) {
      double squared = 0;
      for (int f = 0; f < d; f++) {
        double difference = at(j, f) - other.at(j, f);
        squared += difference * difference;
      }
      largestSquared = Math.max(largestSquared, squared);
    }
    return Math.sqrt(largestSquared);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Centroids that
        && k == that.k
        && d == that.d
        && Arrays.equals(coordinates, that.coordinates);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(coordinates);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(toRows());
  }
}
