package personas.feature;

import java.io.Serializable;

/**
 * The values of a feature that those beyond them count as: both are values of users, raw.
 *
 * @param lower what lies below counts as this
 * @param upper what lies above counts as this
 * @param below users of the training below {@code lower}
 * @param above users of the training above {@code upper}
 */
public record ValueLimits(double lower, double upper, long below, long above)
    implements Serializable {
  /**
   * @throws IllegalArgumentException where the limits are not in order, or a count is negative
   */
  public ValueLimits {
    if (!(lower < upper) || below < 0 || above < 0) {
      throw new IllegalArgumentException(
          "limits: %s..%s, of %d and %d users".formatted(lower, upper, below, above));
    }
  }

  /** The value, or the limit that it lies beyond; NaN stays. */
  public double limited(double raw) {
    return raw > upper ? upper : raw < lower ? lower : raw;
  }
}
