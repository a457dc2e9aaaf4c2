package personas.kmeans.seeding;

/** How much time seeding takes for how much certainty. */
public enum Effort {
  /** A quarter of the starts and of the tries, so it ends early. */
  QUICK(0.25),
  /** What the figures of the documentation and the tests hold for. */
  DEFAULT(1),
  /** Five times the tries: for data where clusters overlap and every share of a percent counts. */
  THOROUGH(5);

  private final double factor;

  Effort(double factor) {
    this.factor = factor;
  }

  /** A number of tries or an amount of work with this effort; at least 1. */
  long of(long usual) {
    return Math.max(1, Math.round(usual * factor));
  }
}
