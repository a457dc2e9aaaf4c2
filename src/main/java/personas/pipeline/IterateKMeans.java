package personas.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
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
 * One pass over all shards for all candidates: the parts of the pass before → those of this one. A
 * candidate that is done costs nothing.
 *
 * <p>On a cluster the pass starts from a tiny source of its own, the slot numbers, and the pass
 * before is a side input. That is consumed this once: the first slot hands the state on beside the
 * sums. So there is one path through the graph of a job, however many passes it unrolls; with two a
 * pass, a planner that walks every path never ends.
 */
final class IterateKMeans extends PTransform<PCollection<Pass>, PCollection<Pass>> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  private IterateKMeans(RunPlan plan) {
    this.plan = plan;
  }

  /** As many passes as one job makes: a step each, or one step where it holds all tasks. */
  static PCollection<Pass> passes(PCollection<Pass> start, RunPlan plan) {
    if (plan.ownThreads()) {
      return start.apply("Iterations", new IterateKMeans(plan));
    }
    PCollection<Pass> pass = start;
    for (int i = 1; i <= plan.iterationsPerJob(); i++) {
      String name = String.format(Locale.ROOT, "Iteration %02d", i);
      pass = pass.apply(name, new IterateKMeans(plan));
    }
    return pass;
  }

  @Override
  public PCollection<Pass> expand(PCollection<Pass> parts) {
    return sums(parts).setCoder(Pass.coder());
  }

  private PCollection<Pass> sums(PCollection<Pass> parts) {
    Summing summing = new Summing(plan);
    if (plan.ownThreads()) {
      return parts.apply(
          "Sum clusters",
          MapElements.into(TypeDescriptor.of(Pass.class))
              .via(new SumAll(summing, plan.iterationsPerJob())));
    }
    PCollectionView<Pass> before = parts.apply("Merge sums", Pass.merged());
    return parts
        .getPipeline()
        .apply("Slots", SideBySide.slots(plan))
        .apply("Sum clusters", ParDo.of(new SumSlots(before, summing)).withSideInputs(before));
  }

  /** A slot → the sums of its shards. */
  private static final class SumSlots extends DoFn<Integer, Pass> {
    private static final long serialVersionUID = 1;

    private final PCollectionView<Pass> before;
    private final Summing summing;

    SumSlots(PCollectionView<Pass> before, Summing summing) {
      this.before = before;
      this.summing = summing;
    }

    @ProcessElement
    public void process(@Element Integer slot, ProcessContext context) throws IOException {
      summing.sums(context.sideInput(before), List.of(slot)).forEach(context::output);
    }
  }

  /** The whole pass before → the last of as many as one job makes. */
  private record SumAll(Summing summing, int passes) implements ProcessFunction<Pass, Pass> {
    @Override
    public Pass apply(Pass before) throws IOException {
      Pass pass = before;
      for (int i = 0; i < passes; i++) {
        pass = Pass.mergeAll(summing.sums(pass, SideBySide.all(summing.slots)));
        if (pass.sums() == null) {
          break;
        }
      }
      return pass;
    }
  }

  /** What a pass does with some slots; nothing is read once the state is done. */
  private static final class Summing implements Serializable {
    private static final long serialVersionUID = 1;

    private final Counter passes = Metrics.counter("personas", "full_passes");
    private final ClusteringSpec clustering;
    private final Folder staging;
    private final int slots;

    Summing(RunPlan plan) {
      this.clustering = plan.spec().clustering();
      this.staging = plan.stagingFolder();
      this.slots = plan.slots();
    }

    /** A part for each slot. */
    List<Pass> sums(Pass before, List<Integer> taken) throws IOException {
      SegmentState state = before.next(clustering);
      boolean first = taken.contains(0);
      if (first && state.lloyd().iterations() > before.state().lloyd().iterations()) {
        ProgressMarks.pass(staging, state.lloyd());
      }
      if (first && !state.isDone()) {
        passes.inc();
      }
      return SideBySide.map(taken, slot -> sum(state, slot));
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
