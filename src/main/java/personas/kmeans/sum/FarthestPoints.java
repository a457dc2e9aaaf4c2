package personas.kmeans.sum;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.math.Columns;

/**
 * The distinct points farthest from their own centroid, at most {@code capacity} of them. Empty
 * clusters get new centroids from these points. The points are ordered by squared distance,
 * descending, then by coordinates, ascending. Points with the same coordinates count once, so the
 * arrival order does not matter. A point at distance 0 is never kept, because a centroid is already
 * there.
 */
public final class FarthestPoints {
  private static final class Point {
    final double squaredDistance;
    final double[] coordinates;

    Point(double squaredDistance, double[] coordinates) {
      this.squaredDistance = squaredDistance;
      this.coordinates = coordinates;
    }
  }

  private final int capacity;

  /** The points in order. They are few, so moving them in a list costs less than a tree. */
  private final List<Point> points = new ArrayList<>();

  private double threshold;

  /** Creates an empty set of at most {@code capacity} points. */
  public FarthestPoints(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Returns the squared distance at or below which a point cannot enter the set. The hot loop tests
   * this distance first.
   */
  public double threshold() {
    return threshold;
  }

  /**
   * Offers a point. The method allocates memory only for a point that is kept, because most points
   * are not kept where many users have the same coordinates.
   */
  public void offer(double squaredDistance, double[][] columns, int row) {
    int index = index(squaredDistance, columns, row);
    if (index >= 0) {
      insert(index, new Point(squaredDistance, Columns.row(columns, row)));
    }
  }

  private void add(Point point) {
    double[][] columns = new double[point.coordinates.length][1];
    for (int f = 0; f < columns.length; f++) {
      columns[f][0] = point.coordinates[f];
    }
    offer(point.squaredDistance, columns, 0);
  }

  /**
   * Returns the index at which a point belongs; -1 if its distance is 0, if it is present already,
   * or if it comes after all points of a full list.
   */
  private int index(double squaredDistance, double[][] columns, int row) {
    if (!(squaredDistance > 0)) {
      return -1;
    }
    int from = 0;
    int to = points.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order = compare(squaredDistance, columns, row, points.get(middle));
      if (order == 0) {
        return -1;
      }
      if (order < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from < capacity ? from : -1;
  }

  private static int compare(double squaredDistance, double[][] columns, int row, Point kept) {
    int byDistance = Double.compare(kept.squaredDistance, squaredDistance);
    for (int f = 0; byDistance == 0 && f < kept.coordinates.length; f++) {
      byDistance = Double.compare(columns[f][row], kept.coordinates[f]);
    }
    return byDistance;
  }

  private void insert(int index, Point point) {
    if (points.size() == capacity) {
      points.remove(capacity - 1);
    }
    points.add(index, point);
    if (points.size() == capacity) {
      // A point at exactly the last distance may still come before the last point by coordinates.
      threshold = Math.nextDown(points.get(capacity - 1).squaredDistance);
    }
  }

  /** Keeps the farthest of both sets of points. */
  public void merge(FarthestPoints other) {
    other.points.forEach(this::add);
  }

  /** Returns the coordinates of the points, farthest first. */
  public List<double[]> coordinates() {
    List<double[]> list = new ArrayList<>();
    points.forEach(point -> list.add(point.coordinates.clone()));
    return list;
  }

  /** Writes the points; equal sets are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(points.size());
    for (Point point : points) {
      out.writeDouble(point.squaredDistance);
      for (double coordinate : point.coordinates) {
        out.writeDouble(coordinate);
      }
    }
  }

  /** Reads points that {@link #write} wrote. */
  public static FarthestPoints read(DataInput in, int capacity, int d) throws IOException {
    FarthestPoints farthest = new FarthestPoints(capacity);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      double squaredDistance = in.readDouble();
      double[] coordinates = new double[d];
      for (int f = 0; f < d; f++) {
        coordinates[f] = in.readDouble();
      }
      farthest.add(new Point(squaredDistance, coordinates));
    }
    return farthest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FarthestPoints that
        && capacity == that.capacity
        && points.size() == that.points.size()
        && IntStream.range(0, points.size())
            .allMatch(i -> isSame(points.get(i), that.points.get(i)));
  }

  private static boolean isSame(Point first, Point second) {
    return Double.compare(first.squaredDistance, second.squaredDistance) == 0
        && Arrays.equals(first.coordinates, second.coordinates);
  }

  @Override
  public int hashCode() {
    return points.stream().mapToInt(p -> Arrays.hashCode(p.coordinates)).sum();
  }
}
