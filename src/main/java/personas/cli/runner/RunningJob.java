package personas.cli.runner;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs jobs and lets a signal cancel the running job on any engine. */
public final class RunningJob {
  /** The longest time that a cancellation waits for the end of a submission. */
  private static final long SUBMISSION_SECONDS = 60;

  /** Dataflow takes a minute or more to end a job. */
  private static final int CANCEL_SECONDS = 300;

  private static final int CANCEL_POLL_MILLIS = 500;

  /**
   * A job from the start of the submission to the end of the job; the future {@code result} is
   * complete after the submission.
   */
  private record Submission(PipelineOptions options, CompletableFuture<PipelineResult> result) {}

  private final PassStatistics passStatistics = new PassStatistics();
  private volatile Submission submission;
  private boolean isCanceled;

  /**
   * Runs a job to its end.
   *
   * @throws IOException if the job fails, which some engines report only by the state of the job,
   *     or if the run was canceled before
   */
  public void run(Pipeline pipeline) throws IOException {
    Submission newSubmission = startSubmission(pipeline.getOptions());
    PipelineResult result;
    try {
      result = pipeline.run();
    } catch (RuntimeException | Error e) {
      newSubmission.result().completeExceptionally(e);
      throw e;
    }
    newSubmission.result().complete(result);
    // If a signal interrupts the wait, `submission` still refers to the job, so the job can be
    // canceled.
    PipelineResult.State state = result.waitUntilFinish();
    submission = null;
    if (state != PipelineResult.State.DONE) {
      throw new IOException("the job ended with the state " + state);
    }
    passStatistics.add(result);
  }

  /** Starts a submission. Fails after a cancellation, which may have come between two jobs. */
  private synchronized Submission startSubmission(PipelineOptions options) throws IOException {
    if (isCanceled) {
      throw new IOException("canceled");
    }
    submission = new Submission(options, new CompletableFuture<>());
    return submission;
  }

  /** Prevents further submissions. Returns the current submission; null if no job runs. */
  private synchronized Submission refuseSubmissions() {
    isCanceled = true;
    return submission;
  }

  /** Returns the costs of the passes of all finished jobs. */
  public PassStatistics passStatistics() {
    return passStatistics;
  }

  /**
   * Cancels the running job, if there is one, and waits until it has ended. Afterwards no other job
   * can start.
   *
   * @throws IOException if the job may still be running
   */
  public void cancel() throws IOException {
    Submission running = refuseSubmissions();
    if (running == null) {
      return;
    }
    if (RunnerSettings.isFlink(running.options())) {
      // Flink's attached run() returns only at the end, so the cluster is asked directly.
      FlinkSettings.cancel(running.options(), running.result()::isDone);
    } else if (!RunnerSettings.isDirect(running.options())) {
      cancel(awaitResult(running));
    }
    // The job of the direct runner ends with this process.
  }

  /** Cancels a job and waits until the job has ended. */
  private static void cancel(PipelineResult job) throws IOException {
    job.cancel();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CANCEL_SECONDS);
    while (!job.getState().isTerminal()) {
      if (System.nanoTime() > end) {
        throw new IOException("the job has not ended after " + CANCEL_SECONDS + " s");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(CANCEL_POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the job was canceled", e);
      }
    }
  }

  /**
   * Waits for the end of a submission, because a job that is just being submitted must be canceled
   * too.
   */
  private static PipelineResult awaitResult(Submission running) throws IOException {
    try {
      return running.result().get(SUBMISSION_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the submission failed or did not end; a job may be running", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the job was canceled", e);
    }
  }
}
