package personas.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An even sample of the users: the {@code capacity} with the smallest hashes. Which users that are
 * depends on their ids and the seed alone, never on order, files or workers; so samples merge in
 * any order (bottom-k sampling: E. Cohen and H. Kaplan, PODC 2007).
 */
public final class UserSample {

  private static final class Entry {
    final long hash;
    final double[] raw;

    Entry(long hash, double[] raw) {
      this.hash = hash;
      this.raw = raw;
    }
  }

  private static final Comparator<Entry> ORDER =
      ((Comparator<Entry>) (a, b) -> Long.compareUnsigned(a.hash, b.hash))
          .thenComparing(entry -> entry.raw, Arrays::compare);

  private final int capacity;
  private final int d;
  private final PriorityQueue<Entry> largestFirst;

  /** The sample of no user. */
  public UserSample(int capacity, int d) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " is below 1");
    }
    this.capacity = capacity;
    this.d = d;
    this.largestFirst = new PriorityQueue<>(ORDER.reversed());
  }

  /** Offers the user of one row of raw columns. */
  public void add(long hash, double[][] columns, int row) {
    if (largestFirst.size() == capacity
        && Long.compareUnsigned(hash, largestFirst.peek().hash) > 0) {
      return;
    }
    double[] raw = new double[d];
    for (int f = 0; f < d; f++) {
      raw[f] = columns[f][row];
    }
    add(new Entry(hash, raw));
  }

  private void add(Entry entry) {
    largestFirst.add(entry);
    if (largestFirst.size() > capacity) {
      largestFirst.poll();
    }
  }

  public void merge(UserSample other) {
    other.largestFirst.forEach(this::add);
  }

  /**
   * Merges what {@link #write} wrote; it lies there by hash, so reading ends with the first user
   * that comes too late.
   */
  public void mergeFrom(DataInput in) throws IOException {
    in.readInt();
    in.readInt();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Entry entry = readEntry(in, d);
      if (largestFirst.size() == capacity && ORDER.compare(entry, largestFirst.peek()) > 0) {
        return;
      }
      add(entry);
    }
  }

  private static Entry readEntry(DataInput in, int d) throws IOException {
    long hash = in.readLong();
    double[] raw = new double[d];
    for (int f = 0; f < d; f++) {
      raw[f] = in.readDouble();
    }
    return new Entry(hash, raw);
  }

  /** Users in the sample. */
  public int size() {
    return largestFirst.size();
  }

  /** n rows of d raw values, by hash; NaN where a value was missing. */
  public double[][] rows() {
    return largestFirst.stream()
        .sorted(ORDER)
        .map(entry -> entry.raw.clone())
        .toArray(double[][]::new);
  }

  private long[] hashes() {
    return largestFirst.stream().sorted(ORDER).mapToLong(entry -> entry.hash).toArray();
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(capacity);
    out.writeInt(d);
    out.writeInt(size());
    Entry[] sorted = largestFirst.stream().sorted(ORDER).toArray(Entry[]::new);
    for (Entry entry : sorted) {
      out.writeLong(entry.hash);
      for (double value : entry.raw) {
        out.writeDouble(value);
      }
    }
  }

  public static UserSample read(DataInput in) throws IOException {
    UserSample sample = new UserSample(in.readInt(), in.readInt());
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      sample.add(readEntry(in, sample.d));
    }
    return sample;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserSample that
        && capacity == that.capacity
        && Arrays.equals(hashes(), that.hashes())
        && Arrays.deepEquals(rows(), that.rows());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows());
  }
}
