package personas.app;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.beam.sdk.io.FileSystems;
import personas.data.TerminalText;
import personas.pipeline.StreamPlan;
import personas.pipeline.StreamScore;

/**
 * {@code score} of a stream: runs until a signal ends it, which is how it ends well. On Dataflow
 * the job runs by itself, so the command ends when it is submitted.
 */
final class StreamScoreCommand {
  private final String[] args;
  private final ScoreOptions options;
  private final PrintStream out;
  private final RunningJob job = new RunningJob();

  private StreamScoreCommand(String[] args, PrintStream out) throws UsageException {
    this.args = args.clone();
    this.options = freshOptions();
    this.out = out;
  }

  private ScoreOptions freshOptions() throws UsageException {
    ScoreOptions fresh = CommandLine.parse(args, ScoreOptions.class);
    RunnerDefaults.apply(fresh, args);
    if (RunnerDefaults.isFlink(fresh)) {
      FlinkDefaults.applyToStream(fresh);
    }
    return fresh;
  }

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, IOException {
    StreamScoreCommand command = new StreamScoreCommand(args, out);
    FileSystems.setDefaultPipelineOptions(command.options);
    return command.run();
  }

  private int run() throws UsageException, IOException {
    StreamPlan plan = new StreamPlanReader(options, args).read();
    if (options.isDryRun()) {
      return dryRun(plan);
    }
    if (RunnerDefaults.isDataflow(options)) {
      StreamScore.job(freshOptions(), plan).run();
      say("submitted; the job runs until it is drained or cancelled");
      return ExitCode.DONE;
    }
    StreamTopics.check(plan);
    SignalHook onSignal = SignalHook.set("stop", this::stop);
    say("scoring " + plan.input() + " with model " + plan.first().digest());
    try {
      job.run(StreamScore.job(freshOptions(), plan));
    } finally {
      onSignal.unset();
    }
    return ExitCode.DONE;
  }

  /**
   * On Ctrl-C or SIGTERM, which is no failure: a stream has no other end. What is under way is not
   * committed, so it comes again.
   */
  private void stop() {
    int code = ExitCode.DONE;
    try {
      job.cancel();
      say("stopped; a restart goes on from the last commit");
    } catch (IOException | RuntimeException e) {
      System.err.println(TerminalText.lines("the job may be running: " + e.getMessage()));
      code = ExitCode.FAILED;
    }
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  private int dryRun(StreamPlan plan) throws UsageException, IOException {
    RunnerDefaults.checkDryRun(options);
    ScoreOptions own = freshOptions();
    DataflowDefaults.dryRun(own, () -> StreamScore.job(own, plan), out);
    return ExitCode.DONE;
  }

  private void say(String what) {
    if (!options.isQuiet()) {
      System.err.println(what);
    }
  }
}
