package personas.cli.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.cli.plan.LevelPlanner;
import personas.cli.plan.SegmentPlanner;
import personas.cli.runner.RunnerSettings;
import personas.feature.CategoryLevel;
import personas.feature.moments.LevelCounts;
import personas.pipeline.BatchJobs;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.text.TerminalText;

/**
 * Counts the levels of categories for which the spec lists no levels, in a separate job before the
 * run.
 */
public final class LevelChoice {
  private static final int MAX_SHOWN = 160;

  private final String[] args;

  public LevelChoice(String[] args) {
    this.args = args.clone();
  }

  /**
   * Returns the plan with the levels of all categories; the plan itself if no levels are missing.
   */
  public RunPlan applyTo(RunPlan plan, SegmentPlanner planner, SegmentOptions options)
      throws UsageException, SpecException, IOException {
    if (plan.spec().levelsToCount().isEmpty()) {
      return plan;
    }
    LevelPlanner.checkCanCount(plan.spec(), options);
    RunnerSettings.checkEngine(options);
    if (!options.isQuiet()) {
      System.err.println(
          TerminalText.line(
              "The spec lists no levels for "
                  + LevelPlanner.names(plan.spec())
                  + "; a first job counts them ...",
              MAX_SHOWN));
    }
    RunPlan counting = LevelPlanner.counting(plan, options);
    LevelCounts counts =
        ValueJob.runFirst(
            args,
            counting.folders(),
            jobOptions -> BatchJobs.levels(jobOptions, counting),
            counting::readLevels,
            "counts levels");
    List<List<String>> levels = LevelPlanner.choose(plan.spec(), counts);
    if (!options.isQuiet()) {
      showLevels(plan, counts, levels);
    }
    return planner.withLevels(plan, levels);
  }

  private static void showLevels(RunPlan plan, LevelCounts counts, List<List<String>> levels) {
    for (int c = 0; c < levels.size(); c++) {
      CategoryLevel category = plan.spec().levelsToCount().get(c);
      int pooled = counts.levels(c).size() - levels.get(c).size();
      System.err.println(
          TerminalText.line(
              String.format(
                  Locale.ROOT,
                  "levels of '%s': %,d%s: %s",
                  category.column(),
                  levels.get(c).size(),
                  pooled == 0
                      ? ""
                      : String.format(Locale.ROOT, ", and %,d more are pooled as other", pooled),
                  levels.get(c).stream()
                      .map(level -> "'" + level + "'")
                      .collect(Collectors.joining(", "))),
              MAX_SHOWN));
    }
  }
}
