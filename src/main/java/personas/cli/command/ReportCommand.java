package personas.cli.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.console.RunSummary;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.ReportOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.OutputFile;
import personas.cli.result.OutputFolder;
import personas.model.Model;
import personas.model.table.LedgerTable;
import personas.report.ReportFiles;
import personas.report.data.ReportData;

/**
 * The command {@code report}: draws the report of a finished run again from its report.json,
 * without a job.
 */
public final class ReportCommand {
  private ReportCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    ReportOptions options = OptionParser.parse(args, ReportOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; name the model.json of a finished run");
    }
    String file = FolderPath.path(options.getModel());
    String folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : ".";
    String output = options.getOutput() == null ? folder : FolderPath.path(options.getOutput());
    Model model = FinishedRun.read("model", file);
    ReportData report = read(file, model, folder);
    List<LedgerTable.Row> ledger = ledger(folder);
    OutputFolder.refuseOther(output, report.run().spec(), options.isOverwrite());
    for (Map.Entry<ReportFiles, byte[]> reportFile : ReportFiles.contents(report).entrySet()) {
      OutputFile.write(output + "/" + reportFile.getKey().fileName(), reportFile.getValue());
    }
    if (!options.isQuiet()) {
      RunSummary.print(report, model, ledger, output, out);
    }
    return ExitCode.DONE;
  }

  private static ReportData read(String file, Model model, String folder)
      throws UsageException, IOException {
    try {
      return FinishedRun.readReport(folder, model);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--model: "
              + file
              + ": the report.json of the run must be in the same folder: "
              + e.getMessage());
    } catch (IOException e) {
      throw FinishedRun.usage("model", folder, e);
    }
  }

  /** Reads the ledger in the folder of the model, which may differ from the output folder. */
  private static List<LedgerTable.Row> ledger(String folder) throws UsageException, IOException {
    try {
      return FinishedRun.readLedger(folder);
    } catch (FileNotFoundException e) {
      // The report can be drawn without a ledger; only the lines about each file are not printed.
      return List.of();
    } catch (IOException e) {
      throw FinishedRun.usage("model", folder, e);
    }
  }
}
