package personas.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.console.ProgressLine;
import personas.cli.console.RunSummary;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.exit.Verdict;
import personas.cli.exit.VerdictException;
import personas.cli.option.JobOptions;
import personas.cli.option.OptionParser;
import personas.cli.result.RunFigures;
import personas.cli.runner.DataflowSettings;
import personas.cli.runner.JobGraphFile;
import personas.cli.runner.RunStart;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.RunningJob;
import personas.cli.runner.ShutdownHook;
import personas.cli.runner.StagingOwner;
import personas.cli.runner.StagingRemoval;
import personas.cli.runner.StoppedRuns;
import personas.connector.storage.ExclusiveFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.WriteFence;
import personas.model.JsonFile;
import personas.pipeline.BatchJobs;
import personas.run.RunOutcome;
import personas.run.RunOutcome.FiredVerdict;
import personas.run.RunPlan;
import personas.run.publication.OutcomeFile;
import personas.run.publication.Publication;
import personas.run.publication.PublicationState;
import personas.run.publication.ReplacedResults;
import personas.spec.SpecException;
import personas.text.TerminalText;

/**
 * Plays the jobs of a command that reads users, from the plan to the results; cleans up behind it,
 * also where it fails or a signal ends it.
 *
 * @param <T> the flags of the command
 */
public final class BatchCommand<T extends JobOptions> {
  /** What one command has of its own. */
  public interface Kind<T extends JobOptions> {
    /** The declaration of its flags. */
    Class<T> flags();

    /** Flags → what is to be done, refused here where it cannot be done. */
    RunPlan plan(T options) throws UsageException, SpecException, IOException, VerdictException;

    /** The name of the command. */
    String name();

    /** The verdicts that the command can give. */
    Set<Verdict> verdicts();

    /**
     * Does what is left to do once the results and {@code run.json} are there.
     *
     * @param isAccepted whether no listed verdict applies
     * @param out for people; nobody if the command is quiet
     */
    default void finish(boolean isAccepted, PrintStream out) throws IOException, VerdictException {}

    /** Removes what the command does not keep, also if it failed or a signal has ended it. */
    default void close() {}

    /** Reads what the run left, which fails where it left nothing. */
    Results read(RunPlan plan) throws IOException;
  }

  /** What a run left. */
  public interface Results {
    /** The figures that verdicts speak of. */
    RunFigures figures();

    /** Shows the results to people. */
    void print(PrintStream out) throws IOException;
  }

  private final long startNanos = System.nanoTime();

  private final Kind<T> kind;
  private final String[] args;
  private final T options;
  private final PrintStream out;
  private final RunningJob job = new RunningJob();
  private volatile boolean cancelled;

  private BatchCommand(Kind<T> kind, String[] args, PrintStream out) throws UsageException {
    this.kind = kind;
    this.args = args.clone();
    this.options = freshOptions();
    this.out = out;
  }

  /** Options are made anew for each job, because a runner changes those that it gets. */
  private T freshOptions() throws UsageException {
    T fresh = OptionParser.parse(args, kind.flags());
    RunnerSettings.apply(fresh, args);
    return fresh;
  }

  /** Runs the command and returns the exit code. */
  public static <T extends JobOptions> int run(Kind<T> kind, String[] args, PrintStream out)
      throws UsageException, SpecException, IOException, VerdictException {
    BatchCommand<T> command = new BatchCommand<>(kind, args, out);
    FileSystems.setDefaultPipelineOptions(command.options);
    try {
      return command.run();
    } finally {
      // After a signal, the shutdown hook closes it.
      if (!command.cancelled) {
        kind.close();
      }
    }
  }

  private int run() throws UsageException, SpecException, IOException, VerdictException {
    Set<Verdict> failOn = Verdict.parse(options.getFailOn(), kind.verdicts());
    if (options.isDryRun()) {
      return dryRun();
    }
    if (RunnerSettings.isTemplate(options) && !failOn.isEmpty()) {
      throw new UsageException(
          "--failOn: a template ends before its job does, so it cannot end with a verdict");
    }
    if (options.isResume() && RunnerSettings.takesOneJob(options)) {
      throw new UsageException(
          "--resume: a template and Flink's application mode take one job, which no later job can"
              + " continue");
    }
    RunnerSettings.checkEngine(options);
    return run(kind.plan(options), failOn);
  }

  private int run(RunPlan planned, Set<Verdict> failOn)
      throws UsageException, IOException, VerdictException {
    if (RunnerSettings.isTemplate(options)) {
      // A template launcher takes the job that main leaves; it cannot wait for it.
      firstJob(freshOptions(), planned).run();
      return ExitCode.DONE;
    }
    RunStart start = start(planned);
    if (!playWatched(start)) {
      return ExitCode.FAILED;
    }
    return end(start.plan(), failOn);
  }

  /** Takes over a stopped run if the user wants to continue one; removes what others left. */
  private RunStart start(RunPlan planned) throws IOException {
    RunStart start =
        options.isResume()
            ? new StoppedRuns(planned, options, this::say).take()
            : RunStart.anew(planned);
    StagingOwner.removeAbandoned(start.plan().folders());
    Publication.refuseLocked(start.plan().folders());
    return start;
  }

  /** Says how a run that has published ended, in files, to people and by the exit code. */
  private int end(RunPlan plan, Set<Verdict> failOn)
      throws UsageException, IOException, VerdictException {
    Results results = kind.read(plan);
    List<FiredVerdict> fired = results.figures().fired(failOn);
    writeOutcome(plan, results.figures(), fired, !failOn.isEmpty());
    ReplacedResults.forget(plan.folders().output());
    if (!options.isQuiet()) {
      results.print(out);
    }
    String passes = job.counters().line();
    if (options.isVerbose() && !options.isQuiet() && !passes.isEmpty()) {
      out.println();
      out.println(passes);
    }
    kind.finish(
        fired.isEmpty(),
        options.isQuiet() ? new PrintStream(OutputStream.nullOutputStream(), false, UTF_8) : out);
    if (!fired.isEmpty()) {
      throw verdict(fired, plan.folders().output());
    }
    return ExitCode.DONE;
  }

  /**
   * Writes {@code run.json}, unless another run has replaced the results since.
   *
   * @param mustBeKnown whether a verdict decides the exit code, so that the results must be those
   *     of this run
   */
  private void writeOutcome(
      RunPlan plan, RunFigures figures, List<FiredVerdict> fired, boolean mustBeKnown)
      throws IOException {
    String output = plan.folders().output();
    double seconds = Math.round((System.nanoTime() - startNanos) / 1e8) / 10.0;
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonFile.write(figures.outcome(kind.name(), fired, output, seconds), json);
    OutcomeFile file = new OutcomeFile(plan.folders(), new ExclusiveFiles(options));
    if (!file.write(json.toByteArray())) {
      String replaced =
          output
              + ": another run has published to this folder since, so "
              + RunOutcome.FILE
              + " of this run was not written";
      if (mustBeKnown) {
        throw new IOException(replaced + " and its verdict is not known");
      }
      System.err.println(TerminalText.lines(replaced));
    }
  }

  /** All verdicts that apply in one line; the first one decides the exit code. */
  private static VerdictException verdict(List<FiredVerdict> fired, String output) {
    int exitCode = fired.get(0).exitCode();
    String reasons =
        fired.stream()
            .map(each -> each.verdict() + ": " + each.reason())
            .collect(Collectors.joining("; "));
    return new VerdictException(
        exitCode,
        "--failOn: "
            + reasons
            + ". All results are published in "
            + output
            + ", and the exit code is "
            + exitCode);
  }

  /**
   * Plays the jobs with a line of progress, and a signal cancels them.
   *
   * @return false where one did, which ends this process
   */
  private boolean playWatched(RunStart start) throws IOException, UsageException {
    RunPlan plan = start.plan();
    StagingRemoval staging = new StagingRemoval(plan.folders(), options);
    ShutdownHook onSignal = ShutdownHook.set("cancel", () -> cancel(start, staging));
    ProgressLine progress =
        options.isQuiet() ? null : new ProgressLine(plan, System.err, RunSummary.isTerminal());
    boolean done = false;
    try {
      plan.stagingFolder().create();
      play(start);
      done = true;
    } catch (IOException | RuntimeException e) {
      // A cancelled job fails, which the signal has already explained.
      if (!cancelled) {
        staging.throwRefusal(e);
        throw e;
      }
    } finally {
      if (progress != null) {
        progress.close();
      }
      if (onSignal.unset() && (done || !keep(start, staging))) {
        staging.removeAfterJob(done);
      }
    }
    return !cancelled;
  }

  /** Keeps what a run has saved that did not end well, if the user wants to continue it. */
  private boolean keep(RunStart start, StagingRemoval staging) {
    staging.closeFence();
    boolean kept = options.isResume() && !staging.isRefused() && StoppedRuns.hasSavedMore(start);
    if (kept) {
      staging.sayThatItIsKept();
    }
    return kept;
  }

  private void say(String line) {
    if (!options.isQuiet()) {
      System.err.println(TerminalText.line(line));
    }
  }

  private int dryRun() throws UsageException, SpecException, IOException, VerdictException {
    RunnerSettings.checkDryRun(options);
    RunPlan plan = kind.plan(options);
    T own = freshOptions();
    DataflowSettings.dryRun(own, () -> firstJob(own, plan), out);
    return ExitCode.DONE;
  }

  /** Plays jobs until one has written the results. */
  private void play(RunStart start) throws IOException, UsageException {
    RunPlan plan = start.plan();
    if (!start.isContinued()) {
      StoppedRuns.record(plan);
      job.run(firstJob(freshOptions(), plan));
    } else if (Publication.state(plan.folders()) == PublicationState.WHOLE) {
      say("--resume: the stopped run had published its results");
      return;
    } else {
      job.run(
          drawn(BatchJobs.continuedJob(freshOptions(), plan, start.savedState(), start.round())));
    }
    for (int round = start.round(); Folder.exists(plan.folders().savedState(round)); round++) {
      job.run(BatchJobs.nextJob(freshOptions(), plan, round + 1));
    }
  }

  /** The first job; its graph is drawn here, where no runner has replaced a transform yet. */
  private Pipeline firstJob(T own, RunPlan plan) throws UsageException {
    return drawn(BatchJobs.firstJob(own, plan));
  }

  private Pipeline drawn(Pipeline first) throws UsageException {
    if (options.getJobGraph() != null) {
      JobGraphFile.write(first, options.getJobGraph());
    }
    return first;
  }

  /**
   * On Ctrl-C or SIGTERM: ends the job and removes what it staged. Results that are being published
   * are first published whole.
   */
  private void cancel(RunStart start, StagingRemoval staging) {
    RunPlan plan = start.plan();
    cancelled = true;
    System.err.println(
        WriteFence.isPublishing(plan.stagingFolder())
            ? "cancelling: results are being published, which is not cut off ..."
            : "cancelling ...");
    staging.closeFence();
    PublicationState publication;
    try {
      job.cancel();
      publication = Publication.state(plan.folders());
    } catch (IOException | RuntimeException e) {
      staging.sayThatItStays(e);
      return;
    }
    boolean removed =
        (publication == PublicationState.WHOLE || !keep(start, staging))
            && staging.removeAfterJob(false);
    kind.close();
    System.err.println(
        "cancelled; "
            + (removed ? "staging is removed, " : "")
            + describe(publication, plan.folders().output()));
  }

  private static String describe(PublicationState publication, String output) {
    return switch (publication) {
      case NOT_BEGUN -> "earlier results are as they were";
      case WHOLE -> "but publishing had begun: all results of this run are in " + output;
      case BROKEN -> "but publishing was cut off: " + output + " holds no whole run";
    };
  }
}
