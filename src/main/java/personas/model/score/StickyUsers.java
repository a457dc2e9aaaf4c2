package personas.model.score;

import java.util.Arrays;
import java.util.List;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;
import personas.model.Model.ClusterModel;

/**
 * Holds users in their previous persona unless the nearest centroid is nearer by more than a
 * margin. A user is held only if the previous cluster still exists: a cluster of the new run has
 * the same id. {@link LloydKernel} computes all distances, so the decision is the same on every
 * machine. An instance is not thread-safe, because it owns its buffers.
 */
public final class StickyUsers {
  private static final int ABSENT = -1;

  private final double margin;
  private final LloydKernel kernel;
  private final double[][] squared;

  /**
   * The index in the new run of each cluster of the previous run; -1 if the cluster no longer
   * exists.
   */
  private final int[] indexNow;

  private final boolean[] heldUsers = new boolean[LloydKernel.BLOCK];
  private final HeldTotals totals;

  /**
   * Prepares to hold users.
   *
   * @param margin a user is held if the {@link Margin} by which another centroid is nearer is at
   *     most this value, 0..1; 0 holds nobody
   * @param centroids the centroids of the new run, standardized
   * @param ids the ids of the clusters of the new run, in the order of the centroids
   * @param previous the clusters of the previous run
   */
  public StickyUsers(
      double margin, Centroids centroids, List<Integer> ids, List<ClusterModel> previous) {
    this.margin = margin;
    this.kernel = new LloydKernel(centroids);
    this.totals = new HeldTotals(centroids.k());
    this.squared = new double[centroids.k()][LloydKernel.BLOCK];
    this.indexNow = previous.stream().mapToInt(cluster -> ids.indexOf(cluster.id())).toArray();
  }

  /**
   * Holds users of a block. A held user gets the previous cluster as the nearest cluster, and the
   * nearest cluster as the second nearest cluster.
   *
   * @param zScores d columns of standardized values of the block
   * @param count number of users in the block
   * @param codes the {@link PreviousCode} of each user
   * @param from the index of the first user of the block in the codes
   * @param found the two nearest clusters of the users; this method changes them
   */
  public void hold(double[][] zScores, int count, short[] codes, int from, NearestTwo found) {
    totals.addBlock(found.nearest(), found.best(), count);
    Arrays.fill(heldUsers, false);
    boolean isMeasured = false;
    for (int i = 0; i < count && margin > 0; i++) {
      int previous = previousCluster(codes[from + i]);
      if (previous == ABSENT || previous == found.nearest()[i]) {
        continue;
      }
      if (!isMeasured) {
        kernel.squaredDistances(zScores, 0, count, squared);
        isMeasured = true;
      }
      double distance = squared[previous][i];
      if (Margin.of(Math.sqrt(found.best()[i]), Math.sqrt(distance)) <= margin) {
        found.moveTo(i, previous, distance);
        heldUsers[i] = true;
        totals.addHeld();
      }
    }
  }

  /** Returns the index in the new run of the user's previous cluster; -1 if there is none. */
  private int previousCluster(short code) {
    return code == PreviousCode.NONE ? ABSENT : indexNow[PreviousCode.cluster(code)];
  }

  /**
   * Returns whether a user is held.
   *
   * @param i the index of the user in the last block
   */
  public boolean isHeld(int i) {
    return heldUsers[i];
  }

  /** Returns the totals of all blocks. */
  public HeldTotals totals() {
    return totals;
  }
}
