package personas.run.events.measure;

import java.util.Arrays;

/** Counts the events of each user. */
final class CountValues extends Accumulator {
  private long[] counts = {};

  @Override
  public void resize(int users) {
    counts = Arrays.copyOf(counts, users);
  }

  @Override
  public void add(int user, EventRow event) {
    counts[user]++;
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeVarLong(counts[user]);
  }

  @Override
  public void merge(int user, BlockReader in) {
    counts[user] += in.readVarLong();
  }

  @Override
  public Object value(int user, int asOf) {
    return counts[user];
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * counts.length;
  }
}
