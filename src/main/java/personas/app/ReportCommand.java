package personas.app;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.util.MimeTypes;
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
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.all(report).entrySet()) {
      write(output + "/" + file.getKey().fileName(), file.getValue());
    }
    if (!options.isQuiet()) {
      Summary.print(report, output, out);
    }
    return ExitCode.DONE;
  }

  private static ReportData read(String model, String folder) throws UsageException, IOException {
    try {
      return Results.readReport(folder, Results.read(model));
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--model: "
              + model
              + ": it and the report.json beside it must be there: "
              + e.getMessage());
    }
  }

  private static void write(String file, byte[] bytes) throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(
            FileSystems.create(FileSystems.matchNewResource(file, false), MimeTypes.BINARY))) {
      out.write(bytes);
    }
  }
}
