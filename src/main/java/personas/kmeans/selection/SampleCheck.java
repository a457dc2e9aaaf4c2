package personas.kmeans.selection;

import personas.kmeans.Centroids;
import personas.kmeans.valley.ValleyDepth;

/** Computes what the sample says of one clustering: its stability and its valleys. */
public final class SampleCheck {
  /** Users of the sample that valleys are searched in. More would not change a choice. */
  private static final int MAX_USERS = 5_000;

  /** Users of each bootstrap sample, which is clustered anew. */
  private static final int MAX_BOOTSTRAP_USERS = 2_000;

  private SampleCheck() {}

  /**
   * Checks a clustering on the first points of a sample, which are as evenly chosen as all of it.
   *
   * @param columns d columns of standardized values on the grid, in a canonical order of the points
   * @param rows points in each column, at least 1
   * @param centroids of the clustering
   * @param seed of the bootstrap samples
   * @return the stability of each cluster and the depth of the shallowest valley
   */
  public static SampleDiagnostics of(double[][] columns, int rows, Centroids centroids, long seed) {
    int users = Math.min(rows, MAX_USERS);
    int drawn = Math.min(rows, MAX_BOOTSTRAP_USERS);
    BootstrapStability.Findings bootstraps =
        new BootstrapStability(columns, drawn).of(centroids, seed);
    return new SampleDiagnostics(
        users,
        bootstraps.stability(),
        bootstraps.intervals(),
        new ValleyDepth(columns, users, centroids).shallowest(),
        bootstraps.spread(),
        bootstraps.flow());
  }
}
