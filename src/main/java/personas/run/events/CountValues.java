package personas.run.events;

import java.util.Arrays;

/** Numbers of events. */
final class CountValues extends Accumulator {
  private long[] counts = {};

  @Override
  void resize(int users) {
    counts = Arrays.copyOf(counts, users);
  }

  @Override
  void add(int user, EventRow event) {
    counts[user]++;
  }

  @Override
  void write(int user, BlockWriter out) {
    out.writeVarLong(counts[user]);
  }

  @Override
  void merge(int user, BlockReader in) {
    counts[user] += in.readVarLong();
  }

  @Override
  Object value(int user, int asOf) {
    return counts[user];
  }

  @Override
  long bytes() {
    return (long) Long.BYTES * counts.length;
  }
}
