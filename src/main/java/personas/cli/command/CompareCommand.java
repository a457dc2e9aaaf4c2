package personas.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.job.ValueJob;
import personas.cli.option.CompareOptions;
import personas.cli.option.OptionParser;
import personas.cli.plan.ComparisonPlanner;
import personas.cli.result.FinishedRun;
import personas.cli.result.OutputFile;
import personas.cli.result.OutputFolder;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.compare.Drift;
import personas.model.compare.LabelAgreement;
import personas.model.compare.LabelCounts;
import personas.model.compare.Migration;
import personas.pipeline.BatchJobs;
import personas.report.terminal.AgreementSummary;
import personas.report.terminal.DriftSummary;
import personas.run.ComparedTable;
import personas.run.ComparisonPlan;

/**
 * The command {@code compare}: shows what changed between two finished runs, or how far the labels
 * of two tables agree. A job counts the users.
 */
public final class CompareCommand {
  private static final String HAS_WEIGHTS =
      "--from and --to: a run has weights (input.weight), but its assignments do not hold the"
          + " weights, so the users cannot be counted; to compare the records instead, add"
          + " --fromLabel=persona and --toLabel=persona";

  private final CompareOptions options;
  private final ComparisonPlanner planner;
  private final PrintStream out;

  private CompareCommand(CompareOptions options, PrintStream out) {
    this.options = options;
    this.planner = new ComparisonPlanner(options);
    this.out = out;
  }

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    CompareOptions options = OptionParser.parse(args, CompareOptions.class);
    RunnerSettings.apply(options, args);
    FileSystems.setDefaultPipelineOptions(options);
    CompareCommand command = new CompareCommand(options, out);
    return command.planner.comparesRuns() ? command.compareRuns() : command.compareTables();
  }

  private int compareRuns() throws UsageException, IOException {
    Model before = model("from", planner.from());
    Model now = model("to", planner.to());
    for (Model model : List.of(before, now)) {
      if (model.training() != null && model.training().weight() != null) {
        throw new UsageException(HAS_WEIGHTS);
      }
    }
    // The models are checked first, because the job takes longer.
    checkComparable(before, now);
    String output = planner.output();
    if (output != null) {
      OutputFolder.refuseOther(output, now.spec().name(), options.isOverwrite());
    }
    Optional<LabelCounts> counts = count(planner.ofRuns(before, now));
    if (counts.isEmpty()) {
      return ExitCode.FAILED;
    }
    Migration migration =
        Migration.of(
            before, now, counts.get().ordered(before.clusterIds(), now.clusterIds()), false);
    Drift drift = Drift.between(before, now, migration);
    if (output != null) {
      write(drift, output + "/" + Drift.FILE);
    }
    if (!options.isQuiet()) {
      DriftSummary summary = new DriftSummary(drift);
      summary.warning().ifPresent(out::println);
      summary.lines().forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private int compareTables() throws UsageException, IOException {
    ComparisonPlan plan = planner.ofTables();
    Optional<LabelCounts> counts = count(plan);
    if (counts.isEmpty()) {
      return ExitCode.FAILED;
    }
    LabelAgreement agreement =
        LabelAgreement.of(labelTable(plan.earlier()), labelTable(plan.later()), counts.get());
    String output = planner.output();
    if (output != null) {
      write(agreement, output + "/" + LabelAgreement.FILE);
      ByteArrayOutputStream table = new ByteArrayOutputStream();
      agreement.writeTable(table);
      OutputFile.write(output + "/" + LabelAgreement.TABLE, table.toByteArray());
    }
    if (!options.isQuiet()) {
      List<String> lines = new AgreementSummary(agreement).lines();
      lines.forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private static LabelAgreement.Table labelTable(ComparedTable table) {
    return new LabelAgreement.Table(table.files(), table.id(), table.label(), 0, 0);
  }

  private Optional<LabelCounts> count(ComparisonPlan plan) throws UsageException, IOException {
    RunnerSettings.checkEngine(options);
    StagingOwner.removeAbandoned(plan.folders());
    return new ValueJob<>(
            options, plan.folders(), () -> BatchJobs.comparison(options, plan), plan::readCounts)
        .run();
  }

  /** Refuses two models whose clusters cannot be compared. */
  private static void checkComparable(Model before, Model now) throws UsageException {
    try {
      Drift.between(before, now, null);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--from and --to: " + e.getMessage());
    }
  }

  private static Model model(String flag, String folder) throws UsageException, IOException {
    return FinishedRun.read(flag, ComparisonPlanner.modelFile(folder));
  }

  private static void write(Object value, String file) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonFile.write(value, json);
    OutputFile.write(file, json.toByteArray());
  }
}
