package personas.cli.runner;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.storage.RefusalFile;

/**
 * Cancels a job on a Flink cluster as soon as a step has refused the data. The step would refuse
 * the same data in every attempt, but a cluster with a restart strategy starts the job again before
 * it reports the failure, for example 30 times. A source that cannot be reached now does not count,
 * because a later attempt may succeed.
 */
public final class RefusalWatch {
  private static final int LOOK_MILLIS = 1_000;

  private final RefusalFile refusal;
  private final RunningJob job;
  private final CountDownLatch ended = new CountDownLatch(1);

  private RefusalWatch(RefusalFile refusal, RunningJob job) {
    this.refusal = refusal;
    this.job = job;
  }

  /**
   * Starts to watch the jobs of a run. Does nothing if the engine reports a failure at once, or if
   * an operator of Flink has to see a failed job.
   */
  public static RefusalWatch start(PipelineOptions options, RefusalFile refusal, RunningJob job) {
    RefusalWatch watch = new RefusalWatch(refusal, job);
    if (RunnerSettings.isFlink(options)
        && !FlinkSettings.isEmbedded(options)
        && !FlinkSettings.isWithinCluster()) {
      Thread thread = new Thread(watch::look, "refusal-watch");
      thread.setDaemon(true);
      thread.start();
    }
    return watch;
  }

  private void look() {
    try {
      while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (isRefused()) {
          job.cancel();
          return;
        }
      }
    } catch (IOException | RuntimeException notCanceled) {
      // The job fails by itself after its last attempt.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isRefused() {
    try {
      return refusal.isFinal();
    } catch (IOException | RuntimeException notNow) {
      // The folder changes while it is read; the next look succeeds.
      return false;
    }
  }

  /** Ends the watch. */
  public void stop() {
    ended.countDown();
  }
}
