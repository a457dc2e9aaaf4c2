package personas.pipeline.assign;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import personas.run.ProgressFiles;
import personas.run.RunPlan;
import personas.run.resume.SavedStates;
import personas.run.shard.SlotAssigner;
import personas.run.state.AssignedUsers;
import personas.run.state.AssignmentResult;
import personas.run.state.PassResult;
import personas.run.state.TrainingState;
import personas.spec.ClusteringSpec;

/** Assigns the users of a slot to clusters and stages the assignments. */
final class AssignSlot extends DoFn<KV<Integer, Iterable<Void>>, AssignmentResult> {
  private static final long serialVersionUID = 1;

  private final Counter assignedUsers = Metrics.counter("personas", "users_assigned");
  private final PCollectionView<PassResult> lastPass;
  private final RunPlan plan;

  AssignSlot(PCollectionView<PassResult> lastPass, RunPlan plan) {
    this.lastPass = lastPass;
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<Void>> task, ProcessContext context)
      throws IOException {
    int slot = task.getKey();
    ClusteringSpec clustering = plan.spec().clustering();
    PassResult pass = context.sideInput(lastPass);
    TrainingState state = pass.next(clustering);
    if (slot == 0) {
      ProgressFiles.markPass(plan.stagingFolder(), pass.state().lloyd(), state.lloyd());
      if (plan.canBeContinued()) {
        SavedStates.save(plan.stagingFolder(), pass.state(), state);
      }
    }
    if (!state.isDone() && !plan.tuning().singleJob() && !plan.isScore()) {
      context.output(new AssignmentResult(carried(slot, state), Optional.empty()));
      return;
    }
    TrainingState stopped = state.isDone() ? state : state.stopped(clustering);
    AssignedUsers assigned = new SlotAssigner(plan, stopped).assign(slot);
    long users = assigned.clusters().totals().users();
    assignedUsers.inc(users);
    ProgressFiles.markAssigned(plan.stagingFolder(), slot, users);
    context.output(new AssignmentResult(carried(slot, stopped), Optional.of(assigned)));
  }

  /** Returns the state for the first slot, and nothing for other slots: one copy is enough. */
  private static Optional<TrainingState> carried(int slot, TrainingState state) {
    return slot == 0 ? Optional.of(state) : Optional.empty();
  }
}
