package personas.model.score;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import personas.math.GridSum;

/**
 * The users who were held in their previous persona, and the inertia that all users would have had
 * in the persona of their nearest centroid. Mergeable in any order, because both sums are exact.
 */
public final class HeldTotals {
  private final GridSum freeInertia;
  private long users;

  /** The totals of no user. */
  public HeldTotals() {
    this(0, new GridSum());
  }

  private HeldTotals(long users, GridSum freeInertia) {
    this.users = users;
    this.freeInertia = freeInertia;
  }

  /** Adds a block of users: their squared distances to the nearest centroid, at most 512. */
  public void addBlock(double[] squaredDistance, int count) {
    freeInertia.addBlock(squaredDistance, 0, count);
  }

  /** Counts one of the users as held. */
  public void addHeld() {
    users++;
  }

  /** Adds the totals of other users. */
  public void merge(HeldTotals other) {
    users += other.users;
    freeInertia.merge(other.freeInertia);
  }

  /** How many users have the persona of the previous run although another centroid is nearer. */
  public long users() {
    return users;
  }

  /** Sum of the squared distances to the nearest centroids, in standardized units. */
  public double freeInertia() {
    return freeInertia.value();
  }

  /** Writes the totals; equal totals write equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(users);
    freeInertia.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static HeldTotals read(DataInput in) throws IOException {
    return new HeldTotals(in.readLong(), GridSum.read(in));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldTotals that
        && users == that.users
        && freeInertia.equals(that.freeInertia);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(users);
  }
}
