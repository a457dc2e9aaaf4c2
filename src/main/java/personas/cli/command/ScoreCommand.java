package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import personas.cli.console.RunSummary;
import personas.cli.option.ScoreOptions;
import personas.cli.option.UsageException;
import personas.cli.plan.FinishedRun;
import personas.cli.plan.ScorePlanner;
import personas.cli.plan.StreamPlanner;
import personas.model.score.ScoreResult;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** {@code score}: users in, the personas of a saved model out; nothing is trained. */
public final class ScoreCommand implements BatchCommand.Kind<ScoreOptions> {
  private ScoreCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException {
    if (StreamPlanner.isStream(args)) {
      return ScoreStreamCommand.run(args, out);
    }
    return BatchCommand.run(new ScoreCommand(), args, out);
  }

  @Override
  public Class<ScoreOptions> flags() {
    return ScoreOptions.class;
  }

  @Override
  public RunPlan plan(ScoreOptions options) throws UsageException, SpecException, IOException {
    return new ScorePlanner(options).read();
  }

  @Override
  public void finish(RunPlan plan, ScoreOptions options, PrintStream out) throws IOException {
    ScoreResult result = FinishedRun.readScore(plan);
    if (!options.isQuiet()) {
      FinishedRun.readEventLine(plan).ifPresent(out::println);
      RunSummary.print(result, plan.folders().output(), out);
    }
  }
}
