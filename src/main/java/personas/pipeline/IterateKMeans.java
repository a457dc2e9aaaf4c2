package personas.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.data.ShardReference;
import personas.data.Standardizer;
import personas.kmeans.LloydKernel;
import personas.kmeans.LloydState;
import personas.kmeans.PassSums;
import personas.pipeline.ShardCache.CachedShard;

/**
 * One pass over all shards: a state in, the next state out.
 *
 * <p>The pass starts from a tiny source of its own, the slot numbers, and gets the state as a side
 * input. The state is consumed this once: the first slot hands it on beside the sums. So there is
 * one path through the graph of a job, however many passes it unrolls; with two a pass, a planner
 * that walks every path never ends.
 */
final class IterateKMeans extends PTransform<PCollection<SegmentState>, PCollection<SegmentState>> {
  private static final long serialVersionUID = 1;

  private final int slots;
  private final double tolerance;
  private final int maxIterations;
  private final Folder staging;

  IterateKMeans(RunPlan plan) {
    staging = plan.stagingFolder();
    slots = plan.slots();
    tolerance = plan.spec().clustering().tolerance();
    maxIterations = plan.spec().clustering().maxIterations();
  }

  @Override
  public PCollection<SegmentState> expand(PCollection<SegmentState> state) {
    PCollectionView<SegmentState> centroids = state.apply("State", View.asSingleton());
    return state
        .getPipeline()
        .apply("Slots", Create.of(IntStream.range(0, slots).boxed().toList()))
        .apply("Sum clusters", ParDo.of(new SumSlot(centroids, slots)).withSideInputs(centroids))
        .setCoder(Pass.coder())
        .apply("Merge sums", Combine.globally(new MergePasses()).withoutDefaults())
        .apply("Move centroids", ParDo.of(new MoveCentroids(tolerance, maxIterations, staging)));
  }

  /** The sums of some slots, and from one of them the state that they belong to. */
  record Pass(SegmentState state, PassSums sums) {
    private static final long serialVersionUID = 1;

    static Coder<Pass> coder() {
      return new ValueCoder<>(Pass::write, Pass::read);
    }

    private static void write(Pass pass, DataOutput out) throws IOException {
      Serialized.write(pass.state, out);
      out.writeBoolean(pass.sums != null);
      if (pass.sums != null) {
        pass.sums.write(out);
      }
    }

    private static Pass read(DataInput in) throws IOException {
      SegmentState state = Serialized.read(in, SegmentState.class);
      return new Pass(state, in.readBoolean() ? PassSums.read(in) : null);
    }

    Pass merge(Pass other) {
      PassSums merged = null;
      for (PassSums part : new PassSums[] {sums, other.sums}) {
        if (part != null) {
          merged = merged == null ? new PassSums(part.k(), part.d()) : merged;
          merged.merge(part);
        }
      }
      return new Pass(state != null ? state : other.state, merged);
    }
  }

  /** A slot → the sums of its shards; nothing is read once the state is done. */
  private static final class SumSlot extends DoFn<Integer, Pass> {
    private static final long serialVersionUID = 1;

    private final Counter passes = Metrics.counter("personas", "full_passes");
    private final PCollectionView<SegmentState> view;
    private final int slots;

    SumSlot(PCollectionView<SegmentState> view, int slots) {
      this.view = view;
      this.slots = slots;
    }

    @ProcessElement
    public void process(@Element Integer slot, ProcessContext context) throws IOException {
      SegmentState state = context.sideInput(view);
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

  private static final class MergePasses extends CombineFn<Pass, MergePasses.Accumulator, Pass> {
    private static final long serialVersionUID = 1;

    /** Holds the passes merged so far; empty at first. */
    static final class Accumulator implements Serializable {
      private static final long serialVersionUID = 1;
      private transient Pass pass = new Pass(null, null);
    }

    @Override
    public Accumulator createAccumulator() {
      return new Accumulator();
    }

    @Override
    public Accumulator addInput(Accumulator accumulator, Pass pass) {
      accumulator.pass = accumulator.pass.merge(pass);
      return accumulator;
    }

    @Override
    public Accumulator mergeAccumulators(Iterable<Accumulator> accumulators) {
      Accumulator merged = createAccumulator();
      for (Accumulator each : accumulators) {
        merged.pass = merged.pass.merge(each.pass);
      }
      return merged;
    }

    @Override
    public Pass extractOutput(Accumulator accumulator) {
      return accumulator.pass;
    }

    @Override
    public Coder<Accumulator> getAccumulatorCoder(CoderRegistry registry, Coder<Pass> inputCoder) {
      return new ValueCoder<>(
          (accumulator, out) -> Pass.write(accumulator.pass, out),
          in -> {
            Accumulator accumulator = new Accumulator();
            accumulator.pass = Pass.read(in);
            return accumulator;
          });
    }

    @Override
    public Coder<Pass> getDefaultOutputCoder(CoderRegistry registry, Coder<Pass> inputCoder) {
      return inputCoder;
    }
  }

  private static final class MoveCentroids extends DoFn<Pass, SegmentState> {
    private static final long serialVersionUID = 1;

    private final double tolerance;
    private final int maxIterations;
    private final Folder staging;

    MoveCentroids(double tolerance, int maxIterations, Folder staging) {
      this.tolerance = tolerance;
      this.maxIterations = maxIterations;
      this.staging = staging;
    }

    @ProcessElement
    public void process(@Element Pass pass, OutputReceiver<SegmentState> out) throws IOException {
      SegmentState state = pass.state();
      if (pass.sums() == null) {
        out.output(state);
        return;
      }
      LloydState next = state.lloyd().next(pass.sums(), tolerance, maxIterations);
      if (next.iterations() > state.lloyd().iterations()) {
        ProgressMarks.pass(staging, next.history().get(next.iterations() - 1));
      }
      out.output(state.with(next));
    }
  }
}
