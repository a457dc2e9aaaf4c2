package personas.cli.runner;

import java.util.Arrays;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.exit.UsageException;

/** What each runner does better with, where the command line does not say otherwise. */
public final class RunnerSettings {
  private RunnerSettings() {}

  public static void apply(PipelineOptions options, String[] args) {
    if (isDirect(options)) {
      // Its checks encode and clone every element; the tests keep them on.
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setEnforceImmutability(given(args, "enforceImmutability"));
      direct.setEnforceEncodability(given(args, "enforceEncodability"));
      if (Arrays.stream(args).noneMatch(arg -> arg.startsWith("--targetParallelism="))) {
        // Beam's own default is at least three threads. Its scheduler spins while a worker waits,
        // so on two cores the third thread takes a fifth of the time from the other two.
        direct.setTargetParallelism(Runtime.getRuntime().availableProcessors());
      }
      // So that a signal has a job to cancel.
      direct.setBlockOnRun(false);
    } else if (isFlink(options)) {
      FlinkSettings.apply(options, args);
    }
  }

  static boolean isDirect(PipelineOptions options) {
    // By its name: the jar for a cluster has no direct runner.
    return options.getRunner().getSimpleName().equals("DirectRunner");
  }

  public static boolean isFlink(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  public static boolean isDataflow(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("DataflowRunner");
  }

  /** Refuses a dry run of any other runner than Dataflow's. */
  public static void checkDryRun(PipelineOptions options) throws UsageException {
    if (!isDataflow(options)) {
      throw new UsageException("--dryRun: is of the Dataflow runner only");
    }
  }

  /**
   * Returns whether the workers are threads of this process, and end with it: those of the direct
   * runner, and of Flink without a cluster. An unknown runner may have its workers anywhere.
   */
  public static boolean isInThisProcess(PipelineOptions options) {
    return isDirect(options) || (isFlink(options) && FlinkSettings.isEmbedded(options));
  }

  /** Returns whether {@code main} leaves its job to a launcher of templates, which submits it. */
  public static boolean isTemplate(PipelineOptions options) {
    return isDataflow(options) && DataflowSettings.isTemplate(options);
  }

  /** Returns whether no further job can follow the first one. */
  public static boolean takesOneJob(PipelineOptions options) {
    return isTemplate(options) || (isFlink(options) && FlinkSettings.takesOneJob());
  }

  /** Refuses an engine that is configured so that jobs cannot be waited for. */
  public static void checkEngine(PipelineOptions options) throws UsageException {
    if (isFlink(options)) {
      FlinkSettings.checkAttached();
    }
  }

  /**
   * Returns whether an engine has called {@code main} and takes its end for the end of the
   * application. Told by the flag, so that no library of Flink is loaded for another runner.
   */
  public static boolean isCalledByEngine(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.matches("--runner=(.*\\.)?FlinkRunner"))
        && FlinkSettings.isWithinCluster();
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
