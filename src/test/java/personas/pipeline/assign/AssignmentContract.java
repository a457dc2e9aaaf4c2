package personas.pipeline.assign;

import org.apache.beam.sdk.coders.Coder;
import personas.pipeline.combine.MergeFn;
import personas.run.state.AssignmentResult;

/** Gives tests of other packages access to the combine functions of assignments. */
public final class AssignmentContract {
  public static final Coder<AssignmentResult> CODER = AssignUsers.CODER;

  private AssignmentContract() {}

  public static MergeFn<AssignmentResult> mergeFn() {
    return AssignUsers.mergeFn();
  }
}
