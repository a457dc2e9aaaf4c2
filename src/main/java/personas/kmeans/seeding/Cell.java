package personas.kmeans.seeding;

/**
 * One cluster of {@link NeighborLloyd}: its points and what follows from them. It never changes.
 */
final class Cell {
  /** Rows of the points. */
  final int[] members;

  /** Sum of the points per feature, which is exact on the grid. */
  final double[] sums;

  /** The centroid. Where it is not the mean of the points, the next pass moves it there. */
  final double[] centroid;

  /** At least the distance from the centroid to its farthest point. */
  final double radius;

  /** Sum of squared distances from the centroid. */
  final double inertia;

  Cell(int[] members, double[] sums, double[] centroid, double radius, double inertia) {
    this.members = members;
    this.sums = sums;
    this.centroid = centroid;
    this.radius = radius;
    this.inertia = inertia;
  }

  /** The same points with another centroid; the next pass computes the inertia. */
  Cell movedTo(double[] place) {
    return new Cell(members, sums, place, radius + distance(centroid, place), inertia);
  }

  double distanceTo(Cell other) {
    return distance(centroid, other.centroid);
  }

  static double distance(double[] a, double[] b) {
    return Math.sqrt(squared(a, b));
  }

  static double squared(double[] a, double[] b) {
    double squared = 0;
    for (int f = 0; f < a.length; f++) {
      double difference = a[f] - b[f];
      squared += difference * difference;
    }
    return squared;
  }
}
