package personas.kmeans.seeding;

import java.util.Arrays;

/** The changes that one pass of {@link NeighborLloyd} makes to one cluster. */
final class CellChanges {
  /** Whether the pass compared each point of the cluster with other centroids. */
  private boolean compared;

  private int[] stayed = new int[0];
  private int stayedCount;
  private double stayedInertia;
  private double stayedFarthest;
  private int[] left = new int[4];
  private int leftCount;
  private int[] joined = new int[4];
  private int joinedCount;
  private double joinedInertia;
  private double joinedFarthest;

  /**
   * Marks the cluster as compared. The caller then calls {@link #stay} or {@link #leave} for each
   * of its points. A cluster without this mark keeps all its points.
   */
  void beginCompared(int members) {
    compared = true;
    stayed = new int[members];
  }

  /** Keeps a point; {@code squared} is its squared distance to the centroid. */
  void stay(int row, double squared) {
    stayed[stayedCount++] = row;
    stayedInertia += squared;
    stayedFarthest = Math.max(stayedFarthest, squared);
  }

  /** Removes a point. */
  void leave(int row) {
    left = leftCount == left.length ? Arrays.copyOf(left, 2 * leftCount) : left;
    left[leftCount++] = row;
  }

  /** Adds a point; {@code squared} is its squared distance to the centroid. */
  void join(int row, double squared) {
    joined = joinedCount == joined.length ? Arrays.copyOf(joined, 2 * joinedCount) : joined;
    joined[joinedCount++] = row;
    joinedInertia += squared;
    joinedFarthest = Math.max(joinedFarthest, squared);
  }

  /** Returns the cluster after the changes, with the centroid at the mean of the points. */
  Cell apply(Cell before, double[][] columns) {
    double inertia = (compared ? stayedInertia : before.inertia) + joinedInertia;
    double radius = compared ? Math.sqrt(stayedFarthest) : before.radius;
    radius = Math.max(radius, Math.sqrt(joinedFarthest));
    int[] members = members(before);
    if (members.length == 0) {
      return new Cell(members, new double[columns.length], before.centroid, 0, 0);
    }
    double[] sums = members == before.members ? before.sums : sums(before, columns);
    double[] mean = new double[columns.length];
    for (int f = 0; f < mean.length; f++) {
      mean[f] = sums[f] / members.length;
    }
    double shift = Cell.squared(before.centroid, mean);
    return new Cell(
        members, sums, mean, radius + Math.sqrt(shift), inertia - members.length * shift);
  }

  private int[] members(Cell before) {
    if (leftCount == 0 && joinedCount == 0) {
      return before.members;
    }
    int staying = compared ? stayedCount : before.members.length;
    int[] members = Arrays.copyOf(compared ? stayed : before.members, staying + joinedCount);
    System.arraycopy(joined, 0, members, staying, joinedCount);
    return members;
  }

  /** Returns the new sums. Values on the grid are added and subtracted exactly. */
  private double[] sums(Cell before, double[][] columns) {
    double[] sums = before.sums.clone();
    for (int f = 0; f < sums.length; f++) {
      double[] column = columns[f];
      for (int i = 0; i < leftCount; i++) {
        sums[f] -= column[left[i]];
      }
      for (int i = 0; i < joinedCount; i++) {
        sums[f] += column[joined[i]];
      }
    }
    return sums;
  }
}
