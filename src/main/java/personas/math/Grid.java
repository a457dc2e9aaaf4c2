package personas.math;

/**
 * The grid of standardised values: multiples of 2⁻²⁴. Doubles on one grid add up without rounding
 * while the partial sum stays below 2⁵³ steps, so their sums depend on no order.
 */
public final class Grid {
  /** Steps in one standard deviation. */
  public static final double STEPS_PER_UNIT = 1 << 24;

  private static final double STEP = 1 / STEPS_PER_UNIT;

  /**
   * The largest magnitude on the grid, 2⁴¹ steps: 2¹² values add up exactly. A standardised value
   * of n users is at most √(n-1), so none of 10¹⁰ users comes near; a user scored by another's
   * model may, and is moved to the border.
   */
  public static final double LARGEST = 1 << 17;

  private Grid() {}

  /** The nearest multiple of 2⁻²⁴ (ties to even) in ±{@link #LARGEST}; never -0. */
  public static double round(double value) {
    return roundSmall(Math.max(-LARGEST, Math.min(LARGEST, value)));
  }

  /** The same for a value that is in ±{@link #LARGEST} already. */
  public static double roundSmall(double value) {
    // Adding 0 turns -0 into 0. A step is a power of two: the product is the quotient.
    return Math.rint(value * STEPS_PER_UNIT) * STEP + 0.0;
  }
}
