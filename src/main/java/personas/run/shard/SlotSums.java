package personas.run.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.feature.shard.ShardReference;
import personas.kmeans.BoundedKernel;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.KnownAssignment;
import personas.kmeans.LloydKernel;
import personas.kmeans.LloydState;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.run.state.Manifest;
import personas.run.state.TrainingState;

/** Computes the sums of one pass over the shards of one slot. */
public final class SlotSums {
  private SlotSums() {}

  /**
   * Returns the sums of each candidate of a state.
   *
   * @param state the state before the pass
   * @param shards the shards of the slot
   * @param clusters the numbers of clusters that the run trains
   * @param costs counts the shards and the distances
   */
  public static List<CandidateSums> of(
      TrainingState state, List<ShardReference> shards, List<Integer> clusters, PassCosts costs)
      throws IOException {
    List<CandidatePass> passes = new ArrayList<>();
    for (int i = 0; i < state.candidates().size(); i++) {
      passes.add(new CandidatePass(i, state.candidates().get(i), state.hasOneCandidate()));
    }
    Manifest manifest = state.manifest();
    for (ShardReference reference : shards) {
      CachedShard shard = ShardCache.get(reference, clusters, costs);
      synchronized (shard) {
        PointBlocks points = shard.points(manifest.standardizer());
        passes.forEach(pass -> pass.add(shard, points));
      }
    }
    passes.forEach(pass -> pass.count(costs));
    return passes.stream().map(CandidatePass::sums).toList();
  }

  /** The pass of one candidate over the shards. */
  private static final class CandidatePass {
    private final int candidate;
    private final LloydState lloyd;

    /** Null if the iteration of the candidate is done. */
    private final BoundedKernel kernel;

    /** Null if the iteration of the candidate is done. */
    private final PassSums pass;

    /** Null if this pass does not measure the clusters. */
    private final ClusterMetricSums.Measure measure;

    /** Distances that were computed again, because the cache had evicted a shard. */
    private long recomputedDistances;

    /** Pairs of a point and a centroid of this pass. */
    private long pairs;

    /**
     * Prepares the pass.
     *
     * @param number the index of the candidate
     * @param candidate the candidate
     * @param isOnly whether there are no other candidates, so that the final pass computes the
     *     metrics
     */
    CandidatePass(int number, Candidate candidate, boolean isOnly) {
      this.candidate = number;
      this.lloyd = candidate.lloyd();
      boolean moves = !lloyd.isDone();
      this.kernel = moves ? new BoundedKernel(lloyd.centroids()) : null;
      this.pass = moves ? new PassSums(lloyd.centroids().k(), lloyd.centroids().d()) : null;
      this.measure =
          moves || isOnly || candidate.isMeasured()
              ? null
              : new ClusterMetricSums.Measure(lloyd.spread());
    }

    void add(CachedShard shard, PointBlocks points) {
      for (int from = 0; measure != null && from < shard.rows(); from += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, shard.rows() - from);
        measure.weigh(shard.weights(), from);
        measure.add(points.block(from, count), 0, count);
      }
      if (pass == null) {
        return;
      }
      KnownAssignment known = shard.assignment(candidate, pass.k());
      if (!known.belongsTo(lloyd.previous())) {
        known.forget();
        if (lloyd.previous() != null) {
          // The cache evicted the shard. The previous assignment is computed again, so that the
          // number of changed users does not depend on the cache.
          BoundedKernel previous = new BoundedKernel(lloyd.previous());
          new PassSums(pass.k(), pass.d()).addShard(points, null, previous, known);
          recomputedDistances += previous.distances();
        }
      }
      pass.addShard(points, shard.weights(), kernel, known);
      pairs += (long) shard.rows() * pass.k();
    }

    /** Counts the distances of all shards of this pass. */
    void count(PassCosts costs) {
      if (pass != null) {
        costs.addDistances(recomputedDistances + kernel.distances(), pairs);
      }
    }

    CandidateSums sums() {
      return new CandidateSums(pass, measure == null ? null : measure.sums());
    }
  }
}
