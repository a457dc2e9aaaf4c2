package personas.pipeline.iterate;

import java.util.Locale;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.ValueCoder;
import personas.run.RunPlan;
import personas.run.state.PassResult;

/**
 * One pass of Lloyd's algorithm over all shards, for all candidates. The transform takes the
 * previous state, and returns the new state and the sums of the pass. It skips converged
 * candidates.
 *
 * <p>The state is a side input of the slots, and has no other consumer: the first slot passes the
 * state on with the sums. So the graph of a job has one path for any number of passes. If each pass
 * had two paths, the number of paths would double with each pass, and the planner of Flink follows
 * every path.
 */
public final class IterateKMeans
    extends PTransform<PCollection<PassResult>, PCollection<PassResult>> {
  private static final long serialVersionUID = 1;

  /** The coder of the elements between passes. */
  public static final Coder<PassResult> CODER =
      new ValueCoder<>(PassResult.class, PassResult::write, PassResult::read);

  private final RunPlan plan;

  private IterateKMeans(RunPlan plan) {
    this.plan = plan;
  }

  /** Returns the result of all passes that one job makes. */
  public static PCollection<PassResult> unrolled(PCollection<PassResult> start, RunPlan plan) {
    PCollection<PassResult> pass = start;
    for (int i = 1; i <= plan.tuning().iterationsPerJob(); i++) {
      pass = pass.apply(String.format(Locale.ROOT, "Iteration %02d", i), new IterateKMeans(plan));
    }
    return pass;
  }

  @Override
  public PCollection<PassResult> expand(PCollection<PassResult> previousPass) {
    PCollectionView<PassResult> state = previousPass.apply("State", merge().asSingletonView());
    return previousPass
        .getPipeline()
        .apply("Slots", new Slots(plan.tuning().slots()))
        .apply("Sum clusters", ParDo.of(new SumClusters(state, plan)).withSideInputs(state))
        .setCoder(CODER);
  }

  /** Returns the transform that merges the parts of a pass. */
  public static Combine.Globally<PassResult, PassResult> merge() {
    return Combine.globally(mergeFn()).withoutDefaults();
  }

  /** Returns the function that merges the parts of a pass. */
  public static MergeFn<PassResult> mergeFn() {
    return new MergeFn<>(() -> PassResult.NONE, PassResult::merge, CODER);
  }
}
