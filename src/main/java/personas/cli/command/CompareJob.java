package personas.cli.command;

import java.io.IOException;
import java.util.Optional;
import personas.cli.option.CompareOptions;
import personas.cli.runner.RunningJob;
import personas.cli.runner.ShutdownHook;
import personas.cli.runner.StagingOwner;
import personas.cli.runner.StagingRemoval;
import personas.model.compare.LabelCounts;
import personas.pipeline.BatchJobs;
import personas.run.ComparisonPlan;

/** The job of {@code compare}, which counts users by their labels in two tables. */
public final class CompareJob {
  private final CompareOptions options;
  private final ComparisonPlan plan;
  private final RunningJob job = new RunningJob();
  private volatile boolean cancelled;

  public CompareJob(CompareOptions options, ComparisonPlan plan) {
    this.options = options;
    this.plan = plan;
  }

  /**
   * Runs the job and removes what it staged, also if it fails or a signal ends it.
   *
   * @return the counts; empty if a signal has ended the job
   */
  public Optional<LabelCounts> run() throws IOException {
    StagingRemoval staging = new StagingRemoval(plan.folders(), options);
    StagingOwner.removeAbandoned(plan.folders());
    ShutdownHook onSignal = ShutdownHook.set("cancel", () -> cancel(staging));
    boolean done = false;
    try {
      job.run(BatchJobs.comparison(options, plan));
      LabelCounts counts = plan.readCounts();
      done = true;
      return Optional.of(counts);
    } catch (IOException | RuntimeException e) {
      // A cancelled job fails, which the signal has already explained.
      if (!cancelled) {
        staging.throwRefusal(e);
        throw e;
      }
      return Optional.empty();
    } finally {
      if (onSignal.unset()) {
        staging.removeAfterJob(done);
      }
    }
  }

  private void cancel(StagingRemoval staging) {
    cancelled = true;
    System.err.println("cancelling ...");
    staging.closeFence();
    try {
      job.cancel();
    } catch (IOException | RuntimeException e) {
      staging.sayThatItStays(e);
      return;
    }
    boolean removed = staging.removeAfterJob(false);
    System.err.println("cancelled" + (removed ? "; staging is removed" : ""));
  }
}
