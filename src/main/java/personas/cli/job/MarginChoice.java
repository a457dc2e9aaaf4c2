package personas.cli.job;

import java.io.IOException;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.cli.plan.HistoryPlanner;
import personas.model.StickinessPrice;
import personas.model.compare.FlipBacks;
import personas.pipeline.BatchJobs;
import personas.run.RunPlan;
import personas.run.history.HistoryPlan;
import personas.spec.Stickiness;

/**
 * Chooses the margin of {@code stickiness: {margin: auto}} before a run. A job replays the
 * assignments of earlier runs with each possible margin.
 */
public final class MarginChoice {
  /** A flip-back of a user takes three consecutive runs. */
  private static final int MIN_RUNS = 3;

  private final String[] args;

  public MarginChoice(String[] args) {
    this.args = args.clone();
  }

  /**
   * Returns the plan with the margin that the replay of earlier runs chose. Returns the plan
   * unchanged if the spec gives the margin, if the run does not look up previous users, and in a
   * dry run.
   */
  public RunPlan applyTo(RunPlan plan, SegmentOptions options) throws UsageException, IOException {
    Stickiness stickiness = plan.spec().stickiness();
    boolean needsMargin = stickiness != null && stickiness.isAuto() && plan.looksUpPreviousUsers();
    if (!needsMargin || options.isDryRun()) {
      return plan;
    }
    HistoryPlan history = HistoryPlanner.plan(plan, options);
    FlipBacks flipBacks = history.runs().size() < MIN_RUNS ? new FlipBacks() : count(history);
    return plan.withMargin(choice(flipBacks, history.runs().size(), stickiness.maxFlipBack()));
  }

  private FlipBacks count(HistoryPlan history) throws UsageException, IOException {
    return ValueJob.runFirst(
        args,
        history.folders(),
        jobOptions -> BatchJobs.history(jobOptions, history),
        history::readCounts,
        "chooses the margin");
  }

  private static StickinessPrice.Choice choice(FlipBacks flipBacks, int runs, double maxFlipBack) {
    boolean isKnown = flipBacks.triples() > 0;
    int step = isKnown ? flipBacks.choose(maxFlipBack) : 0;
    return new StickinessPrice.Choice(
        step / (double) FlipBacks.STEPS,
        isKnown ? StickinessPrice.BY_HISTORY : StickinessPrice.BY_DEFAULT,
        new StickinessPrice.History(
            runs, flipBacks.triples(), flipBacks.flips(0), flipBacks.flips(step), maxFlipBack));
  }
}
