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

/**
 * The settings of Dataflow. They are in a separate class, so that other runners do not load Google
 * Cloud libraries.
 */
public final class DataflowSettings {
  /** The largest graph of a job that the service accepts. */
  private static final long MAX_GRAPH_BYTES = 10L << 20;

  private DataflowSettings() {}

  /** Returns whether the run only makes a template; main ends after the template is written. */
  static boolean isTemplate(PipelineOptions options) {
    return options.as(DataflowPipelineOptions.class).getTemplateLocation() != null;
  }

  /** Builds the job of a dry run. */
  public interface JobBuilder {
    Pipeline build() throws UsageException;
  }

  /**
   * Runs a dry run: translates the job for Dataflow and writes it as JSON, without credentials and
   * without a call to the service. Prints the size of the job.
   *
   * @param options the options of the job, which are changed
   * @param job builds the job after the options are changed
   * @param out the output for people
   */
  public static void dryRun(JobOptions options, JobBuilder job, PrintStream out)
      throws UsageException, IOException {
    Path jobFile = Path.of(options.getJobFile());
    Path staging = redirect(options, jobFile);
    try {
      job.build().run();
    } finally {
      new Folder(staging.toString()).deleteTree();
    }
    describe(jobFile, out);
  }

  /**
   * Redirects the staging bucket to a temporary folder. Returns the folder, which the caller
   * deletes.
   */
  private static Path redirect(PipelineOptions options, Path jobFile) throws IOException {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    Path staging = Files.createTempDirectory("personas-dry-run");
    Path program = Files.writeString(staging.resolve("program.jar"), "not staged in a dry run");
    dataflow.setCredentialFactoryClass(NoopCredentialFactory.class);
    dataflow.setPathValidatorClass(NoopPathValidator.class);
    dataflow.setGcpTempLocation(staging.resolve("temp").toString());
    dataflow.setStagingLocation(staging.resolve("staging").toString());
    dataflow.setFilesToStage(List.of(program.toString()));
    dataflow.setTemplateLocation(jobFile.toAbsolutePath().toString());
    File parent = jobFile.toAbsolutePath().getParent().toFile();
    if (!parent.isDirectory() && !parent.mkdirs()) {
      throw new IOException(parent + ": the folder cannot be created");
    }
    return staging;
  }

  /** Prints the size of a job. */
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
            "dry run: %,d steps, %,d side inputs, %,d bytes, %.1f%% of the limit of the service",
            steps.size(),
            sideInputs,
            bytes,
            100.0 * bytes / MAX_GRAPH_BYTES));
    out.println(jobFile);
  }
}
