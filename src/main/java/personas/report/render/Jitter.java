package personas.report.render;

/** Moves a point within its lane, the same point always by the same. */
final class Jitter {
  private static final double GOLDEN = 0.6180339887;
  private static final double WIDTH = 0.6;

  private Jitter() {}

  /** Within ±0.3; neighbours in the order lie apart. */
  static double of(int point) {
    return (point * GOLDEN % 1 - 0.5) * WIDTH;
  }
}
