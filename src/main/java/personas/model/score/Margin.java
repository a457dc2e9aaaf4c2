package personas.model.score;

/**
 * The margin of a user: how much nearer the centroid of the user's cluster is than another
 * centroid.
 */
public final class Margin {
  private Margin() {}

  /**
   * Returns {@code (d2 - d1) / max(d1, d2)}: 0 on the border of two clusters, 1 on the centroid or
   * if there is only one cluster. The value is negative, down to -1, for a user that is held in a
   * cluster although the other centroid is nearer.
   *
   * @param distance d1, the distance to the centroid of the user's cluster
   * @param secondDistance d2, the distance to the other centroid; infinite if there is only one
   *     cluster
   */
  public static double of(double distance, double secondDistance) {
    if (Double.isInfinite(secondDistance)) {
      return 1;
    }
    double farther = Math.max(distance, secondDistance);
    return farther == 0 ? 0 : (secondDistance - distance) / farther;
  }
}
