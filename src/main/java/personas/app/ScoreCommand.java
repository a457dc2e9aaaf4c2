package personas.app;

import java.io.IOException;
import java.io.PrintStream;
import personas.model.ScoreResult;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** {@code score}: users in, the personas of a saved model out; nothing is trained. */
final class ScoreCommand implements JobCommand.Kind<ScoreOptions> {
  private ScoreCommand() {}

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, SpecException, IOException {
    if (StreamPlanReader.isStream(args)) {
      return StreamScoreCommand.run(args, out);
    }
    return JobCommand.run(new ScoreCommand(), args, out);
  }

  @Override
  public Class<ScoreOptions> flags() {
    return ScoreOptions.class;
  }

  @Override
  public RunPlan plan(ScoreOptions options) throws UsageException, SpecException, IOException {
    return new ScorePlanReader(options).read();
  }

  @Override
  public void finish(RunPlan plan, ScoreOptions options, PrintStream out) throws IOException {
    ScoreResult result = Results.readScore(plan);
    if (!options.isQuiet()) {
      Summary.print(result, plan.folders().output(), out);
    }
  }
}
