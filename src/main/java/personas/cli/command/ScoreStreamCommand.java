package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.ScoreOptions;
import personas.cli.plan.StreamPlanner;
import personas.cli.runner.DataflowSettings;
import personas.cli.runner.FlinkSettings;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.RunningJob;
import personas.cli.runner.ShutdownHook;
import personas.connector.kafka.KafkaTopics;
import personas.connector.stream.StreamAddress;
import personas.pipeline.stream.StreamScoringJob;
import personas.run.StreamPlan;
import personas.text.TerminalText;

/**
 * The command {@code score} for a stream. The command runs until Ctrl-C or SIGTERM stops it; the
 * exit code is then 0. On Dataflow the command ends after it has submitted the job.
 */
final class ScoreStreamCommand {
  private final String[] args;
  private final ScoreOptions options;
  private final PrintStream out;
  private final RunningJob job = new RunningJob();

  private ScoreStreamCommand(String[] args, PrintStream out) throws UsageException {
    this.args = args.clone();
    this.options = freshOptions();
    this.out = out;
  }

  /** Parses the flags again, because a job may change its options. */
  private ScoreOptions freshOptions() throws UsageException {
    ScoreOptions fresh = OptionParser.parse(args, ScoreOptions.class);
    RunnerSettings.apply(fresh, args);
    if (RunnerSettings.isFlink(fresh)) {
      FlinkSettings.applyToStream(fresh, args);
    }
    return fresh;
  }

  /** Runs the command and returns the exit code. */
  static int run(String[] args, PrintStream out) throws UsageException, IOException {
    ScoreStreamCommand command = new ScoreStreamCommand(args, out);
    FileSystems.setDefaultPipelineOptions(command.options);
    return command.run();
  }

  private int run() throws UsageException, IOException {
    StreamPlan plan = new StreamPlanner(options, args).read();
    if (options.isDryRun()) {
      return dryRun(plan);
    }
    if (RunnerSettings.isDataflow(options)) {
      StreamScoringJob.job(freshOptions(), plan).run();
      say(
          "The job is submitted. It runs until you drain or cancel it with the tools of the runner.");
      return ExitCode.DONE;
    }
    checkTopic("input", plan.topics().input(), plan);
    checkTopic("output", plan.topics().output(), plan);
    checkTopic("deadLetters", plan.topics().deadLetters(), plan);
    ShutdownHook onSignal = ShutdownHook.set("stop", this::stop);
    say("scoring " + plan.topics().input() + " with model " + plan.first().digest());
    try {
      job.run(StreamScoringJob.job(freshOptions(), plan));
    } finally {
      onSignal.unset();
    }
    return ExitCode.DONE;
  }

  private static void checkTopic(String flag, StreamAddress topic, StreamPlan plan)
      throws UsageException, IOException {
    String reason = KafkaTopics.problem(topic, plan.topics().clientProperties());
    if (reason != null) {
      throw new UsageException("--" + flag + ": " + reason);
    }
  }

  /**
   * Handles Ctrl-C and SIGTERM, the normal end of a stream. Messages in progress are not committed,
   * so a restart reads them again.
   */
  private void stop() {
    int code = ExitCode.DONE;
    try {
      job.cancel();
      say("The job is stopped. A restart continues from the last commit.");
    } catch (IOException | RuntimeException e) {
      System.err.println(
          TerminalText.lines("The job could not be stopped and may be running: " + e.getMessage()));
      code = ExitCode.FAILED;
    }
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  private int dryRun(StreamPlan plan) throws UsageException, IOException {
    RunnerSettings.checkDryRun(options);
    ScoreOptions jobOptions = freshOptions();
    DataflowSettings.dryRun(jobOptions, () -> StreamScoringJob.job(jobOptions, plan), out);
    return ExitCode.DONE;
  }

  private void say(String message) {
    if (!options.isQuiet()) {
      System.err.println(message);
    }
  }
}
