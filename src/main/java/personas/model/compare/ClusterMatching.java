package personas.model.compare;

import java.util.Arrays;
import personas.math.LinearAssignment;

/**
 * Matches the clusters of a new run with the clusters of an earlier run. The matching is the
 * one-to-one assignment with the smallest sum of distances, in which clusters that are too far
 * apart stay unmatched. The runs may differ in the number of clusters. All distances are Euclidean,
 * in standard deviations.
 *
 * <p>The two limits come from measurements on simulated personas with five features and 20 seeds.
 * Other users of the same group move a centroid by at most 0.36 standard deviations for 300 users,
 * 0.20 for 1,000 and 0.07 for 10,000. Noise of 5% on each value moves a centroid by 0.13 for 100
 * users and 0.06 for 300. The centroids of the halves of a split cluster are 0.5 to 1.1 from the
 * old centroid, and the centroids of other groups are at least 2.1 from it.
 */
public final class ClusterMatching {
  /** The largest shift of a centroid, in standard deviations, for a cluster that counts as kept. */
  public static final double KEPT = 0.4;

  /**
   * The largest shift of a centroid, in standard deviations, for a cluster that counts as moved. A
   * cluster at a larger distance is a new cluster.
   */
  public static final double MOVED = 1.2;

  private static final int NONE = -1;

  private final int[] previousOf;
  private final double[] shift;
  private final int[] nowOf;

  private ClusterMatching(int[] previousOf, double[] shift, int[] nowOf) {
    this.previousOf = previousOf;
    this.shift = shift;
    this.nowOf = nowOf;
  }

  /** The change of a cluster between two runs. */
  public enum Change {
    KEPT,
    MOVED,
    NEW,
    RETIRED
  }

  /**
   * Matches the clusters of two runs. Ties go to the lowest index.
   *
   * @param before k₁ × d centroids of the earlier run, in standard deviations
   * @param now k₂ × d centroids of the new run, on the same scale
   */
  public static ClusterMatching of(double[][] before, double[][] now) {
    // Each new cluster also has a column for "no earlier cluster". This column costs as much as the
    // farthest allowed pair, so a pair beyond that distance is never chosen.
    double[][] cost = new double[now.length][before.length + now.length];
    for (int j = 0; j < now.length; j++) {
      Arrays.fill(cost[j], MOVED);
      for (int i = 0; i < before.length; i++) {
        double distance = distance(before[i], now[j]);
        cost[j][i] = distance <= MOVED ? distance : 2 * MOVED;
      }
    }
    int[] column = LinearAssignment.minimize(cost);
    int[] previousOf = new int[now.length];
    double[] shift = new double[now.length];
    int[] nowOf = new int[before.length];
    Arrays.fill(nowOf, NONE);
    for (int j = 0; j < now.length; j++) {
      boolean isPaired = column[j] < before.length;
      previousOf[j] = isPaired ? column[j] : NONE;
      shift[j] = isPaired ? distance(before[column[j]], now[j]) : Double.NaN;
      if (isPaired) {
        nowOf[column[j]] = j;
      }
    }
    return new ClusterMatching(previousOf, shift, nowOf);
  }

  private static double distance(double[] a, double[] b) {
    double squared = 0;
    for (int f = 0; f < a.length; f++) {
      double difference = a[f] - b[f];
      squared += difference * difference;
    }
    return Math.sqrt(squared);
  }

  /**
   * Returns the index of the earlier cluster that a new run's cluster continues; -1 if the cluster
   * is new.
   */
  public int previousOf(int cluster) {
    return previousOf[cluster];
  }

  /**
   * Returns the index of the new cluster that continues an earlier cluster; -1 if the earlier
   * cluster is retired.
   */
  public int nowOf(int previousCluster) {
    return nowOf[previousCluster];
  }

  /**
   * Returns the distance that the centroid of a cluster moved since the earlier run, in standard
   * deviations; NaN if the cluster is new.
   */
  public double shift(int cluster) {
    return shift[cluster];
  }

  /** Returns whether a cluster of the new run is kept, moved or new. */
  public Change change(int cluster) {
    if (previousOf[cluster] == NONE) {
      return Change.NEW;
    }
    return shift[cluster] <= KEPT ? Change.KEPT : Change.MOVED;
  }
}
