package personas.run.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import personas.run.state.ShardReference;
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
      passes.add(CandidatePass.of(i, state.candidates().get(i), state.hasOneCandidate()));
    }
    Manifest manifest = state.manifest();
    for (ShardReference reference : shards) {
      CachedShard shard = ShardCache.get(reference, clusters, costs);
      // A retried bundle may use the same cached shard at the same time.
      synchronized (shard) {
        PointBlocks points = shard.points(manifest.standardizer());
        passes.forEach(pass -> pass.add(shard, points));
      }
    }
    passes.forEach(pass -> pass.count(costs));
    return passes.stream().map(CandidatePass::sums).toList();
  }

  /** The pass of one candidate over the shards. */
  private interface CandidatePass {
    /**
     * Prepares the pass.
     *
     * @param index the index of the candidate
     * @param candidate the candidate
     * @param isOnly whether the run has one candidate, so that the final pass computes the metrics
     */
    static CandidatePass of(int index, Candidate candidate, boolean isOnly) {
      if (!candidate.lloyd().isDone()) {
        return new StepPass(index, candidate.lloyd());
      }
      return isOnly || candidate.isMeasured() ? new NoPass() : new MetricsPass(candidate.lloyd());
    }

    void add(CachedShard shard, PointBlocks points);

    /** Counts the distances of all shards of this pass. */
    default void count(PassCosts costs) {}

    CandidateSums sums();
  }

  /** The pass of a candidate whose metrics are known or are left to the final pass. */
  private record NoPass() implements CandidatePass {
    @Override
    public void add(CachedShard shard, PointBlocks points) {}

    @Override
    public CandidateSums sums() {
      return new CandidateSums.Nothing();
    }
  }

  /** The pass of a candidate whose iteration has not ended. */
  private static final class StepPass implements CandidatePass {
    private final int candidate;
    private final LloydState lloyd;
    private final BoundedKernel kernel;
    private final PassSums sums;

    /** Distances that were computed again, because the cache had evicted a shard. */
    private long recomputedDistances;

    /** Pairs of a point and a centroid of this pass. */
    private long pairs;

    StepPass(int candidate, LloydState lloyd) {
      this.candidate = candidate;
      this.lloyd = lloyd;
      this.kernel = new BoundedKernel(lloyd.centroids());
      this.sums = new PassSums(lloyd.centroids().k(), lloyd.centroids().d());
    }

    @Override
    public void add(CachedShard shard, PointBlocks points) {
      KnownAssignment known = shard.assignment(candidate, sums.k());
      if (!known.belongsTo(lloyd.previous())) {
        known.forget();
        if (lloyd.previous() != null) {
          // The cache evicted the shard. The previous assignment is computed again, so that the
          // number of changed users does not depend on the cache.
          BoundedKernel previous = new BoundedKernel(lloyd.previous());
          new PassSums(sums.k(), sums.d()).addShard(points, null, previous, known);
          recomputedDistances += previous.distances();
        }
      }
      sums.addShard(points, shard.weights(), kernel, known);
      pairs += (long) shard.rows() * sums.k();
    }

    @Override
    public void count(PassCosts costs) {
      costs.addDistances(recomputedDistances + kernel.distances(), pairs);
    }

    @Override
    public CandidateSums sums() {
      return new CandidateSums.Step(sums);
    }
  }

  /** The pass that measures the clusters of a candidate whose iteration has ended. */
  private static final class MetricsPass implements CandidatePass {
    private final ClusterMetricSums.Measure measure;

    MetricsPass(LloydState ended) {
      this.measure = new ClusterMetricSums.Measure(ended.spread());
    }

    @Override
    public void add(CachedShard shard, PointBlocks points) {
      for (int from = 0; from < shard.rows(); from += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, shard.rows() - from);
        measure.weigh(shard.weights(), from);
        measure.add(points.block(from, count), 0, count);
      }
    }

    @Override
    public CandidateSums sums() {
      return new CandidateSums.Metrics(measure.sums());
    }
  }
}
