package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import personas.cli.console.RunSummary;
import personas.cli.option.SegmentOptions;
import personas.cli.option.UsageException;
import personas.cli.plan.FinishedRun;
import personas.cli.plan.SegmentPlanner;
import personas.report.data.ReportData;
import personas.report.terminal.DriftSummary;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** {@code segment}: users in, personas out. */
public final class SegmentCommand implements BatchCommand.Kind<SegmentOptions> {
  private SegmentCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out)
      throws UsageException, SpecException, IOException {
    return BatchCommand.run(new SegmentCommand(), args, out);
  }

  @Override
  public Class<SegmentOptions> flags() {
    return SegmentOptions.class;
  }

  @Override
  public RunPlan plan(SegmentOptions options) throws UsageException, SpecException, IOException {
    return new SegmentPlanner(options).read();
  }

  @Override
  public void finish(RunPlan plan, SegmentOptions options, PrintStream out) throws IOException {
    ReportData report = FinishedRun.readReport(plan);
    if (!options.isQuiet()) {
      FinishedRun.readEventLine(plan).ifPresent(out::println);
      RunSummary.print(
          report, FinishedRun.readLedger(plan.folders().output()), plan.folders().output(), out);
      if (plan.models().previous() != null) {
        out.println();
        new DriftSummary(FinishedRun.readDrift(plan)).lines().forEach(out::println);
      }
    }
  }
}
