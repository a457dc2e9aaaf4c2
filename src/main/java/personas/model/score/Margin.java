package personas.model.score;

/** How much nearer a user is to its cluster than to the second nearest one. */
public final class Margin {
  private Margin() {}

  /**
   * Returns {@code (d2 - d1) / d2}: 0 on the border of two clusters, 1 on the centroid or if there
   * is only one cluster.
   *
   * @param secondDistance infinite if there is only one cluster
   */
  public static double of(double distance, double secondDistance) {
    if (Double.isInfinite(secondDistance)) {
      return 1;
    }
    return secondDistance == 0 ? 0 : (secondDistance - distance) / secondDistance;
  }
}
