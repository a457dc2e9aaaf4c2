package personas.report.privacy;

import java.util.Arrays;
import personas.report.data.Axis;
import personas.report.data.ReportData.Feature;
import personas.spec.Privacy;

/**
 * Moves a user's value to the middle of one of 64 even cells of an axis. A value that enough users
 * share is not a single person's and stays.
 */
public final class ValueGrid {
  /** The cells of an axis. */
  public static final int CELLS = 64;

  private final Axis axis;
  private final double[] sorted;
  private final int least;

  /**
   * The grid of one feature.
   *
   * @param sorted all values, ascending
   * @param least users who share a value that stays; 0 if every value stays
   */
  public ValueGrid(Axis axis, double[] sorted, int least) {
    this.axis = axis;
    this.sorted = sorted;
    this.least = least;
  }

  /** The grid of the axis on which the pictures show a feature first. */
  public static ValueGrid of(Feature feature, double[] sorted, Privacy privacy) {
    return new ValueGrid(
        feature.skewed() ? feature.log() : feature.linear(), sorted, privacy.minGroup());
  }

  /** The value that a report may show; null stays. */
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
