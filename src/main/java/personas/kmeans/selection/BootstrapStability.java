package personas.kmeans.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.confidence.Spread;
import personas.confidence.UserBootstrap;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.seeding.Seeding;
import personas.math.LinearAssignment;
import personas.math.SplitMix64;

/**
 * The stability of the clusters of a clustering, by bootstrap. Each bootstrap sample is clustered
 * again. The similarity of two clusters is the Jaccard similarity of their users in the bootstrap
 * sample. The stability of a cluster is its similarity with the most similar new cluster, averaged
 * over the samples. A cluster with a stability of 0.75 or more is called stable. A cluster that is
 * found only in half of the samples, or that is cut differently each time, has a lower stability.
 *
 * <p>Source: C. Hennig, <i>Cluster-wise assessment of cluster stability</i>, Computational
 * Statistics & Data Analysis 52, 2007. The result depends only on the points, the centroids and the
 * seed.
 */
final class BootstrapStability {
  /** The number of bootstrap samples. */
  static final int BOOTSTRAPS = 20;

  /** The number of new starts in each bootstrap sample. */
  private static final int RESTARTS = 2;

  private final double[][] columns;
  private final int rows;

  /**
   * Prepares bootstrap samples of the given points.
   *
   * @param columns d columns of standardized values on the grid
   * @param rows number of points in each column
   */
  BootstrapStability(double[][] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * The results over all bootstrap samples.
   *
   * @param stability the stability of the clusters. The mean of a cluster without a user in any
   *     bootstrap sample is 0. The interval of a cluster is null if the cluster is the same in all
   *     samples, or has users in fewer than five of them
   * @param flow how many users change their cluster between two bootstrap samples
   */
  record Findings(SampleDiagnostics.Stability stability, ResampledFlow flow) {}

  /**
   * Clusters each bootstrap sample again, and compares the result with the given clustering and
   * with the next sample.
   */
  Findings of(Centroids centroids, long seed) {
    int[] clusters = LloydKernel.nearestOf(columns, rows, centroids);
    int k = centroids.k();
    int[][] resampled = new int[BOOTSTRAPS][];
    // Samples are clustered in parallel and added up in their order.
    List<double[]> similarities =
        IntStream.range(0, BOOTSTRAPS)
            .parallel()
            .mapToObj(b -> similarity(b, clusters, centroids, seed, resampled))
            .toList();
    List<Double> stability = new ArrayList<>();
    List<Interval> intervals = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      double[] ofCluster = similaritiesOf(similarities, j);
      stability.add(Spread.of(ofCluster).mean());
      intervals.add(interval(ofCluster));
    }
    double[] least =
        similarities.stream()
            // A cluster without a user in the sample has the similarity 0.
            .mapToDouble(sample -> Math.max(0, Arrays.stream(sample).min().orElse(0)))
            .toArray();
    return new Findings(
        new SampleDiagnostics.Stability(stability, intervals, StabilitySpread.of(least)),
        ResampledFlow.of(clusters, List.of(resampled), k));
  }

  /**
   * Returns the similarities of a cluster in the bootstrap samples that have a user of the cluster.
   */
  private static double[] similaritiesOf(List<double[]> similarities, int cluster) {
    return similarities.stream()
        .mapToDouble(sample -> sample[cluster])
        .filter(similarity -> similarity >= 0)
        .toArray();
  }

  /**
   * Returns the 95% interval of the mean similarity. Similarities are skewed near 1, so the
   * interval is computed for 1 minus the similarity.
   *
   * @return within 0..1; null if all similarities are 1, because they then do not vary, or if there
   *     are fewer than five
   */
  private static Interval interval(double[] similarities) {
    double[] distances = Arrays.stream(similarities).map(similarity -> 1 - similarity).toArray();
    Interval distance = UserBootstrap.positiveMean(Spread.of(distances));
    return distance == null
        ? null
        : new Interval(Math.max(0, 1 - distance.high()), Math.max(0, 1 - distance.low()));
  }

  /**
   * Returns the similarity of each cluster in one bootstrap sample; -1 if the sample has no user of
   * the cluster.
   *
   * @param resampled gets the clusters of all users in the new clustering, with the indices of the
   *     clusters that they correspond to in the given clustering
   */
  private double[] similarity(
      int b, int[] clusters, Centroids centroids, long seed, int[][] resampled) {
    int[] drawn = draw(new SplitMix64(seed * BOOTSTRAPS + b));
    Centroids newCentroids = recluster(new Seeding(pick(drawn), rows), centroids, seed + b);
    int[] newClusters = LloydKernel.nearestOf(columns, rows, newCentroids);
    int[] oldClusters = matched(newCentroids, centroids);
    resampled[b] = Arrays.stream(newClusters).map(cluster -> oldClusters[cluster]).toArray();
    return jaccard(clusters, centroids.k(), newClusters, newCentroids.k(), distinct(drawn));
  }

  /**
   * Returns the old cluster that each new cluster corresponds to. The assignment has the smallest
   * sum of squared distances between centroids.
   */
  private static int[] matched(Centroids newCentroids, Centroids centroids) {
    double[][] now = newCentroids.toRows();
    double[][] old = centroids.toRows();
    double[][] cost = new double[now.length][old.length];
    for (int i = 0; i < now.length; i++) {
      for (int j = 0; j < old.length; j++) {
        for (int f = 0; f < now[i].length; f++) {
          cost[i][j] += (now[i][f] - old[j][f]) * (now[i][f] - old[j][f]);
        }
      }
    }
    return LinearAssignment.minimize(cost);
  }

  /**
   * Clusters a sample from the given centroids and from new starts, and returns the better result.
   */
  private static Centroids recluster(Seeding seeding, Centroids centroids, long seed) {
    Seeding.Start known = seeding.from(centroids);
    Seeding.Start fresh = seeding.greedy(centroids.k(), seed, RESTARTS);
    return fresh.inertia() < known.inertia() ? fresh.centroids() : known.centroids();
  }

  private int[] draw(SplitMix64 random) {
    int[] drawn = new int[rows];
    for (int i = 0; i < rows; i++) {
      drawn[i] = random.nextInt(rows);
    }
    // The order of the sample gives the new points a canonical order.
    Arrays.sort(drawn);
    return drawn;
  }

  private double[][] pick(int[] drawn) {
    double[][] picked = new double[columns.length][rows];
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < rows; i++) {
        picked[f][i] = columns[f][drawn[i]];
      }
    }
    return picked;
  }

  private static int[] distinct(int[] sorted) {
    return Arrays.stream(sorted).distinct().toArray();
  }

  /**
   * Returns per old cluster the similarity with the most similar new cluster; -1 for a cluster
   * without users in the sample.
   *
   * @param users the distinct users of the sample
   */
  private static double[] jaccard(
      int[] oldClusters, int k, int[] newClusters, int newK, int[] users) {
    int[][] common = new int[k][newK];
    int[] ofOld = new int[k];
    int[] ofNew = new int[newK];
    for (int i : users) {
      common[oldClusters[i]][newClusters[i]]++;
      ofOld[oldClusters[i]]++;
      ofNew[newClusters[i]]++;
    }
    double[] best = new double[k];
    for (int j = 0; j < k; j++) {
      best[j] = ofOld[j] == 0 ? -1 : 0;
      for (int c = 0; c < newK && ofOld[j] > 0; c++) {
        best[j] = Math.max(best[j], (double) common[j][c] / (ofOld[j] + ofNew[c] - common[j][c]));
      }
    }
    return best;
  }
}
