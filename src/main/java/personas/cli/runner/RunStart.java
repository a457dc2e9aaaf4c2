package personas.cli.runner;

import personas.math.Require;
import personas.run.RunPlan;

/**
 * The point from which a run starts: the input, or the saved state of a stopped run.
 *
 * @param plan the plan of the run, with the staging folder of a stopped run if the run continues it
 * @param savedState the file of the saved state; empty for a new run
 * @param round the number of the job to start with; job 1 reads the input
 */
public record RunStart(RunPlan plan, String savedState, int round) {
  public RunStart {
    Require.atLeast(1, "round", round);
  }

  /** Returns the start of a new run. */
  public static RunStart newRun(RunPlan plan) {
    return new RunStart(plan, "", 1);
  }

  /** Returns whether the run continues a stopped run. */
  public boolean isContinued() {
    return !savedState.isEmpty();
  }
}
