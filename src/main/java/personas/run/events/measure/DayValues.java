package personas.run.events.measure;

import java.util.Arrays;
import personas.spec.event.MeasureFunction;

/**
 * Computes, for each user, the days in UTC from the latest or the first event to the date {@code
 * asOf}.
 */
final class DayValues extends Accumulator {
  private static final int NONE = Integer.MIN_VALUE;

  private final boolean isLatest;
  private int[] days = {};

  DayValues(MeasureFunction function) {
    this.isLatest = function == MeasureFunction.DAYS_SINCE_LAST;
  }

  @Override
  public void resize(int users) {
    int oldLength = days.length;
    days = Arrays.copyOf(days, users);
    if (users > oldLength) {
      Arrays.fill(days, oldLength, users, NONE);
    }
  }

  @Override
  public void add(int user, EventRow event) {
    update(user, event.day());
  }

  private void update(int user, int day) {
    int known = days[user];
    if (known == NONE || (isLatest ? day > known : day < known)) {
      days[user] = day;
    }
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeVarLong(Integer.toUnsignedLong(days[user]));
  }

  @Override
  public void merge(int user, BlockReader in) {
    int day = (int) in.readVarLong();
    if (day != NONE) {
      update(user, day);
    }
  }

  @Override
  public Object value(int user, int asOf) {
    return days[user] == NONE ? null : (Object) ((long) asOf - days[user]);
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * days.length;
  }
}
