package personas.cli.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import personas.cli.exit.UsageException;
import personas.cli.option.JobOptions;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.feature.CategoryLevel;
import personas.feature.FrequentLevels;
import personas.feature.moments.LevelCounts;
import personas.model.Model;
import personas.model.TrainingContext.FeatureContext;
import personas.report.data.RuleSettings;
import personas.run.KnownModels;
import personas.run.ResultSettings;
import personas.run.RunPlan;
import personas.spec.SegmentationSpec;
import personas.table.ledger.DataRefusedException;

/**
 * Plans the levels of categories for which a spec lists no levels. The previous model gives the
 * levels, or a job counts them before the run.
 */
public final class LevelPlanner {
  private LevelPlanner() {}

  /**
   * Returns the levels of a previous model, in the order of the spec's features.
   *
   * @param spec the spec without levels
   * @param model the previous model
   * @param file the path of the model, for messages
   * @throws UsageException if one of the categories is not a category of the model
   */
  static List<List<String>> ofModel(SegmentationSpec spec, Model model, String file)
      throws UsageException {
    List<List<String>> levels = new ArrayList<>();
    for (CategoryLevel.ToCount category : spec.levelsToCount()) {
      List<FeatureContext> features =
          model.training() == null ? List.of() : model.training().features();
      levels.add(
          features.stream()
              .map(FeatureContext::level)
              .filter(level -> level != null && level.column().equals(category.column()))
              .map(CategoryLevel::levels)
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          String.format(
                              "--previousModel: %s: the model does not have the category '%s', so"
                                  + " its levels are not known; list the levels in the spec, or"
                                  + " remove --previousModel so that the run counts them",
                              file, category.column()))));
    }
    return levels;
  }

  /** Refuses categories without levels if no job can count them before the run. */
  public static void checkCanCount(SegmentationSpec spec, JobOptions options)
      throws UsageException {
    if (options.isDryRun() || RunnerSettings.takesOneJob(options)) {
      throw new UsageException(
          withoutLevels(spec)
              + ", which need a job before the run; "
              + (options.isDryRun()
                  ? "a dry run does not start a job"
                  : "a template or a Flink application has only one job")
              + ". Write the levels into the spec (init finds them), or give --previousModel to"
              + " take the levels of that model");
    }
  }

  /** Refuses categories without levels for a command that replays a finished run. */
  static void refuse(SegmentationSpec spec, String file) throws UsageException {
    if (!spec.levelsToCount().isEmpty()) {
      throw new UsageException(
          "--spec: "
              + file
              + ": "
              + withoutLevels(spec)
              + ". Remove --spec: model-spec.yaml beside the model has the levels of the run");
    }
  }

  private static String withoutLevels(SegmentationSpec spec) {
    return "features: " + names(spec) + ": type: category without levels";
  }

  /** Returns the columns of the categories whose levels are counted, for messages. */
  public static String names(SegmentationSpec spec) {
    return spec.levelsToCount().stream()
        .map(level -> "'" + level.column() + "'")
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the plan of the job that counts the levels. The job reads the same input as the run.
   */
  public static RunPlan counting(RunPlan run, JobOptions options) {
    return new RunPlan(
        run.spec().countingLevels(),
        run.folders().withStaging(StagingOwner.runName(options)),
        run.tuning(),
        KnownModels.none(),
        new ResultSettings(run.dataDate(), "", false, RuleSettings.DEFAULT));
  }

  /**
   * Chooses the levels of each category.
   *
   * @param spec the spec of the run
   * @param counts the counts of the values of each category
   * @return the levels of each category, in the order of the features
   * @throws DataRefusedException if a column has too many different values for a category, or if no
   *     value can be a level
   */
  public static List<List<String>> choose(SegmentationSpec spec, LevelCounts counts)
      throws DataRefusedException {
    List<List<String>> levels = new ArrayList<>();
    for (CategoryLevel.ToCount category : spec.levelsToCount()) {
      int c = levels.size();
      if (counts.hasTooManyLevels(c)) {
        throw new DataRefusedException(tooMany(category.column(), counts, c));
      }
      List<String> chosen = FrequentLevels.of(counts.levels(c), category.maxLevels());
      if (chosen.isEmpty()) {
        throw new DataRefusedException(none(category.column(), counts.users(c)));
      }
      levels.add(chosen);
    }
    return levels;
  }

  private static String tooMany(String column, LevelCounts counts, int c) {
    return String.format(
        Locale.ROOT,
        "column `%s` has type: category, but its %,d users have more than %,d different values, for"
            + " example %s. Remove it from features, give it another type, or list under levels the"
            + " few values that matter; all other values then count as one level",
        column,
        counts.users(c),
        LevelCounts.MAX_LEVELS,
        counts.examples(c).stream()
            .map(example -> '"' + example + '"')
            .collect(Collectors.joining(", ")));
  }

  private static String none(String column, long users) {
    return String.format(
        Locale.ROOT,
        "column `%s` has type: category, but no user has a value that can be a level%s. Remove it"
            + " from features",
        column,
        users == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ": the values of %,d users are longer than 200 characters or have control characters",
                users));
  }
}
