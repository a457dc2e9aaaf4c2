package personas.cli.runner;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** The job that is under way, so that a signal can end it on whatever engine it runs. */
public final class RunningJob {
  /** How long a signal waits for a submission that is under way to come back with its job. */
  private static final long SUBMISSION_SECONDS = 60;

  /** Dataflow takes a minute or more to end a job. */
  private static final int CANCEL_SECONDS = 300;

  private static final int CANCEL_LOOK_MILLIS = 500;

  /** A job from before its submission, when its result is not there yet, to its end. */
  private record Submission(PipelineOptions options, CompletableFuture<PipelineResult> result) {}

  private final PassStatistics counters = new PassStatistics();
  private volatile Submission submission;
  private boolean cancelled;

  /**
   * Runs a job to its end.
   *
   * @throws IOException where it does not end well, which a detached engine says only by its state;
   *     and where a signal came before it
   */
  public void run(Pipeline pipeline) throws IOException {
    Submission own = submitting(pipeline.getOptions());
    PipelineResult result;
    try {
      result = pipeline.run();
    } catch (RuntimeException | Error e) {
      own.result().completeExceptionally(e);
      throw e;
    }
    own.result().complete(result);
    // Waiting fails where a signal came first; the job is still there to be cancelled.
    PipelineResult.State state = result.waitUntilFinish();
    submission = null;
    if (state != PipelineResult.State.DONE) {
      throw new IOException("the job ended as " + state);
    }
    counters.add(result);
  }

  /** Between two jobs a signal finds none to cancel, so there must be no further one. */
  private synchronized Submission submitting(PipelineOptions options) throws IOException {
    if (cancelled) {
      throw new IOException("cancelled");
    }
    submission = new Submission(options, new CompletableFuture<>());
    return submission;
  }

  private synchronized Submission cancelled() {
    cancelled = true;
    return submission;
  }

  /** Of the jobs that have ended. */
  public PassStatistics counters() {
    return counters;
  }

  /**
   * Has the engine end the job and waits until it has ended; nothing happens where none is under
   * way. No other can start.
   *
   * @throws IOException where that is not known to have happened
   */
  public void cancel() throws IOException {
    Submission running = cancelled();
    if (running == null) {
      return;
    }
    if (RunnerSettings.isFlink(running.options())) {
      // Flink's attached run() comes back only at the end, so its cluster is asked directly.
      FlinkSettings.cancel(running.options(), running.result()::isDone);
    } else if (!RunnerSettings.isDirect(running.options())) {
      cancel(submitted(running));
    }
    // The direct runner's job ends with this process.
  }

  /** Has an engine cancel a job and waits until the job has ended. */
  private static void cancel(PipelineResult job) throws IOException {
    job.cancel();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CANCEL_SECONDS);
    while (!job.getState().isTerminal()) {
      if (System.nanoTime() > end) {
        throw new IOException("it has not ended after " + CANCEL_SECONDS + " s");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(CANCEL_LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the job was cancelled", e);
      }
    }
  }

  /** A job that the service has taken must not outlive a signal that came a moment too early. */
  private static PipelineResult submitted(Submission running) throws IOException {
    try {
      return running.result().get(SUBMISSION_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the submission did not end; a job may be running", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the job was cancelled", e);
    }
  }
}
