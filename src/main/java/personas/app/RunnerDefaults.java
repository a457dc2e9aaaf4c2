package personas.app;

import java.util.Arrays;
import org.apache.beam.runners.direct.DirectOptions;
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
      if (threadsAreLeftToSteps(options, args)) {
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

  /** Gives the engine one thread, where the steps of a job bring their own. */
  static void leaveThreadsToSteps(PipelineOptions options, String[] args) {
    if (!threadsAreLeftToSteps(options, args)) {
      return;
    }
    if (isDirect(options)) {
      options.as(DirectOptions.class).setTargetParallelism(1);
    } else {
      FlinkDefaults.takeOneThread(options);
    }
  }

  /** Whether the engine is in this process, and was not told how many threads it gets. */
  static boolean threadsAreLeftToSteps(PipelineOptions options, String[] args) {
    String threads = isDirect(options) ? "--targetParallelism=" : "--parallelism=";
    return isInThisProcess(options)
        && Arrays.stream(args).noneMatch(arg -> arg.startsWith(threads));
  }

  static boolean isDirect(PipelineOptions options) {
    // By its name: the jar for a cluster has no direct runner.
    return options.getRunner().getSimpleName().equals("DirectRunner");
  }

  static boolean isFlink(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  static boolean isDataflow(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("DataflowRunner");
  }

  /** Refuses a dry run of any other runner than Dataflow's. */
  static void checkDryRun(PipelineOptions options) throws UsageException {
    if (!isDataflow(options)) {
      throw new UsageException("--dryRun: is of the Dataflow runner only");
    }
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
