package personas.kmeans.seeding;

/**
 * The effort of seeding: more effort takes more time and finds the best clustering more reliably.
 */
public enum Effort {
  /** A quarter of the starts and of the work of {@link #DEFAULT}. */
  QUICK(0.25),
  /**
   * The effort if the spec does not set one. The figures in the documentation were measured with
   * this effort.
   */
  DEFAULT(1),
  /**
   * Five times the work of {@link #DEFAULT}, for overlapping clusters if a fraction of a percent of
   * the inertia matters.
   */
  THOROUGH(5);

  private final double factor;

  Effort(double factor) {
    this.factor = factor;
  }

  /**
   * Returns a number of starts or children, or an amount of work, scaled to this effort; at least
   * 1.
   *
   * @param atDefault the number or the amount with {@link #DEFAULT}
   */
  long of(long atDefault) {
    return Math.max(1, Math.round(atDefault * factor));
  }
}
