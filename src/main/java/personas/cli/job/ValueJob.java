package personas.cli.job;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.SegmentOptions;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.RunningJob;
import personas.cli.runner.ShutdownHook;
import personas.cli.runner.StagingRemoval;
import personas.run.RunFolders;

/**
 * A job whose result is one value, for example the counts of a comparison or the sample of a typing
 * tool. The job writes the value to its staging folder, and the launcher reads it there.
 *
 * @param <T> the type of the value
 */
public final class ValueJob<T> {
  /** Reads the value from the staging folder. */
  public interface Reader<T> {
    /** Returns the value. */
    T read() throws IOException;
  }

  private final PipelineOptions options;
  private final RunFolders folders;
  private final Supplier<Pipeline> pipeline;
  private final Reader<T> reader;
  private final RunningJob job = new RunningJob();
  private volatile boolean isCanceled;

  /**
   * Prepares a job.
   *
   * @param options the flags of the command
   * @param folders the folders of the job
   * @param pipeline makes the graph of the job
   * @param reader reads the value after the job
   */
  public ValueJob(
      PipelineOptions options, RunFolders folders, Supplier<Pipeline> pipeline, Reader<T> reader) {
    this.options = options;
    this.folders = folders;
    this.pipeline = pipeline;
    this.reader = reader;
  }

  /**
   * Runs a job before the job of {@code segment}. The first job gets its own options, because each
   * job changes its options.
   *
   * @param args the flags of the command
   * @param folders the folders of the first job
   * @param graph makes the graph of the first job
   * @param reader reads the value after the first job
   * @param purpose completes "the job that", for the message after a signal
   * @return the value
   * @throws IOException if the job fails, or if a signal has stopped the job
   */
  static <T> T runFirst(
      String[] args,
      RunFolders folders,
      Function<SegmentOptions, Pipeline> graph,
      Reader<T> reader,
      String purpose)
      throws UsageException, IOException {
    SegmentOptions options = OptionParser.parse(args, SegmentOptions.class);
    RunnerSettings.apply(options, args);
    return new ValueJob<>(options, folders, () -> graph.apply(options), reader)
        .run()
        .orElseThrow(() -> new IOException("the job that " + purpose + " was canceled"));
  }

  /**
   * Runs the job and removes its staged files, even if the job fails or a signal stops it.
   *
   * @return the value; empty if a signal has stopped the job
   */
  public Optional<T> run() throws IOException {
    StagingRemoval staging = new StagingRemoval(folders, options);
    ShutdownHook onSignal = ShutdownHook.set("cancel", () -> cancel(staging));
    boolean isDone = false;
    try {
      job.run(pipeline.get());
      T value = reader.read();
      isDone = true;
      return Optional.of(value);
    } catch (IOException | RuntimeException e) {
      // A canceled job fails, but the cause is the signal and not an error.
      if (!isCanceled) {
        staging.throwRefusal(e);
        throw e;
      }
      return Optional.empty();
    } finally {
      if (onSignal.unset()) {
        staging.removeAfterJob(isDone);
      }
    }
  }

  private void cancel(StagingRemoval staging) {
    isCanceled = true;
    System.err.println("canceling ...");
    staging.closeFence();
    try {
      job.cancel();
    } catch (IOException | RuntimeException e) {
      staging.sayThatFilesStay(e);
      return;
    }
    boolean isRemoved = staging.removeAfterJob(false);
    System.err.println("canceled" + (isRemoved ? "; staging is removed" : ""));
  }
}
