package personas.model.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.math.GridSum;

/**
 * The users who were held in their previous persona, and the inertia that all users would have had
 * in the persona of their nearest centroid. Mergeable in any order, because both sums are exact.
 */
public final class HeldTotals {
  private final GridSum freeInertia;
  private final long[] freeUsers;
  private long users;

  /** The totals of no user, with k clusters. */
  public HeldTotals(int k) {
    this(0, new long[k], new GridSum());
  }

  private HeldTotals(long users, long[] freeUsers, GridSum freeInertia) {
    this.users = users;
    this.freeUsers = freeUsers;
    this.freeInertia = freeInertia;
  }

  /**
   * Adds a block of users, at most 512.
   *
   * @param nearest the places of the nearest centroids
   * @param squaredDistance to them
   */
  public void addBlock(int[] nearest, double[] squaredDistance, int count) {
    freeInertia.addBlock(squaredDistance, 0, count);
    for (int i = 0; i < count; i++) {
      freeUsers[nearest[i]]++;
    }
  }

  /** The totals of no user, with as many clusters. */
  public HeldTotals empty() {
    return new HeldTotals(freeUsers.length);
  }

  /** Counts one of the users as held. */
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

  /** How many users have the persona of the previous run although another centroid is nearer. */
  public long users() {
    return users;
  }

  /** How many users each cluster has whose centroid is the nearest one. */
  public List<Long> freeUsers() {
    return Arrays.stream(freeUsers).boxed().toList();
  }

  /** Sum of the squared distances to the nearest centroids, in standardized units. */
  public double freeInertia() {
    return freeInertia.value();
  }

  /** Writes the totals; equal totals write equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(users);
    out.writeInt(freeUsers.length);
    for (long each : freeUsers) {
      out.writeLong(each);
    }
    freeInertia.write(out);
  }

  /** Reads what {@link #write} wrote. */
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
