package personas.math;

/**
 * The grid of standardized values: multiples of 2⁻²⁴. Doubles on the grid add up without rounding
 * while the partial sum stays below 2⁵³ steps, so the order of additions does not change a sum.
 */
public final class Grid {
  /** The number of steps in one standard deviation. */
  public static final double STEPS_PER_UNIT = 1 << 24;

  private static final double STEP = 1 / STEPS_PER_UNIT;

  /**
   * The largest magnitude on the grid, 2⁴¹ steps. At least 2¹² values add up exactly. The
   * standardized values of n users are at most √(n-1), so 10¹⁰ users stay below this limit. A value
   * of a user who is scored with the model of other users may exceed the limit and is clipped.
   */
  public static final double LARGEST = 1 << 17;

  private Grid() {}

  /**
   * Returns the nearest multiple of 2⁻²⁴ (ties to even), clipped to ±{@link #LARGEST}; never -0.
   */
  public static double round(double value) {
    return roundSmall(Math.max(-LARGEST, Math.min(LARGEST, value)));
  }

  /**
   * Returns the nearest multiple of 2⁻²⁴ (ties to even) of a value within ±{@link #LARGEST}; never
   * -0. The range is not checked.
   */
  public static double roundSmall(double value) {
    // Adding 0 turns -0 into 0. A step is a power of two, so the product is exact.
    return Math.rint(value * STEPS_PER_UNIT) * STEP + 0.0;
  }
}
