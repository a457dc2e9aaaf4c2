package personas.pipeline;

import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionView;
import personas.data.ShardReference;
import personas.data.Standardizer;
import personas.kmeans.LloydKernel;
import personas.kmeans.LloydState;
import personas.kmeans.PassSums;
import personas.pipeline.ShardCache.CachedShard;
import personas.spec.ClusteringSpec;

/**
 * One pass over all shards: the pass before is a side input, this one comes out as the next.
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
        .apply("Slots", Create.of(IntStream.range(0, plan.slots()).boxed().toList()))
        .apply("Sum clusters", ParDo.of(new SumSlot(before, plan)).withSideInputs(before))
        .setCoder(Pass.coder())
        .apply(
            "Merge sums", Combine.globally(new Pass.Merge()).withoutDefaults().asSingletonView());
  }

  /** A slot → the sums of its shards; nothing is read once the state is done. */
  private static final class SumSlot extends DoFn<Integer, Pass> {
    private static final long serialVersionUID = 1;

    private final Counter passes = Metrics.counter("personas", "full_passes");
    private final PCollectionView<Pass> before;
    private final ClusteringSpec clustering;
    private final Folder staging;
    private final int slots;

    SumSlot(PCollectionView<Pass> before, RunPlan plan) {
      this.before = before;
      this.clustering = plan.spec().clustering();
      this.staging = plan.stagingFolder();
      this.slots = plan.slots();
    }

    @ProcessElement
    public void process(@Element Integer slot, ProcessContext context) throws IOException {
      Pass pass = context.sideInput(before);
      SegmentState state = pass.next(clustering);
      if (slot == 0 && state.lloyd().iterations() > pass.state().lloyd().iterations()) {
        ProgressMarks.pass(staging, state.lloyd());
      }
      SegmentState carried = slot == 0 ? state : null;
      LloydState lloyd = state.lloyd();
      if (lloyd.isDone()) {
        context.output(new Pass(carried, null));
        return;
      }
      if (slot == 0) {
        passes.inc();
      }
      PassSums sums = new PassSums(lloyd.centroids().k(), lloyd.centroids().d());
      LloydKernel kernel = new LloydKernel(lloyd.centroids());
      Manifest manifest = state.manifest();
      for (ShardReference shard : manifest.shardsOf(slot, slots)) {
        add(ShardCache.get(shard), manifest.standardizer(), lloyd, kernel, sums);
      }
      context.output(new Pass(carried, sums));
    }

    private static void add(
        CachedShard shard,
        Standardizer standardizer,
        LloydState lloyd,
        LloydKernel kernel,
        PassSums sums) {
      synchronized (shard) {
        double[][] columns = shard.columns(standardizer);
        int[] assignment = shard.assignmentOf(lloyd.iterations());
        if (assignment == null) {
          assignment = shard.freshAssignment();
          if (lloyd.previous() != null) {
            // The cache lost it: find it again, so that the count of changes never depends on one.
            new PassSums(sums.k(), sums.d())
                .addShard(columns, shard.rows(), new LloydKernel(lloyd.previous()), assignment);
          }
        }
        sums.addShard(columns, shard.rows(), kernel, assignment);
        shard.keep(lloyd.iterations() + 1, assignment);
      }
    }
  }
}
