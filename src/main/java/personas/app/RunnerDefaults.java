package personas.app;

import java.util.Arrays;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/** What each runner does better with, where the command line does not say otherwise. */
final class RunnerDefaults {
  private RunnerDefaults() {}

  static void apply(PipelineOptions options, String[] args) {
    if (isDirect(options)) {
      // Its checks encode and clone every element; the tests keep them on.
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setEnforceImmutability(given(args, "enforceImmutability"));
      direct.setEnforceEncodability(given(args, "enforceEncodability"));
      if (threadsAreLeftToUs(options, args)) {
        // Beam's own default adds a thread where there are two cores, and the runner's scheduler,
        // which never rests, takes it: the workers lose a fifth of their time.
        direct.setTargetParallelism(Runtime.getRuntime().availableProcessors());
      }
      // So that a signal has a job to cancel.
      direct.setBlockOnRun(false);
    } else if (isFlink(options)) {
      FlinkDefaults.apply(options, args);
    }
  }

  /**
   * Leaves the threads to the steps of a job, where its runner is better off with one.
   *
   * @return whether it is
   */
  static boolean giveOneThread(PipelineOptions options, String[] args) {
    boolean one = threadsAreLeftToUs(options, args);
    if (one) {
      options.as(DirectOptions.class).setTargetParallelism(1);
    }
    return one;
  }

  private static boolean threadsAreLeftToUs(PipelineOptions options, String[] args) {
    return isDirect(options)
        && Arrays.stream(args).noneMatch(arg -> arg.startsWith("--targetParallelism="));
  }

  static boolean isDirect(PipelineOptions options) {
    return options.getRunner() == DirectRunner.class;
  }

  static boolean isFlink(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  static boolean isDataflow(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("DataflowRunner");
  }

  /** Whether the workers are threads of this process, and end with it. */
  static boolean isInThisProcess(PipelineOptions options) {
    return !isDataflow(options) && !(isFlink(options) && FlinkDefaults.cluster(options) != null);
  }

  /** Whether a flag is set to true; off where it is not there. */
  static boolean given(String[] args, String flag) {
    for (String arg : args) {
      if (arg.equals("--" + flag) || arg.equals("--" + flag + "=true")) {
        return true;
      }
    }
    return false;
  }
}
