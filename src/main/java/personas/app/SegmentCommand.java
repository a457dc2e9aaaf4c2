package personas.app;

import java.io.IOException;
import java.io.PrintStream;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import personas.pipeline.RunPlan;
import personas.pipeline.Segmentation;
import personas.spec.SpecException;

/** {@code segment}: users in, personas out. */
final class SegmentCommand {
  private final String[] args;
  private final SegmentOptions options;
  private final PrintStream out;

  private SegmentCommand(String[] args, PrintStream out) throws UsageException {
    this.args = args.clone();
    this.options = freshOptions();
    this.out = out;
  }

  /** Options are made anew for each job, because a runner changes those that it gets. */
  private SegmentOptions freshOptions() throws UsageException {
    SegmentOptions fresh = CommandLine.parse(args, SegmentOptions.class);
    RunnerDefaults.apply(fresh, args);
    return fresh;
  }

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, SpecException, IOException {
    PipelineOptionsFactory.register(SegmentOptions.class);
    SegmentCommand command = new SegmentCommand(args, out);
    FileSystems.setDefaultPipelineOptions(command.options);
    return command.run();
  }

  private int run() throws UsageException, SpecException, IOException {
    RunPlan plan = new PlanReader(options).read();
    Thread cleaner = new Thread(() -> cleanUpQuietly(plan), "clean-up");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      play(plan);
    } finally {
      Segmentation.cleanUp(plan);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    }
    if (!options.isQuiet()) {
      Summary.print(Results.read(plan), plan, out);
    }
    return ExitCode.DONE;
  }

  /** Plays jobs until one has written the results. */
  private void play(RunPlan plan) throws IOException, UsageException {
    boolean further = false;
    do {
      Pipeline pipeline =
          further
              ? Segmentation.nextJob(freshOptions(), plan)
              : Segmentation.firstJob(freshOptions(), plan);
      PipelineResult.State state = pipeline.run().waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IOException("the job ended as " + state);
      }
      further = Segmentation.wantsNextJob(plan);
    } while (further);
  }

  private static void cleanUpQuietly(RunPlan plan) {
    try {
      Segmentation.cleanUp(plan);
    } catch (IOException e) {
      System.err.println("staging is left behind in " + plan.staging() + ": " + e.getMessage());
    }
  }

  /** A name for the staging folders that no other run has. */
  static String runName() {
    return UUID.randomUUID().toString().substring(0, 13);
  }
}
