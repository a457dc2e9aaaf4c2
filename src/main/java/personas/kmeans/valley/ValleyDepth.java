package personas.kmeans.valley;

import java.util.Arrays;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;

/**
 * Whether clusters that touch have a valley between them, or are two halves of one heap: K-Means
 * cuts a heap as readily as it tells two apart, and some cuts are stable. The users of two
 * neighbouring clusters are projected on the line through their centroids; where they are one heap
 * the projections have one peak, and the {@link DipStatistic} tells.
 *
 * <p>A projection of both clusters' users, as in A. Kalogeratos and A. Likas, <i>Dip-means</i>,
 * NIPS 2012. So that a small cluster beside a large one is not drowned, only the part of the large
 * one that lies towards it counts: a distribution with one peak has one peak in every interval.
 */
public final class ValleyDepth {
  /** Users of the larger cluster for each of the smaller one. */
  private static final int MOST_PER_USER = 2;

  /** Fewer tell nothing. */
  private static final int LEAST_USERS = 8;

  private final double[][] untied;
  private final int rows;
  private final Centroids centroids;
  private final int[] nearest;
  private final int[] second;

  /**
   * @param columns d columns of standardised values on the grid, in a canonical order of the points
   */
  public ValleyDepth(double[][] columns, int rows, Centroids centroids) {
    this.untied = new double[columns.length][];
    Arrays.setAll(untied, f -> TieSpreading.of(columns[f], rows, f));
    this.rows = rows;
    this.centroids = centroids;
    this.nearest = new int[rows];
    this.second = new int[rows];
    NearestTwo found = new NearestTwo(LloydKernel.BLOCK);
    LloydKernel kernel = new LloydKernel(centroids);
    for (int from = 0; from < rows; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, rows - from);
      kernel.nearestTwo(columns, from, count, found);
      System.arraycopy(found.nearest(), 0, nearest, from, count);
      System.arraycopy(found.second(), 0, second, from, count);
    }
  }

  /**
   * The valley of the pair of neighbours that is least apart, (√n + 1) times the dip of its n
   * users: in this form a heap as flat as a heap can be has more than 0.56 in 5 of 100 samples,
   * than 0.60 in 2 and than 0.65 in 1, whether n is 50 or 2,000. 0 where k is 1, and where two
   * neighbours have fewer than 8 users between them.
   */
  public double shallowest() {
    int k = centroids.k();
    boolean[][] touch = new boolean[k][k];
    for (int i = 0; i < rows && k > 1; i++) {
      int a = Math.min(nearest[i], second[i]);
      int b = Math.max(nearest[i], second[i]);
      touch[a][b] = true;
    }
    double least = k == 1 ? 0 : Double.POSITIVE_INFINITY;
    for (int a = 0; a < k; a++) {
      for (int b = a + 1; b < k; b++) {
        if (touch[a][b]) {
          least = Math.min(least, between(a, b));
        }
      }
    }
    return least == Double.POSITIVE_INFINITY ? 0 : least;
  }

  private double between(int a, int b) {
    double[] left = projections(a, a, b);
    double[] right = projections(b, a, b);
    int most = MOST_PER_USER * Math.min(left.length, right.length);
    left = Arrays.copyOfRange(left, Math.max(0, left.length - most), left.length);
    right = Arrays.copyOf(right, Math.min(right.length, most));
    if (left.length + right.length < LEAST_USERS) {
      return 0;
    }
    double[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    Arrays.sort(both);
    return (Math.sqrt(both.length) + 1) * DipStatistic.of(both);
  }

  /** The users of a cluster on the line from centroid a to centroid b, ascending. */
  private double[] projections(int cluster, int a, int b) {
    double[] projected = new double[rows];
    int size = 0;
    for (int i = 0; i < rows; i++) {
      if (nearest[i] == cluster) {
        double sum = 0;
        for (int f = 0; f < untied.length; f++) {
          sum += untied[f][i] * (centroids.at(b, f) - centroids.at(a, f));
        }
        projected[size++] = sum;
      }
    }
    double[] sorted = Arrays.copyOf(projected, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
