package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The distinct points farthest from their own centroid, at most {@code capacity} of them: what an
 * empty cluster starts again from. The order is (squared distance descending, coordinates
 * ascending), and points with the same coordinates count once, so that the content depends on no
 * arrival order. A point at distance 0 is never kept: a centroid stands there already.
 */
final class FarthestPoints {
  private static final class Point {
    final double squaredDistance;
    final double[] coordinates;

    Point(double squaredDistance, double[] coordinates) {
      this.squaredDistance = squaredDistance;
      this.coordinates = coordinates;
    }
  }

  private static final Comparator<Point> ORDER =
      Comparator.<Point>comparingDouble(point -> -point.squaredDistance)
          .thenComparing(point -> point.coordinates, Arrays::compare);

  private final int capacity;
  private final TreeSet<Point> points = new TreeSet<>(ORDER);
  private double threshold;

  FarthestPoints(int capacity) {
    this.capacity = capacity;
  }

  /** A point at this distance or below cannot enter; the cheap test of the hot loop. */
  double threshold() {
    return threshold;
  }

  void offer(double squaredDistance, double[][] columns, int row) {
    double[] coordinates = new double[columns.length];
    for (int f = 0; f < columns.length; f++) {
      coordinates[f] = columns[f][row];
    }
    add(new Point(squaredDistance, coordinates));
  }

  private void add(Point point) {
    if (point.squaredDistance > 0 && points.add(point) && points.size() > capacity) {
      points.pollLast();
    }
    if (points.size() == capacity) {
      // A point at exactly the last one's distance may still come before it: stay just below.
      threshold = Math.nextDown(points.last().squaredDistance);
    }
  }

  void merge(FarthestPoints other) {
    other.points.forEach(this::add);
  }

  /** Coordinates, farthest first. */
  List<double[]> coordinates() {
    List<double[]> list = new ArrayList<>();
    points.forEach(point -> list.add(point.coordinates.clone()));
    return list;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(points.size());
    for (Point point : points) {
      out.writeDouble(point.squaredDistance);
      for (double coordinate : point.coordinates) {
        out.writeDouble(coordinate);
      }
    }
  }

  static FarthestPoints read(DataInput in, int capacity, int d) throws IOException {
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
        && points.containsAll(that.points);
  }

  @Override
  public int hashCode() {
    return points.stream().mapToInt(p -> Arrays.hashCode(p.coordinates)).sum();
  }
}
