package personas.run.events.measure;

import java.util.Arrays;
import personas.math.Hashing;

/** Counts, for each user, the different texts of a column; a missing text does not count. */
final class DistinctValues extends Accumulator {
  private final int column;
  private final TextIndex texts = new TextIndex();
  private final UserPairs pairs = new UserPairs();
  private int[] counts = {};

  DistinctValues(int column) {
    this.column = column;
  }

  @Override
  public void resize(int users) {
    counts = Arrays.copyOf(counts, users);
  }

  @Override
  public void add(int user, EventRow event) {
    if (!event.isMissing(column)) {
      add(user, event.bytes(column), event.start(column), event.end(column));
    }
  }

  private void add(int user, byte[] text, int from, int to) {
    if (pairs.add(user, texts.add(Hashing.hash64(0, text, from, to), text, from, to))) {
      counts[user]++;
    }
  }

  @Override
  public void prepare() {
    pairs.sort(counts.length);
  }

  @Override
  public void write(int user, BlockWriter out) {
    out.writeVarLong(counts[user]);
    int start = pairs.start(user);
    for (int index = start; index < start + counts[user]; index++) {
      int text = pairs.number(index);
      out.writeText(texts.texts(), texts.start(text), texts.end(text));
    }
  }

  @Override
  public void merge(int user, BlockReader in) {
    for (long remaining = in.readVarLong(); remaining > 0; remaining--) {
      int length = (int) in.readVarLong();
      int start = in.skip(length);
      add(user, in.bytes(), start, start + length);
    }
  }

  @Override
  public Object value(int user, int asOf) {
    return (long) counts[user];
  }

  @Override
  public long bytes() {
    return texts.bytes() + pairs.bytes() + (long) Integer.BYTES * counts.length;
  }
}
