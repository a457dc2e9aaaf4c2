package personas.app;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** The job that is under way, so that a signal can end it on whatever engine it runs. */
final class RunningJob {
  private final AtomicReference<PipelineResult> result = new AtomicReference<>();
  private volatile PipelineOptions options;

  /**
   * Runs a job to its end.
   *
   * @throws IOException where it does not end well; on a detached engine it says so only by its
   *     state
   */
  void run(Pipeline pipeline) throws IOException {
    options = pipeline.getOptions();
    result.set(pipeline.run());
    PipelineResult.State state = result.get().waitUntilFinish();
    result.set(null);
    options = null;
    if (state != PipelineResult.State.DONE) {
      throw new IOException("the job ended as " + state);
    }
  }

  /** Asks the engine to end the job; nothing happens where none is under way. */
  void cancel() throws IOException {
    PipelineResult running = result.get();
    PipelineOptions submitted = options;
    if (running != null) {
      running.cancel();
    } else if (submitted != null && RunnerDefaults.isFlink(submitted)) {
      // Flink's attached run() comes back only at the end, so its cluster is asked directly.
      FlinkDefaults.cancel(submitted);
    }
  }
}
