package personas.run.events.measure;

import java.util.Arrays;
import personas.spec.event.MeasureFunction;

/**
 * Computes, for each user, the smallest or the largest number of a column. The value of a user
 * without a number is missing.
 */
final class ExtremeValues extends Accumulator {
  private final boolean isMax;
  private final int column;
  private double[] extremes = {};

  ExtremeValues(MeasureFunction function, int column) {
    this.isMax = function == MeasureFunction.MAX;
    this.column = column;
  }

  @Override
  public void resize(int users) {
    int oldLength = extremes.length;
    extremes = Arrays.copyOf(extremes, users);
    if (users > oldLength) {
      Arrays.fill(extremes, oldLength, users, Double.NaN);
    }
  }

  @Override
  public void add(int user, EventRow event) {
    update(user, event.number(column));
  }

  private void update(int user, double number) {
    double known = extremes[user];
    if (Double.isNaN(known) || (isMax ? number > known : number < known)) {
      extremes[user] = number;
    }
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeDouble(extremes[user]);
  }

  @Override
  public void merge(int user, BlockReader in) {
    update(user, in.readDouble());
  }

  @Override
  public Object value(int user, int asOf) {
    return Double.isNaN(extremes[user]) ? null : (Object) extremes[user];
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * extremes.length;
  }
}
