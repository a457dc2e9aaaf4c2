package personas.feature;

import java.io.Serializable;

/**
 * The raw limits at which the values of a feature are winsorized. Both limits are values of users.
 *
 * @param lower the lower limit; smaller values are set to it
 * @param upper the upper limit; larger values are set to it
 * @param below the number of training users below {@code lower}
 * @param above the number of training users above {@code upper}
 */
public record ValueLimits(double lower, double upper, long below, long above)
    implements Serializable {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if the limits are not in order, or a count is negative
   */
  public ValueLimits {
    if (!(lower < upper) || below < 0 || above < 0) {
      throw new IllegalArgumentException(
          ("limits: %s..%s with %d and %d users; the lower limit must be smaller and counts must not be"
                  + " negative")
              .formatted(lower, upper, below, above));
    }
  }

  /** Returns the winsorized value; NaN stays NaN. */
  public double winsorized(double raw) {
    return raw > upper ? upper : raw < lower ? lower : raw;
  }
}
