package personas.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.option.CompareOptions;
import personas.cli.option.ExitCode;
import personas.cli.option.OptionParser;
import personas.cli.option.UsageException;
import personas.cli.plan.FinishedRun;
import personas.cli.plan.FolderPath;
import personas.cli.plan.OutputFile;
import personas.cli.plan.OutputFolder;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.connector.storage.FilePattern;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.compare.Drift;
import personas.model.compare.Migration;
import personas.model.compare.MigrationCounts;
import personas.pipeline.BatchJobs;
import personas.report.terminal.DriftSummary;
import personas.run.ComparisonPlan;
import personas.run.RunFolders;

/** {@code compare}: what changed between two finished runs. A job counts their users. */
public final class CompareCommand {
  private CompareCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    CompareOptions options = OptionParser.parse(args, CompareOptions.class);
    RunnerSettings.apply(options, args);
    FileSystems.setDefaultPipelineOptions(options);
    String from = folder("from", options.getFrom());
    String to = folder("to", options.getTo());
    Model before = model("from", from);
    Model now = model("to", to);
    // Before the job, which takes longer than all else.
    checkComparable(before, now);
    String output = options.getOutput() == null ? null : FolderPath.path(options.getOutput());
    if (output != null) {
      OutputFolder.refuseOther(output, now.spec().name(), options.isOverwrite());
    }
    RunnerSettings.checkEngine(options);
    ComparisonPlan plan =
        new ComparisonPlan(
            before,
            assignments(from),
            now,
            assignments(to),
            folders(options, output == null ? to : output),
            bytes(assignments(from)) + bytes(assignments(to)));
    Optional<MigrationCounts> counts =
        new ValueJob<>(
                options,
                plan.folders(),
                () -> BatchJobs.comparison(options, plan),
                plan::readCounts)
            .run();
    if (counts.isEmpty()) {
      return ExitCode.FAILED;
    }
    Drift drift = Drift.between(before, now, Migration.of(before, now, counts.get(), false));
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

  private static String folder(String flag, String value) throws UsageException {
    if (value == null || value.isBlank()) {
      throw new UsageException("--" + flag + ": missing; compare needs --from and --to");
    }
    return FolderPath.path(value);
  }

  /** Refuses two models whose clusters cannot be compared. */
  private static void checkComparable(Model before, Model now) throws UsageException {
    try {
      Drift.between(before, now, null);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--from and --to: " + e.getMessage());
    }
  }

  /**
   * The folders of the job. It stages in the folder of temporary files if the user names one, else
   * in the folder of the results, else in that of the later run: the workers reach each of them.
   */
  private static RunFolders folders(CompareOptions options, String results) {
    String temp = options.getTempLocation();
    String parent = temp == null ? results : FolderPath.path(temp);
    String staging = parent + "/" + RunFolders.STAGING_PREFIX + StagingOwner.runName(options);
    return new RunFolders("", results, staging);
  }

  private static long bytes(String pattern) throws IOException {
    return FilePattern.files(pattern).stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }

  private static String assignments(String folder) {
    return folder + "/assignments-*";
  }

  private static Model model(String flag, String folder) throws UsageException, IOException {
    String file = folder + "/model.json";
    if (FilePattern.files(file).isEmpty()) {
      throw new UsageException(
          "--" + flag + ": " + folder + " holds no finished run: no model.json");
    }
    return FinishedRun.read(flag, file);
  }

  private static void write(Drift drift, String file) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonFile.write(drift, json);
    OutputFile.write(file, json.toByteArray());
  }
}
