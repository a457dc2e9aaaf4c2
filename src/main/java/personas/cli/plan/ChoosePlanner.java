package personas.cli.plan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import personas.cli.exit.UsageException;
import personas.cli.option.ChooseOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.RunSeries;
import personas.cli.runner.RunnerSettings;
import personas.model.Model;
import personas.model.StickinessPrice;
import personas.model.compare.PreviousModel;
import personas.model.train.TakenCandidate;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.spec.Stickiness;

/** Plans a run of {@code choose}, which publishes another candidate of a finished run. */
public final class ChoosePlanner {
  private final ChooseOptions options;
  private SegmentPlanner planner;

  public ChoosePlanner(ChooseOptions options) {
    this.options = options;
  }

  /** Returns the plan. One pass measures the candidate, and its centroids do not move. */
  public RunPlan read() throws UsageException, SpecException, IOException {
    refuseOtherFlags();
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; name the model.json of a run with --explainK");
    }
    String modelFile = FolderPath.path(options.getModel());
    Model run = FinishedRun.read("model", modelFile);
    TakenCandidate candidate = candidate(run);
    if (options.getSpec() == null) {
      options.setSpec(SpecSource.beside(modelFile));
    }
    if (options.getOutput() == null) {
      options.setOutput(defaultOutput(modelFile));
    }
    options.setK(run.kSelection().requested());
    options.setExplainK(true);
    options.setIterationsPerJob(1);
    planner = new SegmentPlanner(options);
    RunPlan plan = planner.read();
    LevelPlanner.refuse(plan.spec(), options.getSpec());
    checkSpec(run, plan);
    checkPrevious(run, plan.models().previous());
    return withMargin(plan.withModels(plan.models().withTakenCandidate(candidate)), run);
  }

  /** Returns the series of runs of the output folder; empty if the folder has no date. */
  public Optional<RunSeries> series() {
    return planner.series();
  }

  private TakenCandidate candidate(Model run) throws UsageException {
    String k = options.getK();
    if (k == null || !k.strip().matches("\\d{1,9}")) {
      throw new UsageException(
          k == null
              ? "--k: missing; the number of clusters to publish, such as --k=4"
              : "--k: " + k + " is not a number; choose needs one k, such as --k=4");
    }
    try {
      return TakenCandidate.of(run, Integer.parseInt(k.strip()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--k: " + k + ": " + options.getModel() + ": " + e.getMessage());
    }
  }

  /**
   * Returns a folder beside the folder of the run: {@code out/shop} and k = 4 give {@code
   * out/shop-k4}.
   */
  private String defaultOutput(String modelFile) throws UsageException {
    int slash = modelFile.lastIndexOf('/');
    if (slash <= 0) {
      throw new UsageException("--output: missing; the folder for the results");
    }
    return modelFile.substring(0, slash) + "-k" + options.getK().strip();
  }

  private void refuseOtherFlags() throws UsageException {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("previous", options.getPrevious() != null);
    given.put("history", options.getHistory() != null);
    given.put("keep", options.getKeep() != null);
    given.put("explainK", options.isExplainK());
    given.put("iterationsPerJob", options.getIterationsPerJob() != null);
    given.put("dryRun", options.isDryRun());
    GivenFlags.refuse(given, "choose", "it does not train a model");
    if (RunnerSettings.isTemplate(options)) {
      throw new UsageException(
          "--templateLocation: choose reads the model of a finished run, so it cannot be a template;"
              + " remove the flag");
    }
  }

  private void checkSpec(Model run, RunPlan plan) throws UsageException {
    String digest = plan.spec().digest();
    if (!digest.equals(run.spec().digest())) {
      throw new UsageException(
          "--spec: "
              + options.getSpec()
              + ": with the flags, the digest of the spec is "
              + digest
              + ", and spec.digest of the model is "
              + run.spec().digest()
              + ". Give choose the spec of the run and the flags that overrode it, such as --seed");
    }
  }

  private static void checkPrevious(Model run, PreviousModel previous) throws UsageException {
    String expected = run.receipt().previousModel();
    String given = previous == null ? null : previous.digest();
    if (expected != null && given == null) {
      throw new UsageException(
          "--previousModel: missing; the run continued from a model with SHA-256 "
              + expected
              + ". Name that model.json");
    }
    if (given != null && !given.equals(expected)) {
      throw new UsageException(
          "--previousModel: the file is a model with SHA-256 %s, but the run continued from "
                  .formatted(given)
              + (expected == null ? "no model" : "a model with SHA-256 " + expected));
    }
  }

  /**
   * Returns the plan with the margin in the model, if earlier runs chose this margin. The earlier
   * runs may be gone, so they cannot choose the margin again.
   */
  private static RunPlan withMargin(RunPlan plan, Model run) {
    Stickiness stickiness = plan.spec().stickiness();
    StickinessPrice price = run.stickiness();
    return stickiness == null
            || !stickiness.isAuto()
            || !plan.looksUpPreviousUsers()
            || price == null
        ? plan
        : plan.withMargin(price.choice());
  }
}
