package personas.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.compare.Drift;
import personas.pipeline.AssignedUsers;
import personas.report.terminal.DriftSummary;

/** {@code compare}: what changed between two finished runs. No job is played. */
public final class CompareCommand {
  private CompareCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    CompareOptions options = OptionParser.parse(args, CompareOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    String from = folder("from", options.getFrom());
    String to = folder("to", options.getTo());
    Model before = model("from", from);
    Model now = model("to", to);
    Drift drift;
    try {
      // First the models, which may not be comparable; their users take longer.
      Drift.between(before, now, null);
      drift =
          Drift.between(
              before, now, AssignedUsers.compare(before, assignments(from), now, assignments(to)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--from and --to: " + e.getMessage());
    }
    if (options.getOutput() != null) {
      OutputFolder.refuseOther(
          FolderPath.path(options.getOutput()), now.spec().name(), options.isOverwrite());
      write(drift, FolderPath.path(options.getOutput()) + "/" + Drift.FILE);
    }
    if (!options.isQuiet()) {
      new DriftSummary(drift).lines().forEach(out::println);
    }
    return ExitCode.DONE;
  }

  private static String folder(String flag, String value) throws UsageException {
    if (value == null || value.isBlank()) {
      throw new UsageException("--" + flag + ": missing; compare needs --from and --to");
    }
    return FolderPath.path(value);
  }

  private static String assignments(String folder) {
    return folder + "/assignments-*";
  }

  private static Model model(String flag, String folder) throws UsageException, IOException {
    String file = folder + "/model.json";
    if (FileSystems.match(file).status() == MatchResult.Status.NOT_FOUND) {
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
