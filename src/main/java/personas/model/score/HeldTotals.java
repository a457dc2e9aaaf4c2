package personas.model.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.math.GridSum;

/**
 * The number of users held in their previous persona. For comparison, also the number of users of
 * each cluster and the inertia if each user had the persona of the nearest centroid. All sums are
 * exact, so totals can be merged in any order.
 */
public final class HeldTotals {
  private final GridSum freeInertia;
  private final long[] freeUsers;

  /** The number of held users. */
  private long users;

  /** Creates totals of 0 users for k clusters. */
  public HeldTotals(int k) {
    this(0, new long[k], new GridSum());
  }

  private HeldTotals(long users, long[] freeUsers, GridSum freeInertia) {
    this.users = users;
    this.freeUsers = freeUsers;
    this.freeInertia = freeInertia;
  }

  /**
   * Adds a block of at most 512 users.
   *
   * @param nearest the index of the nearest centroid of each user
   * @param squaredDistance the squared distance of each user to the nearest centroid
   * @param count number of users
   */
  public void addBlock(int[] nearest, double[] squaredDistance, int count) {
    freeInertia.addBlock(squaredDistance, 0, count);
    for (int i = 0; i < count; i++) {
      freeUsers[nearest[i]]++;
    }
  }

  /** Returns totals of 0 users for the same number of clusters. */
  public HeldTotals empty() {
    return new HeldTotals(freeUsers.length);
  }

  /** Counts a user of a block as held. */
  public void addHeld() {
    users++;
  }

  /** Adds the totals of other users. */
  public void merge(HeldTotals other) {
    users += other.users;
    for (int j = 0; j < freeUsers.length; j++) {
      freeUsers[j] += other.freeUsers[j];
    }
    freeInertia.merge(other.freeInertia);
  }

  /**
   * Returns the number of users that have their previous persona although another centroid is
   * nearer.
   */
  public long users() {
    return users;
  }

  /**
   * Returns, for each cluster, the number of users whose nearest centroid is the centroid of this
   * cluster.
   */
  public List<Long> freeUsers() {
    return Arrays.stream(freeUsers).boxed().toList();
  }

  /** Returns the sum of the squared distances to the nearest centroids, in standardized units. */
  public double freeInertia() {
    return freeInertia.value();
  }

  /** Writes the totals. Equal totals are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(users);
    out.writeInt(freeUsers.length);
    for (long count : freeUsers) {
      out.writeLong(count);
    }
    freeInertia.write(out);
  }

  /** Reads totals that {@link #write} wrote. */
  public static HeldTotals read(DataInput in) throws IOException {
    long users = in.readLong();
    long[] freeUsers = new long[in.readInt()];
    for (int j = 0; j < freeUsers.length; j++) {
      freeUsers[j] = in.readLong();
    }
    return new HeldTotals(users, freeUsers, GridSum.read(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldTotals that
        && users == that.users
        && Arrays.equals(freeUsers, that.freeUsers)
        && freeInertia.equals(that.freeInertia);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(users);
  }
}
