package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;
import personas.cli.exit.UsageException;
import personas.cli.exit.Verdict;
import personas.cli.exit.VerdictException;
import personas.cli.job.BatchCommand;
import personas.cli.option.ChooseOptions;
import personas.cli.plan.ChoosePlanner;
import personas.cli.result.RunSeries;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** The command {@code choose}: publishes a finished run with another k, without a new training. */
public final class ChooseCommand implements BatchCommand.Kind<ChooseOptions> {
  private ChoosePlanner planner;

  private ChooseCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException, VerdictException {
    return BatchCommand.run(new ChooseCommand(), args, out);
  }

  @Override
  public Class<ChooseOptions> flags() {
    return ChooseOptions.class;
  }

  @Override
  public RunPlan plan(ChooseOptions options) throws UsageException, SpecException, IOException {
    planner = new ChoosePlanner(options);
    return planner.read();
  }

  @Override
  public void finish(boolean isAccepted, PrintStream out) throws IOException {
    RunSeries series = planner.series().orElse(null);
    if (series != null && isAccepted) {
      series.use();
    }
  }

  @Override
  public String name() {
    return "choose";
  }

  @Override
  public Set<Verdict> verdicts() {
    return EnumSet.allOf(Verdict.class);
  }

  @Override
  public BatchCommand.Results read(RunPlan plan) throws IOException {
    return SegmentCommand.results(plan);
  }
}
