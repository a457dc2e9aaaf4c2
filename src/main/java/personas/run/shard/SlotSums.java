package personas.run.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.feature.shard.ShardReference;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.LloydKernel;
import personas.kmeans.LloydState;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.run.state.Manifest;
import personas.run.state.TrainingState;

/** What one pass adds up over the shards of one slot. */
public final class SlotSums {
  private SlotSums() {}

  /**
   * The sums of each candidate of a state.
   *
   * @param candidates the most candidates that the run trains
   */
  public static List<CandidateSums> of(
      TrainingState state, List<ShardReference> shards, int candidates, ShardCache.Lookups lookups)
      throws IOException {
    List<OneCandidate> sums = new ArrayList<>();
    for (int i = 0; i < state.candidates().size(); i++) {
      sums.add(new OneCandidate(i, state.candidates().get(i), state.hasOneCandidate()));
    }
    Manifest manifest = state.manifest();
    for (ShardReference reference : shards) {
      CachedShard shard = ShardCache.get(reference, candidates, lookups);
      synchronized (shard) {
        PointBlocks points = shard.points(manifest.standardizer());
        sums.forEach(each -> each.add(shard, points));
      }
    }
    return sums.stream().map(OneCandidate::sums).toList();
  }

  /** The sums of one candidate. */
  private static final class OneCandidate {
    private final int candidate;
    private final LloydState lloyd;
    private final LloydKernel kernel;
    private final PassSums pass;
    private final ClusterMetricSums.Measure measure;

    /**
     * @param isOnly whether it is the only candidate, which the final pass measures
     */
    OneCandidate(int number, Candidate candidate, boolean isOnly) {
      this.candidate = number;
      this.lloyd = candidate.lloyd();
      boolean moves = !lloyd.isDone();
      this.kernel = moves ? new LloydKernel(lloyd.centroids()) : null;
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
      int[] assignment = shard.assignmentOf(candidate, lloyd.iterations());
      if (assignment == null) {
        assignment = shard.freshAssignment(candidate);
        if (lloyd.previous() != null) {
          // The cache lost it: find it again, so that the count of changes never depends on one.
          new PassSums(pass.k(), pass.d())
              .addShard(points, shard.rows(), new LloydKernel(lloyd.previous()), assignment);
        }
      }
      pass.addShard(points, shard.rows(), shard.weights(), kernel, assignment);
      shard.keep(candidate, lloyd.iterations() + 1, assignment);
    }

    CandidateSums sums() {
      return new CandidateSums(pass, measure == null ? null : measure.sums());
    }
  }
}
