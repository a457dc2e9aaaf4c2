package personas.report.privacy;

import java.util.Arrays;
import personas.report.data.Axis;
import personas.report.data.ReportData.Feature;
import personas.spec.Privacy;

/**
 * Replaces a user's raw value by the middle of one of 64 equally wide cells of an axis. A value
 * that enough users share is not replaced, because it does not identify a user.
 */
public final class ValueGrid {
  /** The number of cells of an axis. */
  static final int CELLS = 64;

  private final Axis axis;
  private final double[] sorted;
  private final int minUsers;

  /**
   * Creates the grid of a feature.
   *
   * @param axis the axis whose cells are used
   * @param sorted all raw values, ascending
   * @param minUsers the number of users who must share a value that is not replaced; 0 if no value
   *     is replaced
   */
  public ValueGrid(Axis axis, double[] sorted, int minUsers) {
    this.axis = axis;
    this.sorted = sorted;
    this.minUsers = minUsers;
  }

  /**
   * Returns the grid of the axis that charts use by default: logarithmic for a skewed feature,
   * otherwise linear.
   */
  public static ValueGrid of(Feature feature, double[] sorted, Privacy privacy) {
    return new ValueGrid(
        feature.skewed() ? feature.log() : feature.linear(), sorted, privacy.minGroup());
  }

  /**
   * Returns the value that the report may show; null for null. The value and the result are raw.
   */
  public Double valueToShow(Double value) {
    if (minUsers == 0 || value == null || value.isNaN() || isCommon(value)) {
      return value;
    }
    double cell = Math.floor(CELLS * axis.position(value));
    return axis.value((Math.max(0, Math.min(CELLS - 1.0, cell)) + 0.5) / CELLS);
  }

  private boolean isCommon(double value) {
    int at = Arrays.binarySearch(sorted, value);
    if (at < 0) {
      return false;
    }
    int from = at;
    while (from > 0 && sorted[from - 1] == value && at - from < minUsers) {
      from--;
    }
    int to = at + 1;
    while (to < sorted.length && sorted[to] == value && to - from < minUsers) {
      to++;
    }
    return to - from >= minUsers;
  }
}
