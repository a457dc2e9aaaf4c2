package personas.cli.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.exit.UsageException;
import personas.cli.option.JobOptions;
import personas.connector.storage.Folder;

/** Kept apart, so that nothing of Google Cloud is loaded where another runner runs. */
public final class DataflowSettings {
  /** What the service takes at most as one job's graph. */
  private static final long MOST_GRAPH_BYTES = 10L << 20;

  private DataflowSettings() {}

  /** Whether a template is made: main ends with it, and no job can follow. */
  static boolean isTemplate(PipelineOptions options) {
    return options.as(DataflowPipelineOptions.class).getTemplateLocation() != null;
  }

  /** Builds the job of a dry run. */
  public interface JobBuilder {
    Pipeline build() throws UsageException;
  }

  /**
   * A dry run in place of a submission: the job is translated for Dataflow and written as JSON, no
   * credentials are looked for and no call is made. Says what the JSON holds.
   *
   * @param options those of the job, which are changed
   * @param job made when they are
   */
  public static void dryRun(JobOptions options, JobBuilder job, PrintStream out)
      throws UsageException, IOException {
    Path jobFile = Path.of(options.getJobFile());
    Path standIn = redirect(options, jobFile);
    try {
      job.build().run();
    } finally {
      new Folder(standIn.toString()).deleteTree();
    }
    describe(jobFile, out);
  }

  /** Returns the folder that stands for the staging bucket; to be deleted. */
  private static Path redirect(PipelineOptions options, Path jobFile) throws IOException {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    Path staging = Files.createTempDirectory("personas-dry-run");
    Path standIn = Files.writeString(staging.resolve("program.jar"), "not staged in a dry run");
    dataflow.setCredentialFactoryClass(NoopCredentialFactory.class);
    dataflow.setPathValidatorClass(NoopPathValidator.class);
    dataflow.setGcpTempLocation(staging.resolve("temp").toString());
    dataflow.setStagingLocation(staging.resolve("staging").toString());
    dataflow.setFilesToStage(List.of(standIn.toString()));
    dataflow.setTemplateLocation(jobFile.toAbsolutePath().toString());
    File parent = jobFile.toAbsolutePath().getParent().toFile();
    if (!parent.isDirectory() && !parent.mkdirs()) {
      throw new IOException(parent + ": cannot be made");
    }
    return staging;
  }

  /** Says what a job's JSON holds. */
  private static void describe(Path jobFile, PrintStream out) throws IOException {
    JsonNode steps = new ObjectMapper().readTree(jobFile.toFile()).path("steps");
    int sideInputs = 0;
    for (JsonNode step : steps) {
      sideInputs += step.path("properties").path("non_parallel_inputs").size();
    }
    long bytes = Files.size(jobFile);
    out.println(
        String.format(
            Locale.ROOT,
            "dry run: %,d steps, %,d side inputs, %,d bytes, %.1f %% of what the service takes",
            steps.size(),
            sideInputs,
            bytes,
            100.0 * bytes / MOST_GRAPH_BYTES));
    out.println(jobFile);
  }
}
