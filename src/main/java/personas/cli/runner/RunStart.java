package personas.cli.runner;

import personas.math.Require;
import personas.run.RunPlan;

/**
 * The start of a run: with its input, or with the saved state of a stopped run.
 *
 * @param plan the plan of the run, with the staging folder of a stopped run if it continues one
 * @param savedState the file of the saved state; empty for a run that starts anew
 * @param round the number of the job to start with; job 1 reads the input
 */
public record RunStart(RunPlan plan, String savedState, int round) {
  public RunStart {
    Require.atLeast(1, "round", round);
  }

  /** Returns the start of a new run. */
  public static RunStart anew(RunPlan plan) {
    return new RunStart(plan, "", 1);
  }

  /** Returns whether the run continues a stopped one. */
  public boolean isContinued() {
    return !savedState.isEmpty();
  }
}
