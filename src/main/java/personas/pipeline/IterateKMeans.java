package personas.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionView;
import personas.data.ShardReference;
import personas.kmeans.Candidate;
import personas.kmeans.CandidateSums;
import personas.kmeans.LloydKernel;
import personas.kmeans.LloydState;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import personas.kmeans.SeparationSums;
import personas.pipeline.ShardCache.CachedShard;
import personas.spec.ClusteringSpec;

/**
 * One pass over all shards for all candidates: the pass before is a side input, this one comes out
 * as the next. A candidate that is done costs nothing.
 *
 * <p>The pass starts from a tiny source of its own, the slot numbers. The pass before is consumed
 * this once: the first slot hands the state on beside the sums. So there is one path through the
 * graph of a job, however many passes it unrolls; with two a pass, a planner that walks every path
 * never ends.
 */
final class IterateKMeans extends PTransform<PBegin, PCollectionView<Pass>> {
  private static final long serialVersionUID = 1;

  private final PCollectionView<Pass> before;
  private final RunPlan plan;

  IterateKMeans(PCollectionView<Pass> before, RunPlan plan) {
    this.before = before;
    this.plan = plan;
  }

  @Override
  public PCollectionView<Pass> expand(PBegin begin) {
    return begin
        .apply("Slots", SideBySide.slots(plan))
        .apply("Sum clusters", ParDo.of(new SumSlots(before, plan)).withSideInputs(before))
        .setCoder(Pass.coder())
        .apply(
            "Merge sums", Combine.globally(new Pass.Merge()).withoutDefaults().asSingletonView());
  }

  /** Slots → the sums of their shards; nothing is read once the state is done. */
  private static final class SumSlots extends DoFn<List<Integer>, Pass> {
    private static final long serialVersionUID = 1;

    private final Counter passes = Metrics.counter("personas", "full_passes");
    private final PCollectionView<Pass> before;
    private final ClusteringSpec clustering;
    private final Folder staging;
    private final int slots;

    SumSlots(PCollectionView<Pass> before, RunPlan plan) {
      this.before = before;
      this.clustering = plan.spec().clustering();
      this.staging = plan.stagingFolder();
      this.slots = plan.slots();
    }

    @ProcessElement
    public void process(@Element List<Integer> taken, ProcessContext context) throws IOException {
      Pass pass = context.sideInput(before);
      SegmentState state = pass.next(clustering);
      boolean first = taken.contains(0);
      if (first && state.lloyd().iterations() > pass.state().lloyd().iterations()) {
        ProgressMarks.pass(staging, state.lloyd());
      }
      if (first && !state.isDone()) {
        passes.inc();
      }
      SideBySide.map(taken, slot -> sum(state, slot)).forEach(context::output);
    }

    private Pass sum(SegmentState state, int slot) throws IOException {
      SegmentState carried = slot == 0 ? state : null;
      if (state.isDone()) {
        return new Pass(carried, null);
      }
      List<SlotSums> candidates = new ArrayList<>();
      for (int i = 0; i < state.candidates().size(); i++) {
        candidates.add(new SlotSums(i, state.candidates().get(i), state.isGiven()));
      }
      Manifest manifest = state.manifest();
      for (ShardReference reference : manifest.shardsOf(slot, slots)) {
        CachedShard shard = ShardCache.get(reference, clustering.k().candidates().size());
        synchronized (shard) {
          PointBlocks points = shard.points(manifest.standardizer());
          candidates.forEach(each -> each.add(shard, points));
        }
      }
      return new Pass(carried, candidates.stream().map(SlotSums::sums).toList());
    }
  }

  /** The sums of one candidate over the shards of a slot. */
  private static final class SlotSums {
    private final int candidate;
    private final LloydState lloyd;
    private final LloydKernel kernel;
    private final PassSums pass;
    private final SeparationSums.Measure measure;

    /**
     * @param given whether it is the only candidate, which the final pass measures
     */
    SlotSums(int number, Candidate candidate, boolean given) {
      this.candidate = number;
      this.lloyd = candidate.lloyd();
      boolean moves = !lloyd.isDone();
      this.kernel = moves ? new LloydKernel(lloyd.centroids()) : null;
      this.pass = moves ? new PassSums(lloyd.centroids().k(), lloyd.centroids().d()) : null;
      this.measure =
          moves || given || candidate.isMeasured()
              ? null
              : new SeparationSums.Measure(lloyd.spread());
    }

    void add(CachedShard shard, PointBlocks points) {
      for (int from = 0; measure != null && from < shard.rows(); from += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, shard.rows() - from);
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
      pass.addShard(points, shard.rows(), kernel, assignment);
      shard.keep(candidate, lloyd.iterations() + 1, assignment);
    }

    CandidateSums sums() {
      return new CandidateSums(pass, measure == null ? null : measure.sums());
    }
  }
}
