package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;
import personas.cli.console.RunSummary;
import personas.cli.exit.UsageException;
import personas.cli.exit.Verdict;
import personas.cli.exit.VerdictException;
import personas.cli.job.BatchCommand;
import personas.cli.option.ScoreOptions;
import personas.cli.plan.ScorePlanner;
import personas.cli.plan.StreamPlanner;
import personas.cli.result.FinishedRun;
import personas.cli.result.RunFigures;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** The command {@code score}: gives users the personas of a saved model. */
public final class ScoreCommand implements BatchCommand.Kind<ScoreOptions> {
  private ScoreCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException, VerdictException {
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
    return new ScorePlanner(options, "score").read();
  }

  @Override
  public String name() {
    return "score";
  }

  @Override
  public Set<Verdict> verdicts() {
    return EnumSet.of(Verdict.REVIEW, Verdict.REFIT, Verdict.REJECTED);
  }

  @Override
  public BatchCommand.Results read(RunPlan plan) throws IOException {
    return new Scored(
        plan.folders().output(),
        RunFigures.of(FinishedRun.readScore(plan), FinishedRun.readEvents(plan)));
  }

  /** The results of a score in a folder. */
  private record Scored(String folder, RunFigures figures) implements BatchCommand.Results {
    @Override
    public void print(PrintStream out) throws IOException {
      if (figures.events() != null) {
        out.println(figures.events().line());
      }
      RunSummary.print(figures.score(), folder, out);
    }
  }
}
