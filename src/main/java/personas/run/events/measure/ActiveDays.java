package personas.run.events.measure;

import java.util.Arrays;

/** Counts the distinct dates, in UTC, on which each user has an event. */
final class ActiveDays extends Accumulator {
  private final UserPairs days = new UserPairs();
  private int[] counts = {};

  @Override
  public void resize(int users) {
    counts = Arrays.copyOf(counts, users);
  }

  @Override
  public void add(int user, EventRow event) {
    add(user, event.day());
  }

  private void add(int user, int day) {
    if (days.add(user, day)) {
      counts[user]++;
    }
  }

  @Override
  public void prepare() {
    days.sort(counts.length);
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeVarLong(counts[user]);
    int start = days.start(user);
    for (int index = start; index < start + counts[user]; index++) {
      out.writeVarLong(Integer.toUnsignedLong(days.number(index)));
    }
  }

  @Override
  public void merge(int user, BlockReader in) {
    for (long remaining = in.readVarLong(); remaining > 0; remaining--) {
      add(user, (int) in.readVarLong());
    }
  }

  @Override
  public Object value(int user, int asOf) {
    return (long) counts[user];
  }

  @Override
  public long bytes() {
    return days.bytes() + (long) Integer.BYTES * counts.length;
  }
}
