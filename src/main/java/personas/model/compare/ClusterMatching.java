package personas.model.compare;

import java.util.Arrays;
import personas.math.LinearAssignment;

/**
 * Which clusters of an earlier run the clusters of a new one are: the one-to-one assignment with
 * the least sum of distances, where a pair that lies too far apart is none. The numbers of clusters
 * may differ. All distances are Euclidean, in standard deviations.
 *
 * <p>The two limits are from measurements on the simulated personas (five features, 20 seeds of
 * each): other users of the same groups move a centroid by at most 0.36σ where there are 300 of
 * them, 0.20σ of 1,000, 0.07σ of 10,000; 5 % noise on each value by 0.13σ of 100 users, 0.06σ of
 * 300; the halves of a cluster that is cut in two lie 0.5σ to 1.1σ from where it was; another
 * group's place is at least 2.1σ away.
 */
public final class ClusterMatching {
  /** A cluster whose centroid moved no further is the same at the same place. */
  public static final double KEPT = 0.4;

  /** A cluster that lies further away is another one. */
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

  /** What became of a cluster. */
  public enum Change {
    KEPT,
    MOVED,
    NEW,
    RETIRED
  }

  /**
   * Matches clusters. Deterministic; ties go to the lowest index.
   *
   * @param before k₁ × d, in standard deviations
   * @param now k₂ × d, on the same scale
   */
  public static ClusterMatching of(double[][] before, double[][] now) {
    // Each new cluster also has a column of its own that stands for no earlier one; that costs what
    // the furthest pair costs, so that no pair beyond is ever better than none.
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
      boolean paired = column[j] < before.length;
      previousOf[j] = paired ? column[j] : NONE;
      shift[j] = paired ? distance(before[column[j]], now[j]) : Double.NaN;
      if (paired) {
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

  /** The earlier cluster of a new one; -1 where it is new. */
  public int previousOf(int now) {
    return previousOf[now];
  }

  /** The new cluster of an earlier one; -1 where it is retired. */
  public int nowOf(int previous) {
    return nowOf[previous];
  }

  /** How far the centroid of a new cluster moved; NaN where the cluster is new. */
  public double shift(int now) {
    return shift[now];
  }

  /** What a new cluster is: kept, moved or new. */
  public Change change(int now) {
    if (previousOf[now] == NONE) {
      return Change.NEW;
    }
    return shift[now] <= KEPT ? Change.KEPT : Change.MOVED;
  }
}
