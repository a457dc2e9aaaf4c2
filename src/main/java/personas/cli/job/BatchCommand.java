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
import personas.connector.storage.AtomicFiles;
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
 * Runs a command that reads users: makes the plan, runs the jobs, and shows the results. The staged
 * files are removed afterwards, even if the command fails or a signal stops the command. With
 * {@code --resume}, the files of a failed or stopped run can stay, so that a later run can continue
 * the stopped run.
 *
 * @param <T> the flags of the command
 */
public final class BatchCommand<T extends JobOptions> {
  /** The parts in which the commands differ. */
  public interface Kind<T extends JobOptions> {
    /** Returns the declaration of the flags. */
    Class<T> flags();

    /** Makes the plan of a run from the flags; refuses a run that cannot work. */
    RunPlan plan(T options) throws UsageException, SpecException, IOException, VerdictException;

    /** Returns the name of the command. */
    String name();

    /** Returns the verdicts that the command can give. */
    Set<Verdict> verdicts();

    /**
     * Finishes the command after the results and {@code run.json} are published.
     *
     * @param isAccepted whether none of the verdicts in {@code --failOn} applies
     * @param out the output for people; with {@code --quiet}, an output that discards everything
     */
    default void finish(boolean isAccepted, PrintStream out) throws IOException, VerdictException {}

    /**
     * Removes files that the command does not keep, even if the command failed or a signal stopped
     * it.
     */
    default void close() {}

    /** Reads the results of the run; fails if there are none. */
    Results read(RunPlan plan) throws IOException;
  }

  /** The results of a run. */
  public interface Results {
    /** Returns the figures on which verdicts depend. */
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
  private volatile boolean isCanceled;

  private BatchCommand(Kind<T> kind, String[] args, PrintStream out) throws UsageException {
    this.kind = kind;
    this.args = args.clone();
    this.options = freshOptions();
    this.out = out;
  }

  /** Returns new options for each job, because a runner changes the options of its job. */
  private T freshOptions() throws UsageException {
    T fresh = OptionParser.parse(args, kind.flags());
    RunnerSettings.apply(fresh, args);
    return fresh;
  }

  private T jobOptions(RunPlan plan) throws UsageException {
    T fresh = freshOptions();
    if (plan.tuning().isSmallInput()) {
      RunnerSettings.useOneThread(fresh, args);
    }
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
      // After a signal, the shutdown hook closes the command.
      if (!command.isCanceled) {
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
          "--failOn: a template ends before its job ends, so the template cannot end with a verdict");
    }
    if (RunnerSettings.isCalledByEngine(args) && !failOn.isEmpty()) {
      throw new UsageException(
          "--failOn: in Flink's application mode, a verdict would end the application like a failure,"
              + " and Flink would start the application again; remove the flag and read run.json");
    }
    if (options.isResume() && RunnerSettings.takesOneJob(options)) {
      throw new UsageException(
          "--resume: a template and Flink's application mode run a single job, which no later job can"
              + " continue");
    }
    RunnerSettings.checkEngine(options);
    return run(kind.plan(options), failOn);
  }

  private int run(RunPlan planned, Set<Verdict> failOn)
      throws UsageException, IOException, VerdictException {
    if (RunnerSettings.isTemplate(options)) {
      // The launcher of a template submits the job after main has ended, so main cannot wait.
      firstJob(freshOptions(), planned).run();
      return ExitCode.DONE;
    }
    RunStart start = start(planned);
    if (!runJobsUntilSignal(start)) {
      return ExitCode.FAILED;
    }
    return end(start.plan(), failOn);
  }

  /**
   * Takes over a stopped run if {@code --resume} is given, and removes the files that killed runs
   * left.
   */
  private RunStart start(RunPlan planned) throws IOException {
    RunStart start =
        options.isResume()
            ? new StoppedRuns(planned, options, this::say).takeOver()
            : RunStart.newRun(planned);
    StagingOwner.removeAbandoned(start.plan().folders());
    Publication.refuseLocked(start.plan().folders());
    return start;
  }

  /** Reports how a published run ended: in run.json, to people and by the exit code. */
  private int end(RunPlan plan, Set<Verdict> failOn)
      throws UsageException, IOException, VerdictException {
    Results results = kind.read(plan);
    List<FiredVerdict> fired = results.figures().fired(failOn);
    writeOutcome(plan, results.figures(), fired, !failOn.isEmpty());
    ReplacedResults.deleteKept(plan.folders().output());
    if (!options.isQuiet()) {
      results.print(out);
    }
    String costLine = job.passStatistics().line();
    if (options.isVerbose() && !options.isQuiet() && !costLine.isEmpty()) {
      out.println();
      out.println(costLine);
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
   * Writes {@code run.json}, unless another run has replaced the results in the meantime.
   *
   * @param mustReportVerdict whether a verdict decides the exit code, so that replaced results are
   *     an error
   */
  private void writeOutcome(
      RunPlan plan, RunFigures figures, List<FiredVerdict> fired, boolean mustReportVerdict)
      throws IOException {
    String output = plan.folders().output();
    double seconds = Math.round((System.nanoTime() - startNanos) / 1e8) / 10.0;
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonFile.write(figures.outcome(kind.name(), fired, output, seconds), json);
    OutcomeFile file = new OutcomeFile(plan.folders(), new AtomicFiles(options));
    if (!file.write(json.toByteArray())) {
      String replacedMessage =
          output
              + ": another run has published to this folder in the meantime, so "
              + RunOutcome.FILE
              + " of this run was not written";
      if (mustReportVerdict) {
        throw new IOException(replacedMessage + " and its verdict is not known");
      }
      System.err.println(TerminalText.lines(replacedMessage));
    }
  }

  /**
   * Returns the exception that lists all verdicts that apply; the first one decides the exit code.
   */
  private static VerdictException verdict(List<FiredVerdict> fired, String output) {
    int exitCode = fired.get(0).exitCode();
    String reasons =
        fired.stream()
            .map(verdict -> verdict.verdict() + ": " + verdict.reason())
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
   * Runs the jobs and shows their progress. A signal cancels the jobs.
   *
   * @return false if a signal has canceled the jobs
   */
  private boolean runJobsUntilSignal(RunStart start) throws IOException, UsageException {
    RunPlan plan = start.plan();
    StagingRemoval staging = new StagingRemoval(plan.folders(), options);
    ShutdownHook onSignal = ShutdownHook.set("cancel", () -> cancel(start, staging));
    ProgressLine progress =
        options.isQuiet() ? null : new ProgressLine(plan, System.err, RunSummary.isTerminal());
    boolean isDone = false;
    try {
      plan.stagingFolder().create();
      runJobs(start);
      isDone = true;
    } catch (IOException | RuntimeException e) {
      // A canceled job fails, but the cause is the signal and not an error.
      if (!isCanceled) {
        staging.throwRefusal(e);
        throw e;
      }
    } finally {
      if (progress != null) {
        progress.close();
      }
      if (onSignal.unset() && (isDone || !keep(start, staging))) {
        staging.removeAfterJob(isDone);
      }
    }
    return !isCanceled;
  }

  /**
   * Keeps the saved states of a failed or stopped run if {@code --resume} is given.
   *
   * @return whether the saved states are kept
   */
  private boolean keep(RunStart start, StagingRemoval staging) {
    staging.closeFence();
    boolean isKept = options.isResume() && !staging.isRefused() && StoppedRuns.hasSavedMore(start);
    if (isKept) {
      staging.sayThatFilesAreKept();
    }
    return isKept;
  }

  private void say(String line) {
    if (!options.isQuiet()) {
      System.err.println(TerminalText.line(line));
    }
  }

  private int dryRun() throws UsageException, SpecException, IOException, VerdictException {
    RunnerSettings.checkDryRun(options);
    RunPlan plan = kind.plan(options);
    T jobOptions = freshOptions();
    DataflowSettings.dryRun(jobOptions, () -> firstJob(jobOptions, plan), out);
    return ExitCode.DONE;
  }

  /** Runs jobs until one has published the results. */
  private void runJobs(RunStart start) throws IOException, UsageException {
    RunPlan plan = start.plan();
    if (!start.isContinued()) {
      StoppedRuns.record(plan);
      job.run(firstJob(jobOptions(plan), plan));
    } else if (Publication.state(plan.folders()) == PublicationState.COMPLETE) {
      say("--resume: the stopped run had published its results");
      return;
    } else {
      job.run(
          withGraphFile(
              BatchJobs.continuedJob(jobOptions(plan), plan, start.savedState(), start.round())));
    }
    for (int round = start.round(); Folder.exists(plan.folders().savedState(round)); round++) {
      job.run(BatchJobs.nextJob(jobOptions(plan), plan, round + 1));
    }
  }

  private Pipeline firstJob(T jobOptions, RunPlan plan) throws UsageException {
    return withGraphFile(BatchJobs.firstJob(jobOptions, plan));
  }

  /**
   * Writes the graph of a job to the file that {@code --jobGraph} names. This happens before the
   * job starts, because a runner replaces transforms.
   */
  private Pipeline withGraphFile(Pipeline pipeline) throws UsageException {
    if (options.getJobGraph() != null) {
      JobGraphFile.write(pipeline, options.getJobGraph());
    }
    return pipeline;
  }

  /**
   * Handles Ctrl-C and SIGTERM: cancels the job and removes its staged files, unless {@link #keep}
   * keeps them. If results are being published, the publication is completed first.
   */
  private void cancel(RunStart start, StagingRemoval staging) {
    RunPlan plan = start.plan();
    isCanceled = true;
    System.err.println(
        WriteFence.isPublishing(plan.stagingFolder())
            ? "canceling: the results are being published, and publishing is completed first ..."
            : "canceling ...");
    staging.closeFence();
    PublicationState publication;
    try {
      job.cancel();
      publication = Publication.state(plan.folders());
    } catch (IOException | RuntimeException e) {
      staging.sayThatFilesStay(e);
      return;
    }
    boolean isRemoved =
        (publication == PublicationState.COMPLETE || !keep(start, staging))
            && staging.removeAfterJob(false);
    kind.close();
    System.err.println(
        "canceled; "
            + (isRemoved ? "staging is removed, " : "")
            + describe(publication, plan.folders().output()));
  }

  private static String describe(PublicationState publication, String output) {
    return switch (publication) {
      case NOT_STARTED -> "earlier results are unchanged";
      case COMPLETE -> "but publishing had begun: all results of this run are in " + output;
      case INTERRUPTED ->
          "but publishing was interrupted: the results in " + output + " are not complete";
    };
  }
}
