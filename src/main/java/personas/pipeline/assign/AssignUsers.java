package personas.pipeline.assign;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.ValueCoder;
import personas.pipeline.iterate.IterateKMeans;
import personas.pipeline.iterate.Slots;
import personas.run.RunPlan;
import personas.run.state.AssignmentResult;
import personas.run.state.PassResult;

/**
 * The final pass. The transform stages the files assignments-*.csv and rejected-*.csv, and sums up
 * the totals per cluster. If another job must continue the iterations, the transform stages no
 * files and passes the state on.
 */
public final class AssignUsers
    extends PTransform<PCollection<PassResult>, PCollection<AssignmentResult>> {
  private static final long serialVersionUID = 1;

  static final Coder<AssignmentResult> CODER =
      new ValueCoder<>(AssignmentResult.class, AssignmentResult::write, AssignmentResult::read);

  private final RunPlan plan;

  public AssignUsers(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<AssignmentResult> expand(PCollection<PassResult> lastPass) {
    PCollectionView<PassResult> state =
        lastPass.apply("Final state", IterateKMeans.merge().asSingletonView());
    return lastPass
        .getPipeline()
        .apply("Slots", new Slots(plan.tuning().slots()))
        .apply("Assign slot", ParDo.of(new AssignSlot(state, plan)).withSideInputs(state))
        .setCoder(CODER)
        .apply("Merge totals", Combine.globally(mergeFn()).withoutDefaults());
  }

  static MergeFn<AssignmentResult> mergeFn() {
    return new MergeFn<>(() -> AssignmentResult.NONE, AssignmentResult::merge, CODER);
  }
}
