package personas.kmeans.selection;

import personas.kmeans.Centroids;
import personas.kmeans.valley.ValleyDepth;

/**
 * Computes the diagnostics of one clustering on the sample: the stability of the clusters and the
 * valleys between them.
 */
public final class SampleCheck {
  /**
   * The maximum number of users for the search for valleys. More users would not change a choice of
   * k.
   */
  private static final int MAX_USERS = 5_000;

  /** The maximum number of users in each bootstrap sample. */
  private static final int MAX_BOOTSTRAP_USERS = 2_000;

  private SampleCheck() {}

  /**
   * Checks a clustering on the first points of a sample. The first points of a random sample are a
   * random sample too.
   *
   * @param columns d columns of standardized values on the grid, in a canonical order of the points
   * @param rows number of points in each column, at least 1
   * @param centroids the centroids of the clustering
   * @param seed the seed of the bootstrap samples
   * @return the stability of each cluster and the depth of the shallowest valley
   */
  public static SampleDiagnostics of(double[][] columns, int rows, Centroids centroids, long seed) {
    int users = Math.min(rows, MAX_USERS);
    int bootstrapUsers = Math.min(rows, MAX_BOOTSTRAP_USERS);
    BootstrapStability.Findings bootstraps =
        new BootstrapStability(columns, bootstrapUsers).of(centroids, seed);
    return new SampleDiagnostics(
        users,
        bootstraps.stability(),
        new ValleyDepth(columns, users, centroids).shallowest(),
        bootstraps.flow());
  }
}
