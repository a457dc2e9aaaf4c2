package personas.cli.runner;

import personas.run.RunPlan;

/**
 * Where a run starts: with its input, or with what a stopped run has saved.
 *
 * @param plan of the run, in the staging folder of the stopped run if it continues one
 * @param savedState the file of the saved state; empty for a run that starts anew
 * @param round the first job of the run; the job that reads the input is the first one
 */
public record RunStart(RunPlan plan, String savedState, int round) {

  /** A run that starts anew. */
  public static RunStart anew(RunPlan plan) {
    return new RunStart(plan, "", 1);
  }

  /** Whether the run continues a stopped one. */
  public boolean isContinued() {
    return !savedState.isEmpty();
  }
}
