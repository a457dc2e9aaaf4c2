package personas.cli.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.console.RunSummary;
import personas.cli.option.ExitCode;
import personas.cli.option.OptionParser;
import personas.cli.option.ReportOptions;
import personas.cli.option.UsageException;
import personas.cli.plan.FinishedRun;
import personas.cli.plan.FolderPath;
import personas.cli.plan.OutputFile;
import personas.cli.plan.OutputFolder;
import personas.model.LedgerTable;
import personas.model.Model;
import personas.report.ReportFiles;
import personas.report.data.ReportData;

/**
 * {@code report}: draws the report of a finished run again, from its report.json, without a job.
 */
public final class ReportCommand {
  private ReportCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    ReportOptions options = OptionParser.parse(args, ReportOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; the model.json of a finished run");
    }
    String model = FolderPath.path(options.getModel());
    String folder = model.contains("/") ? model.substring(0, model.lastIndexOf('/')) : ".";
    String output = options.getOutput() == null ? folder : FolderPath.path(options.getOutput());
    ReportData report = read(model, folder);
    List<LedgerTable.Row> ledger = ledger(folder);
    OutputFolder.refuseOther(output, report.run().spec(), options.isOverwrite());
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.all(report).entrySet()) {
      OutputFile.write(output + "/" + file.getKey().fileName(), file.getValue());
    }
    if (!options.isQuiet()) {
      RunSummary.print(report, ledger, output, out);
    }
    return ExitCode.DONE;
  }

  private static ReportData read(String model, String folder) throws UsageException, IOException {
    Model of = FinishedRun.read("model", model);
    try {
      return FinishedRun.readReport(folder, of);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--model: "
              + model
              + ": the report.json of the run must lie beside it: "
              + e.getMessage());
    } catch (IOException e) {
      throw FinishedRun.usage("model", folder, e);
    }
  }

  /** The ledger of the run that the model is of; it does not lie in the folder that is written. */
  private static List<LedgerTable.Row> ledger(String folder) throws UsageException, IOException {
    try {
      return FinishedRun.readLedger(folder);
    } catch (FileNotFoundException e) {
      // A model and its report are enough to draw it; the lines of each file are then not printed.
      return List.of();
    } catch (IOException e) {
      throw FinishedRun.usage("model", folder, e);
    }
  }
}
