package personas.app;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import personas.model.LedgerTable;
import personas.model.Model;
import personas.report.ReportData;
import personas.report.ReportFiles;

/**
 * {@code report}: draws the report of a finished run again, from its report.json, without a job.
 */
final class ReportCommand {
  private ReportCommand() {}

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, IOException {
    ReportOptions options = CommandLine.parse(args, ReportOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; the model.json of a finished run");
    }
    String model = FolderFlag.path(options.getModel());
    String folder = model.contains("/") ? model.substring(0, model.lastIndexOf('/')) : ".";
    String output = options.getOutput() == null ? folder : FolderFlag.path(options.getOutput());
    ReportData report = read(model, folder);
    List<LedgerTable.Row> ledger = ledger(folder);
    OutputFolder.refuseOther(output, report.run().spec(), options.isOverwrite());
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.all(report).entrySet()) {
      OutputFile.write(output + "/" + file.getKey().fileName(), file.getValue());
    }
    if (!options.isQuiet()) {
      Summary.print(report, ledger, output, out);
    }
    return ExitCode.DONE;
  }

  private static ReportData read(String model, String folder) throws UsageException, IOException {
    Model of = Results.read("model", model);
    try {
      return Results.readReport(folder, of);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--model: "
              + model
              + ": the report.json of the run must lie beside it: "
              + e.getMessage());
    } catch (IOException e) {
      throw Results.usage("model", folder, e);
    }
  }

  /** The ledger of the run that the model is of; it does not lie in the folder that is written. */
  private static List<LedgerTable.Row> ledger(String folder) throws UsageException, IOException {
    try {
      return Results.readLedger(folder);
    } catch (FileNotFoundException e) {
      // A model and its report are enough to draw it; the lines of each file are then not printed.
      return List.of();
    } catch (IOException e) {
      throw Results.usage("model", folder, e);
    }
  }
}
