package personas.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.TimelineOptions;
import personas.cli.result.FolderPath;
import personas.cli.result.OutputFile;
import personas.cli.result.OutputFolder;
import personas.cli.result.PastRuns;
import personas.model.timeline.Timeline;
import personas.model.timeline.TimelineBuilder;
import personas.report.render.ReportJson;
import personas.report.render.TimelinePage;
import personas.report.terminal.TimelineSummary;

/**
 * The command {@code timeline}: writes one page and one JSON file about all runs of a segmentation.
 * The command reads the model.json and drift.json of each run, without a job.
 */
public final class TimelineCommand {
  private TimelineCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    TimelineOptions options = OptionParser.parse(args, TimelineOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    if (options.getRuns() == null) {
      throw new UsageException(
          "--runs: missing; a pattern of the folders of finished runs, like 'out/shop/2026-*'");
    }
    if (options.getOutput() == null) {
      throw new UsageException("--output: missing; the folder for " + Timeline.PAGE);
    }
    String output = FolderPath.path(options.getOutput());
    Timeline timeline = timeline(options.getRuns());
    OutputFolder.refuseOther(output, timeline.segmentation(), options.isOverwrite());
    String json = ReportJson.forPage(timeline);
    OutputFile.write(output + "/" + Timeline.FILE, json.getBytes(UTF_8));
    OutputFile.write(output + "/" + Timeline.PAGE, TimelinePage.html(timeline).getBytes(UTF_8));
    if (!options.isQuiet()) {
      new TimelineSummary(timeline).lines().forEach(out::println);
      out.println();
      out.println("written: " + output + "/" + Timeline.PAGE + ", " + Timeline.FILE);
    }
    return ExitCode.DONE;
  }

  private static Timeline timeline(String runs) throws UsageException, IOException {
    try {
      return TimelineBuilder.of(PastRuns.read(runs));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--runs: " + e.getMessage());
    }
  }
}
