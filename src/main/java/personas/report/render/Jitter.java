package personas.report.render;

/**
 * Moves points apart within a lane, so that they do not hide each other. The index of a point
 * decides the distance.
 */
final class Jitter {
  private static final double GOLDEN = 0.6180339887;
  private static final double WIDTH = 0.6;

  private Jitter() {}

  /**
   * Returns a distance within ±0.3. Consecutive points get different distances.
   *
   * @param point the index of the point, at least 0
   */
  static double of(int point) {
    return (point * GOLDEN % 1 - 0.5) * WIDTH;
  }
}
