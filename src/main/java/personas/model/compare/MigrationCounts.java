package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Who went where between two runs: users per earlier and new cluster. Mergeable in any order.
 *
 * <p>Invariants: the cells of a new cluster sum up to its users; the cells of an earlier cluster,
 * its leavers and minus its repeated users, to its users then.
 */
public final class MigrationCounts implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[] before;
  private final int now;
  private final long[] cells;
  private final long[] seen;
  private long byUsers;
  private long byCentroids;

  /**
   * Of no user.
   *
   * @param before users of each cluster of the earlier run
   * @param now clusters of the new one
   */
  public MigrationCounts(long[] before, int now) {
    this(before.clone(), now, new long[(before.length + 1) * now], new long[before.length]);
  }

  private MigrationCounts(long[] before, int now, long[] cells, long[] seen) {
    this.before = before;
    this.now = now;
    this.cells = cells;
    this.seen = seen;
  }

  /**
   * Counts a row of a user who was in the earlier run.
   *
   * @param from the cluster then
   * @param isFirstRow whether no earlier row of the new run is of the same user
   */
  public void addReturningUser(int from, boolean isFirstRow, int to) {
    cells[from * now + to]++;
    seen[from] += isFirstRow ? 1 : 0;
  }

  /** Counts a row of a user who was not in the earlier run. */
  public void addNewUser(int to) {
    cells[before.length * now + to]++;
  }

  /**
   * Says of a user whose cluster changed why.
   *
   * @param users whether the user moved: to another cluster even by the earlier model; else the
   *     centroids did
   */
  public void addCause(boolean users) {
    if (users) {
      byUsers++;
    } else {
      byCentroids++;
    }
  }

  /** Adds the counts of other rows of the new run, between the same runs. */
  public void merge(MigrationCounts other) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] += other.cells[i];
    }
    for (int i = 0; i < seen.length; i++) {
      seen[i] += other.seen[i];
    }
    byUsers += other.byUsers;
    byCentroids += other.byCentroids;
  }

  /**
   * Adds the counts of a part that has other ids than this one, in both runs: the users of the
   * earlier clusters are added up too.
   */
  public void mergeOtherUsers(MigrationCounts other) {
    for (int i = 0; i < before.length; i++) {
      before[i] += other.before[i];
    }
    merge(other);
  }

  /**
   * The same users with the clusters in other places.
   *
   * @param rows the new place of each earlier cluster
   * @param columns the new place of each new cluster
   * @param before the number of places of earlier clusters
   * @param now the number of places of new clusters
   */
  public MigrationCounts moved(int[] rows, int[] columns, int before, int now) {
    MigrationCounts moved = new MigrationCounts(new long[before], now);
    for (int from = 0; from <= rows.length; from++) {
      int row = from == rows.length ? before : rows[from];
      for (int to = 0; to < columns.length; to++) {
        moved.cells[row * now + columns[to]] = cells[from * this.now + to];
      }
    }
    for (int from = 0; from < rows.length; from++) {
      moved.before[rows[from]] = this.before[from];
      moved.seen[rows[from]] = seen[from];
    }
    moved.byUsers = byUsers;
    moved.byCentroids = byCentroids;
    return moved;
  }

  /** Users of an earlier cluster that are in a new one now. */
  public long users(int from, int to) {
    return cells[from * now + to];
  }

  /** Users of a new cluster who were not in the earlier run. */
  public long joiners(int to) {
    return cells[before.length * now + to];
  }

  /** Users of an earlier cluster then. */
  public long before(int from) {
    return before[from];
  }

  /** Users of an earlier cluster who are not in the new run. */
  public long leavers(int from) {
    return before[from] - seen[from];
  }

  /** Changes of cluster that the earlier model makes too. */
  public long byUsers() {
    return byUsers;
  }

  /** Changes of cluster that it does not make. */
  public long byCentroids() {
    return byCentroids;
  }

  /** Those of no user, between the same runs. */
  public MigrationCounts empty() {
    return new MigrationCounts(before, now);
  }

  /** How many clusters the earlier run had. */
  public int clustersBefore() {
    return before.length;
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(before.length);
    out.writeInt(now);
    for (int i = 0; i < before.length; i++) {
      out.writeLong(before[i]);
      out.writeLong(seen[i]);
    }
    for (long cell : cells) {
      out.writeLong(cell);
    }
    out.writeLong(byUsers);
    out.writeLong(byCentroids);
  }

  public static MigrationCounts read(DataInput in) throws IOException {
    long[] before = new long[in.readInt()];
    int now = in.readInt();
    long[] seen = new long[before.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = in.readLong();
      seen[i] = in.readLong();
    }
    long[] cells = new long[(before.length + 1) * now];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = in.readLong();
    }
    MigrationCounts read = new MigrationCounts(before, now, cells, seen);
    read.byUsers = in.readLong();
    read.byCentroids = in.readLong();
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MigrationCounts that
        && Arrays.equals(before, that.before)
        && now == that.now
        && Arrays.equals(cells, that.cells)
        && Arrays.equals(seen, that.seen)
        && byUsers == that.byUsers
        && byCentroids == that.byCentroids;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }
}
