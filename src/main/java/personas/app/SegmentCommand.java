package personas.app;

import java.io.IOException;
import java.io.PrintStream;
import personas.report.DriftSummary;
import personas.report.ReportData;
import personas.run.RunPlan;
import personas.spec.SpecException;

/** {@code segment}: users in, personas out. */
final class SegmentCommand implements JobCommand.Kind<SegmentOptions> {
  private SegmentCommand() {}

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, SpecException, IOException {
    return JobCommand.run(new SegmentCommand(), args, out);
  }

  @Override
  public Class<SegmentOptions> flags() {
    return SegmentOptions.class;
  }

  @Override
  public RunPlan plan(SegmentOptions options) throws UsageException, SpecException, IOException {
    return new PlanReader(options).read();
  }

  @Override
  public void finish(RunPlan plan, SegmentOptions options, PrintStream out) throws IOException {
    ReportData report = Results.readReport(plan);
    if (!options.isQuiet()) {
      Summary.print(
          report, Results.readLedger(plan.folders().output()), plan.folders().output(), out);
      if (plan.models().previous() != null) {
        out.println();
        new DriftSummary(Results.readDrift(plan)).lines().forEach(out::println);
      }
    }
  }
}
