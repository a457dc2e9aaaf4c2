package personas.kmeans.seeding;

/**
 * One cluster of {@link NeighborLloyd} with its points and its centroid. Instances are immutable.
 */
final class Cell {
  /** The rows of the points in the cluster. */
  final int[] members;

  /** The sum of the points per feature; exact, because the values are on the grid. */
  final double[] sums;

  /** The centroid. If it is not the mean of the points, the next pass moves it to the mean. */
  final double[] centroid;

  /** An upper bound of the distance from the centroid to the farthest point. */
  final double radius;

  /** The sum of the squared distances of the points from the centroid. */
  final double inertia;

  Cell(int[] members, double[] sums, double[] centroid, double radius, double inertia) {
    this.members = members;
    this.sums = sums;
    this.centroid = centroid;
    this.radius = radius;
    this.inertia = inertia;
  }

  /**
   * Returns a cell with the same points and another centroid. The inertia does not change until the
   * next pass.
   */
  Cell movedTo(double[] newCentroid) {
    double newRadius = radius + distance(centroid, newCentroid);
    return new Cell(members, sums, newCentroid, newRadius, inertia);
  }

  double distanceTo(Cell other) {
    return distance(centroid, other.centroid);
  }

  static double distance(double[] a, double[] b) {
    return Math.sqrt(squaredDistance(a, b));
  }

  static double squaredDistance(double[] a, double[] b) {
    double squared = 0;
    for (int f = 0; f < a.length; f++) {
      double difference = a[f] - b[f];
      squared += difference * difference;
    }
    return squared;
  }
}
