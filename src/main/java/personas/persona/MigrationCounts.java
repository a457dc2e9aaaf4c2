package personas.persona;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Who went where between two runs: users per earlier and new cluster. Mergeable in any order.
 *
 * <p>Invariants: the cells of a new cluster sum up to its users; the cells of an earlier cluster,
 * its leavers and minus its repeated users, to its users then.
 */
public final class MigrationCounts {
  private final int before;
  private final int now;
  private final long[] cells;
  private final BitSet seen;
  private long byUsers;
  private long byCentroids;

  /**
   * Of no user.
   *
   * @param before clusters of the earlier run
   * @param now clusters of the new one
   */
  public MigrationCounts(int before, int now) {
    this(before, now, new long[(before + 1) * now], new BitSet());
  }

  private MigrationCounts(int before, int now, long[] cells, BitSet seen) {
    this.before = before;
    this.now = now;
    this.cells = cells;
    this.seen = seen;
  }

  /** A user who was in the earlier run, at an entry that is the user's own, in a cluster of it. */
  public void stayed(int entry, int from, int to) {
    cells[from * now + to]++;
    seen.set(entry);
  }

  /** A user who was not in the earlier run. */
  public void joined(int to) {
    cells[before * now + to]++;
  }

  /**
   * Says of a user whose cluster changed why.
   *
   * @param users whether the user moved: to another cluster even by the earlier model; else the
   *     centroids did
   */
  public void because(boolean users) {
    if (users) {
      byUsers++;
    } else {
      byCentroids++;
    }
  }

  public void merge(MigrationCounts other) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] += other.cells[i];
    }
    seen.or(other.seen);
    byUsers += other.byUsers;
    byCentroids += other.byCentroids;
  }

  /** Users of an earlier cluster that are in a new one now. */
  public long users(int from, int to) {
    return cells[from * now + to];
  }

  /** Users of a new cluster who were not in the earlier run. */
  public long joiners(int to) {
    return cells[before * now + to];
  }

  /** Whether the user of an entry is in the new run. */
  public boolean isSeen(int entry) {
    return seen.get(entry);
  }

  /** Changes of cluster that the earlier model makes too. */
  public long byUsers() {
    return byUsers;
  }

  /** Changes of cluster that it does not make. */
  public long byCentroids() {
    return byCentroids;
  }

  public int before() {
    return before;
  }

  public int now() {
    return now;
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(before);
    out.writeInt(now);
    for (long cell : cells) {
      out.writeLong(cell);
    }
    out.writeLong(byUsers);
    out.writeLong(byCentroids);
    long[] words = seen.toLongArray();
    out.writeInt(words.length);
    for (long word : words) {
      out.writeLong(word);
    }
  }

  public static MigrationCounts read(DataInput in) throws IOException {
    int before = in.readInt();
    int now = in.readInt();
    long[] cells = new long[(before + 1) * now];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = in.readLong();
    }
    long byUsers = in.readLong();
    long byCentroids = in.readLong();
    long[] words = new long[in.readInt()];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.readLong();
    }
    MigrationCounts read = new MigrationCounts(before, now, cells, BitSet.valueOf(words));
    read.byUsers = byUsers;
    read.byCentroids = byCentroids;
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MigrationCounts that
        && before == that.before
        && now == that.now
        && Arrays.equals(cells, that.cells)
        && seen.equals(that.seen)
        && byUsers == that.byUsers
        && byCentroids == that.byCentroids;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }
}
