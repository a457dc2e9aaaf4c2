package personas.kmeans;

import java.io.Serializable;
import java.util.Arrays;

/** k centroids in d dimensions: k × d, row-major, standardised. Immutable. */
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
   * Copies {@code coordinates}.
   *
   * @throws IllegalArgumentException where the length is not k × d, k or d is below 1, or a
   *     coordinate is not finite
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

  public int k() {
    return k;
  }

  public int d() {
    return d;
  }

  /** Coordinate {@code feature} of centroid {@code cluster}. */
  public double at(int cluster, int feature) {
    return coordinates[cluster * d + feature];
  }

  /** A copy, k × d, row-major. */
  public double[] toArray() {
    return coordinates.clone();
  }

  /** A copy as k rows of d. */
  public double[][] toRows() {
    double[][] rows = new double[k][];
    for (int j = 0; j < k; j++) {
      rows[j] = Arrays.copyOfRange(coordinates, j * d, (j + 1) * d);
    }
    return rows;
  }

  /** The same centroids with {@code order[i]} at place i. */
  public Centroids reordered(int[] order) {
    double[] moved = new double[k * d];
    for (int i = 0; i < k; i++) {
      System.arraycopy(coordinates, order[i] * d, moved, i * d, d);
    }
    return of(k, d, moved);
  }

  /**
   * How far the centroid that moved most moved: the largest Euclidean distance between centroids of
   * the same place, in standard deviations.
   */
  public double largestShift(Centroids other) {
    double largest = 0;
    for (int j = 0; j < k; j++) {
      double squared = 0;
      for (int f = 0; f < d; f++) {
        double difference = at(j, f) - other.at(j, f);
        squared += difference * difference;
      }
      largest = Math.max(largest, squared);
    }
    return Math.sqrt(largest);
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
