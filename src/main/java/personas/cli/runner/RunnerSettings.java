package personas.cli.runner;

import java.util.Arrays;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.cli.exit.UsageException;

/** Sets defaults for each runner, unless a flag sets the option. */
public final class RunnerSettings {
  private RunnerSettings() {}

  /** Sets the defaults of the runner in the options of a job. */
  public static void apply(PipelineOptions options, String[] args) {
    if (isDirect(options)) {
      // Both checks encode and clone every element, which takes time, so they are off without a
      // flag. Tests turn the checks on.
      DirectOptions direct = options.as(DirectOptions.class);
      direct.setEnforceImmutability(isFlagSet(args, "enforceImmutability"));
      direct.setEnforceEncodability(isFlagSet(args, "enforceEncodability"));
      if (!isThreadsFlagSet(args)) {
        // Beam's default is at least three threads. Its scheduler spins while a worker waits, so on
        // two cores a third thread makes the other two a fifth slower.
        direct.setTargetParallelism(Runtime.getRuntime().availableProcessors());
      }
      // With a non-blocking run, a signal can cancel the job.
      direct.setBlockOnRun(false);
    } else if (isFlink(options)) {
      FlinkSettings.apply(options, args);
    }
  }

  /**
   * Sets one thread for a small input on the direct runner, unless a flag sets the threads. Beam's
   * scheduler spins on a thread that has no task. The spinning thread takes a core from the
   * parallel work within a task: 100,000 users in 100 clusters take 6.0 s on one thread and 7.7 s
   * on two.
   */
  public static void useOneThread(PipelineOptions options, String[] args) {
    if (isDirect(options) && !isThreadsFlagSet(args)) {
      options.as(DirectOptions.class).setTargetParallelism(1);
    }
  }

  private static boolean isThreadsFlagSet(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.startsWith("--targetParallelism="));
  }

  /** Returns whether the job runs on Beam's direct runner. */
  public static boolean isDirect(PipelineOptions options) {
    // The name is compared, because the jar for a cluster does not contain the direct runner.
    return options.getRunner().getSimpleName().equals("DirectRunner");
  }

  /** Returns whether the job runs on Flink. */
  public static boolean isFlink(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("FlinkRunner");
  }

  /** Returns whether the job runs on Dataflow. */
  public static boolean isDataflow(PipelineOptions options) {
    return options.getRunner().getSimpleName().equals("DataflowRunner");
  }

  /** Refuses a dry run on any runner other than Dataflow. */
  public static void checkDryRun(PipelineOptions options) throws UsageException {
    if (!isDataflow(options)) {
      throw new UsageException("--dryRun: needs --runner=DataflowRunner");
    }
  }

  /**
   * Returns whether the workers are threads of this process and end with it. This is true for the
   * direct runner and for embedded Flink; other runners may have their workers anywhere.
   */
  static boolean isInThisProcess(PipelineOptions options) {
    return isDirect(options) || (isFlink(options) && FlinkSettings.isEmbedded(options));
  }

  /**
   * Returns whether {@code main} only builds a job for a template launcher, which submits the job.
   */
  public static boolean isTemplate(PipelineOptions options) {
    return isDataflow(options) && DataflowSettings.isTemplate(options);
  }

  /** Returns whether the program can run one job only, as in a template or a Flink application. */
  public static boolean takesOneJob(PipelineOptions options) {
    return isTemplate(options) || (isFlink(options) && FlinkSettings.takesOneJob());
  }

  /** Refuses a Flink configuration in which the program cannot wait for the end of a job. */
  public static void checkEngine(PipelineOptions options) throws UsageException {
    if (isFlink(options)) {
      FlinkSettings.checkAttached();
    }
  }

  /**
   * Returns whether an engine has called {@code main} and treats the end of {@code main} as the end
   * of the application. The flag is checked first, so that other runners do not load a library of
   * Flink.
   */
  public static boolean isCalledByEngine(String[] args) {
    return Arrays.stream(args).anyMatch(arg -> arg.matches("--runner=(.*\\.)?FlinkRunner"))
        && FlinkSettings.isWithinCluster();
  }

  /** Returns whether a boolean flag is given and true. */
  static boolean isFlagSet(String[] args, String flag) {
    for (String arg : args) {
      if (arg.equals("--" + flag) || arg.equals("--" + flag + "=true")) {
        return true;
      }
    }
    return false;
  }
}
