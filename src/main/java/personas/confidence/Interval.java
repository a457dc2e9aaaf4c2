package personas.confidence;

import java.io.Serializable;

/**
 * A 95% confidence interval.
 *
 * @param low the lower end, in the unit of the estimated figure
 * @param high the upper end, at least {@code low}
 */
public record Interval(double low, double high) implements Serializable {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low: " + low + " is above high " + high);
    }
  }

  /** Returns the interval, or null if an end is not finite. */
  static Interval of(double low, double high) {
    // Adding 0 turns -0 into 0.
    return Double.isFinite(low) && Double.isFinite(high)
        ? new Interval(low + 0.0, high + 0.0)
        : null;
  }

  /** Returns whether a value is outside of the interval. */
  public boolean excludes(double value) {
    return value < low || value > high;
  }
}
