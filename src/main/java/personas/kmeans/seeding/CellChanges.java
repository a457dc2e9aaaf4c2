package personas.kmeans.seeding;

import java.util.Arrays;

/** The changes that one pass of {@link NeighborLloyd} makes to one cluster. */
final class CellChanges {
  /** Whether the pass compared each point of the cluster with other centroids. */
  private boolean isCompared;

  private int[] stayedRows = new int[0];
  private int stayedCount;
  private double stayedInertia;

  /** The largest squared distance of a point that stayed. */
  private double largestStayed;

  private int[] leftRows = new int[4];
  private int leftCount;
  private int[] joinedRows = new int[4];
  private int joinedCount;
  private double joinedInertia;

  /** The largest squared distance of a point that joined. */
  private double largestJoined;

  /**
   * Marks the cluster as compared. The caller then calls {@link #stay} or {@link #leave} for each
   * point of the cluster. A cluster without this mark keeps all its points.
   */
  void beginComparison(int members) {
    isCompared = true;
    stayedRows = new int[members];
  }

  /** Keeps a point; {@code squared} is its squared distance to the centroid. */
  void stay(int row, double squared) {
    stayedRows[stayedCount++] = row;
    stayedInertia += squared;
    largestStayed = Math.max(largestStayed, squared);
  }

  /** Removes a point. */
  void leave(int row) {
    leftRows = leftCount == leftRows.length ? Arrays.copyOf(leftRows, 2 * leftCount) : leftRows;
    leftRows[leftCount++] = row;
  }

  /** Adds a point; {@code squared} is its squared distance to the centroid. */
  void join(int row, double squared) {
    joinedRows =
        joinedCount == joinedRows.length ? Arrays.copyOf(joinedRows, 2 * joinedCount) : joinedRows;
    joinedRows[joinedCount++] = row;
    joinedInertia += squared;
    largestJoined = Math.max(largestJoined, squared);
  }

  /** Returns the cluster after the changes, with the centroid at the mean of the points. */
  Cell apply(Cell before, double[][] columns) {
    double inertia = (isCompared ? stayedInertia : before.inertia) + joinedInertia;
    double radius = isCompared ? Math.sqrt(largestStayed) : before.radius;
    radius = Math.max(radius, Math.sqrt(largestJoined));
    int[] members = members(before);
    if (members.length == 0) {
      return new Cell(members, new double[columns.length], before.centroid, 0, 0);
    }
    double[] sums = members == before.members ? before.sums : sums(before, columns);
    double[] mean = new double[columns.length];
    for (int f = 0; f < mean.length; f++) {
      mean[f] = sums[f] / members.length;
    }
    double shift = Cell.squaredDistance(before.centroid, mean);
    return new Cell(
        members, sums, mean, radius + Math.sqrt(shift), inertia - members.length * shift);
  }

  private int[] members(Cell before) {
    if (leftCount == 0 && joinedCount == 0) {
      return before.members;
    }
    int staying = isCompared ? stayedCount : before.members.length;
    int[] members = Arrays.copyOf(isCompared ? stayedRows : before.members, staying + joinedCount);
    System.arraycopy(joinedRows, 0, members, staying, joinedCount);
    return members;
  }

  /** Returns the new sums. Values on the grid are added and subtracted exactly. */
  private double[] sums(Cell before, double[][] columns) {
    double[] sums = before.sums.clone();
    for (int f = 0; f < sums.length; f++) {
      double[] column = columns[f];
      for (int i = 0; i < leftCount; i++) {
        sums[f] -= column[leftRows[i]];
      }
      for (int i = 0; i < joinedCount; i++) {
        sums[f] += column[joinedRows[i]];
      }
    }
    return sums;
  }
}
