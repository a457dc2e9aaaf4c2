package personas.report.privacy;

import java.util.Arrays;
import personas.report.data.Axis;
import personas.report.data.ReportData.Feature;
import personas.spec.Privacy;

/**
 * Moves a user's value to the middle of one of 64 even cells of an axis. A value that enough users
 * share stays, because it does not identify a user.
 */
public final class ValueGrid {
  /** The number of cells of an axis. */
  static final int CELLS = 64;

  private final Axis axis;
  private final double[] sorted;
  private final int least;

  /**
   * Creates the grid of a feature.
   *
   * @param sorted all values, ascending
   * @param least number of users who must share a value that stays; 0 if every value stays
   */
  public ValueGrid(Axis axis, double[] sorted, int least) {
    this.axis = axis;
    this.sorted = sorted;
    this.least = least;
  }

  /** Returns the grid of the axis on which pictures show a feature first. */
  public static ValueGrid of(Feature feature, double[] sorted, Privacy privacy) {
    return new ValueGrid(
        feature.skewed() ? feature.log() : feature.linear(), sorted, privacy.minGroup());
  }

  /** Returns the value that the report may show; null for null. */
  public Double shown(Double value) {
    if (least == 0 || value == null || value.isNaN() || isCommon(value)) {
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
    while (from > 0 && sorted[from - 1] == value && at - from < least) {
      from--;
    }
    int to = at + 1;
    while (to < sorted.length && sorted[to] == value && to - from < least) {
      to++;
    }
    return to - from >= least;
  }
}
