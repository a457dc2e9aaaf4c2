package personas.cli.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.cli.option.SegmentOptions;
import personas.cli.result.FinishedRun;
import personas.cli.runner.RunnerSettings;
import personas.connector.storage.FilePattern;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.compare.PreviousModel;
import personas.run.RunPlan;
import personas.run.history.EarlierRun;
import personas.run.history.HistoryPlan;
import personas.spec.SegmentationSpec;

/**
 * Plans the job that counts flip-backs in earlier runs. A run chooses the margin of {@code
 * stickiness} from the counts.
 */
public final class HistoryPlanner {
  private HistoryPlanner() {}

  /**
   * Refuses {@code --history} without {@code margin: auto}, and {@code margin: auto} without
   * earlier runs.
   */
  static void check(SegmentationSpec spec, SegmentOptions options) throws UsageException {
    boolean isAuto = spec.stickiness() != null && spec.stickiness().isAuto();
    if (options.getHistory() != null && !isAuto) {
      throw new UsageException(
          "--history: needs stickiness: {margin: auto} in the spec, because only this margin is chosen"
              + " from earlier runs; remove --history or change the spec");
    }
    if (!isAuto || options.getPreviousAssignments() == null) {
      return;
    }
    if (options.getHistory() == null) {
      throw new UsageException(
          "--history: missing; the spec has stickiness: {margin: auto}, which chooses the margin from"
              + " earlier runs. Name their folders, like --history='out/2026-*', or write a number"
              + " in 0..1 as the margin");
    }
    if (RunnerSettings.takesOneJob(options)) {
      throw new UsageException(
          "--history: needs a job before the run, but a template or a Flink application has only one job;"
              + " write a number in 0..1 as stickiness.margin");
    }
  }

  /**
   * Returns the plan of the job. The job reads the most recent chain of earlier runs in which each
   * run continues from the one before it, because a cluster id means the same cluster only within
   * such a chain.
   *
   * @param run the run that needs the margin
   * @param options the flags of this run
   * @throws UsageException if a folder holds a run of another segmentation, if the assignments of a
   *     run are missing, or if there are too many runs
   */
  public static HistoryPlan plan(RunPlan run, SegmentOptions options)
      throws UsageException, IOException {
    List<EarlierRun> runs = new ArrayList<>();
    String lastDigest = null;
    long bytes = 0;
    String runFolder =
        withoutSlash(FileSystems.matchNewResource(run.folders().output(), true).toString());
    for (String folder : FinishedRun.folders(options.getHistory())) {
      if (isEarlier(folder, runFolder)) {
        Model model = model(folder, run.spec().name());
        if (!continuesFrom(lastDigest, model)) {
          runs.clear();
          bytes = 0;
        }
        lastDigest = PreviousModel.digest(model);
        EarlierRun earlier = earlier(folder, model);
        bytes += assignmentBytes(earlier);
        runs.add(earlier);
      }
    }
    HistoryPlan plan =
        new HistoryPlan(runs, SegmentPlanner.folders(options, "", run.folders().output()), bytes);
    if (!plan.code().fits()) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--history: %d earlier runs with this number of clusters are too many; name fewer runs",
              runs.size()));
    }
    return plan;
  }

  /**
   * Returns whether the folder holds an earlier run. A folder beside the output folder of this run
   * is earlier if its name sorts before the name of the output folder. A folder in any other place
   * counts as earlier.
   */
  private static boolean isEarlier(String folder, String runFolder) {
    return !parent(folder).equals(parent(runFolder)) || folder.compareTo(runFolder) < 0;
  }

  private static String parent(String folder) {
    return folder.substring(0, folder.lastIndexOf('/') + 1);
  }

  private static String withoutSlash(String folder) {
    return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
  }

  private static boolean continuesFrom(String digest, Model model) {
    return model.receipt() != null
        && model.receipt().previousModel() != null
        && model.receipt().previousModel().equals(digest);
  }

  private static Model model(String folder, String name) throws UsageException, IOException {
    Model model = FinishedRun.read("history", folder + FinishedRun.MODEL);
    if (!model.spec().name().equals(name)) {
      throw new UsageException(
          "--history: "
              + folder
              + " is a run of "
              + model.spec().name()
              + ", not of "
              + name
              + "; name the folders of one segmentation only");
    }
    return model;
  }

  private static EarlierRun earlier(String folder, Model model) {
    return new EarlierRun(
        folder,
        model.clusters().stream().map(ClusterModel::id).toList(),
        model.clusters().stream().map(ClusterModel::persona).toList());
  }

  private static long assignmentBytes(EarlierRun run) throws UsageException, IOException {
    List<MatchResult.Metadata> files = FilePattern.files(run.assignments());
    if (files.isEmpty()) {
      throw new UsageException(
          "--history: "
              + run.assignments()
              + " does not match a file; the run has no assignments, so exclude its folder");
    }
    return files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
  }
}
