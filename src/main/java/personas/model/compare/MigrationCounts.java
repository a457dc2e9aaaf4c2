package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts of users by their cluster in an earlier and in a new run. Counts can be merged in any
 * order.
 *
 * <p>Invariants: the cells of a new cluster add up to the users of that cluster. The cells of an
 * earlier cluster plus leavers minus repeated rows add up to the users of that cluster.
 */
public final class MigrationCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of users of each earlier cluster. */
  private final long[] before;

  /** The number of new clusters. */
  private final int now;

  /**
   * The number of rows for each earlier and each new cluster, row-major. The last row counts users
   * that were not in the earlier run.
   */
  private final long[] cells;

  /** The number of users of each earlier cluster that are in the new run. */
  private final long[] returned;

  private long byUsers;
  private long byCentroids;

  /**
   * Creates counts of 0 users.
   *
   * @param before number of users of each cluster of the earlier run
   * @param now number of clusters of the new run
   */
  public MigrationCounts(long[] before, int now) {
    this(before.clone(), now, new long[(before.length + 1) * now], new long[before.length]);
  }

  private MigrationCounts(long[] before, int now, long[] cells, long[] returned) {
    this.before = before;
    this.now = now;
    this.cells = cells;
    this.returned = returned;
  }

  /**
   * Counts a row of a user that was in the earlier run.
   *
   * @param from the index of the cluster in the earlier run
   * @param isFirstRow whether this is the first row of the user in the new run
   * @param to the index of the cluster in the new run
   */
  public void addReturningUser(int from, boolean isFirstRow, int to) {
    cells[from * now + to]++;
    returned[from] += isFirstRow ? 1 : 0;
  }

  /** Counts a row of a user that was not in the earlier run. */
  public void addNewUser(int to) {
    cells[before.length * now + to]++;
  }

  /**
   * Counts the cause of a change of cluster.
   *
   * @param isByUser whether the earlier model also assigns the user's present values to another
   *     cluster; otherwise the user changed because the centroids moved
   */
  public void addCause(boolean isByUser) {
    if (isByUser) {
      byUsers++;
    } else {
      byCentroids++;
    }
  }

  /** Adds the counts of other rows of the new run for the same two runs. */
  public void merge(MigrationCounts other) {
    for (int i = 0; i < cells.length; i++) {
      cells[i] += other.cells[i];
    }
    for (int i = 0; i < returned.length; i++) {
      returned[i] += other.returned[i];
    }
    byUsers += other.byUsers;
    byCentroids += other.byCentroids;
  }

  /**
   * Adds the counts of other users in both runs. The users of the earlier clusters are added up
   * too.
   */
  void mergeOtherUsers(MigrationCounts other) {
    for (int i = 0; i < before.length; i++) {
      before[i] += other.before[i];
    }
    merge(other);
  }

  /**
   * Returns the counts with clusters at other indices.
   *
   * @param rows the new index of each earlier cluster
   * @param columns the new index of each new cluster
   * @param before number of earlier clusters
   * @param now number of new clusters
   */
  public MigrationCounts reindexed(int[] rows, int[] columns, int before, int now) {
    MigrationCounts result = new MigrationCounts(new long[before], now);
    for (int from = 0; from <= rows.length; from++) {
      int row = from == rows.length ? before : rows[from];
      for (int to = 0; to < columns.length; to++) {
        result.cells[row * now + columns[to]] = cells[from * this.now + to];
      }
    }
    for (int from = 0; from < rows.length; from++) {
      result.before[rows[from]] = this.before[from];
      result.returned[rows[from]] = returned[from];
    }
    result.byUsers = byUsers;
    result.byCentroids = byCentroids;
    return result;
  }

  /** Returns the number of users of an earlier cluster that are in a new cluster. */
  public long users(int from, int to) {
    return cells[from * now + to];
  }

  /** Returns the number of users of a new cluster that were not in the earlier run. */
  public long joiners(int to) {
    return cells[before.length * now + to];
  }

  /** Returns the number of users of an earlier cluster in the earlier run. */
  public long before(int from) {
    return before[from];
  }

  /** Returns the number of users of an earlier cluster that are absent from the new run. */
  public long leavers(int from) {
    return before[from] - returned[from];
  }

  /** Returns the number of changes of cluster that the earlier model makes too. */
  public long byUsers() {
    return byUsers;
  }

  /** Returns the number of changes of cluster that the earlier model does not make. */
  public long byCentroids() {
    return byCentroids;
  }

  /** Returns counts of 0 users for the same two runs. */
  public MigrationCounts empty() {
    return new MigrationCounts(before, now);
  }

  /** Returns the number of clusters of the earlier run. */
  public int clustersBefore() {
    return before.length;
  }

  /** Writes the counts. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(before.length);
    out.writeInt(now);
    for (int i = 0; i < before.length; i++) {
      out.writeLong(before[i]);
      out.writeLong(returned[i]);
    }
    for (long cell : cells) {
      out.writeLong(cell);
    }
    out.writeLong(byUsers);
    out.writeLong(byCentroids);
  }

  /** Reads counts that {@link #write} wrote. */
  public static MigrationCounts read(DataInput in) throws IOException {
    long[] before = new long[in.readInt()];
    int now = in.readInt();
    long[] returned = new long[before.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = in.readLong();
      returned[i] = in.readLong();
    }
    long[] cells = new long[(before.length + 1) * now];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = in.readLong();
    }
    MigrationCounts counts = new MigrationCounts(before, now, cells, returned);
    counts.byUsers = in.readLong();
    counts.byCentroids = in.readLong();
    return counts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MigrationCounts that
        && Arrays.equals(before, that.before)
        && now == that.now
        && Arrays.equals(cells, that.cells)
        && Arrays.equals(returned, that.returned)
        && byUsers == that.byUsers
        && byCentroids == that.byCentroids;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }
}
