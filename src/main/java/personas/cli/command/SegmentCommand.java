package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import personas.cli.console.RunSummary;
import personas.cli.exit.UsageException;
import personas.cli.exit.Verdict;
import personas.cli.exit.VerdictException;
import personas.cli.job.BatchCommand;
import personas.cli.job.LevelChoice;
import personas.cli.job.MarginChoice;
import personas.cli.option.SegmentOptions;
import personas.cli.plan.SegmentPlanner;
import personas.cli.result.FinishedRun;
import personas.cli.result.RunFigures;
import personas.cli.result.RunSeries;
import personas.model.Model;
import personas.report.data.ReportData;
import personas.report.terminal.DriftSummary;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.text.TerminalText;

/** The command {@code segment}: clusters users into personas. */
public final class SegmentCommand implements BatchCommand.Kind<SegmentOptions> {
  private SegmentPlanner planner;
  private Integer runsToKeep;

  private final MarginChoice marginChoice;
  private final LevelChoice levelChoice;

  private SegmentCommand(String[] args) {
    marginChoice = new MarginChoice(args);
    levelChoice = new LevelChoice(args);
  }

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException, VerdictException {
    return BatchCommand.run(new SegmentCommand(args), args, out);
  }

  @Override
  public Class<SegmentOptions> flags() {
    return SegmentOptions.class;
  }

  @Override
  public RunPlan plan(SegmentOptions options) throws UsageException, SpecException, IOException {
    planner = new SegmentPlanner(options);
    runsToKeep = options.getKeep();
    RunPlan plan = levelChoice.applyTo(planner.read(), planner, options);
    return marginChoice.applyTo(plan, options);
  }

  @Override
  public void finish(boolean isAccepted, PrintStream out) throws IOException {
    RunSeries series = planner.series().orElse(null);
    if (series == null) {
      return;
    }
    if (isAccepted) {
      series.use();
    }
    if (runsToKeep != null) {
      for (String deleted : series.deleteOldRuns(runsToKeep)) {
        out.println(TerminalText.line("deleted the results of " + deleted));
      }
    }
  }

  @Override
  public String name() {
    return "segment";
  }

  @Override
  public Set<Verdict> verdicts() {
    return EnumSet.allOf(Verdict.class);
  }

  @Override
  public BatchCommand.Results read(RunPlan plan) throws IOException {
    return results(plan);
  }

  /** Reads the results of a run that has written a model. */
  static BatchCommand.Results results(RunPlan plan) throws IOException {
    Model model = FinishedRun.readModel(plan);
    String folder = plan.folders().output();
    return new Trained(
        folder,
        FinishedRun.readReport(folder, model),
        model,
        RunFigures.of(model, FinishedRun.readDrift(plan), FinishedRun.readEvents(plan)));
  }

  /** The results of a training in a folder. */
  private record Trained(String folder, ReportData report, Model model, RunFigures figures)
      implements BatchCommand.Results {
    @Override
    public void print(PrintStream out) throws IOException {
      Optional<DriftSummary> drift = Optional.ofNullable(figures.drift()).map(DriftSummary::new);
      drift.flatMap(DriftSummary::warning).ifPresent(out::println);
      if (figures.events() != null) {
        out.println(figures.events().line());
      }
      RunSummary.print(report, model, FinishedRun.readLedger(folder), folder, out);
      if (drift.isPresent()) {
        out.println();
        drift.get().lines().forEach(out::println);
      }
    }
  }
}
