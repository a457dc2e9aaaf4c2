package personas.cli.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.exit.VerdictException;
import personas.cli.option.VerifyOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.InputFileChecks;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.ProgramName;
import personas.model.StickinessPrice;
import personas.model.compare.PreviousModel;
import personas.model.replay.ReplayComparison;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.spec.SpecException;
import personas.spec.Stickiness;

/**
 * Plans the replay of a finished run. Differences that are known without a replay are reported
 * here.
 */
public final class VerifyPlanner {
  private final VerifyOptions options;
  private String modelFile;
  private String output;
  private ReplayComparison comparison;

  public VerifyPlanner(VerifyOptions options) {
    this.options = options;
  }

  /**
   * Returns the plan of the replay. The replay writes to a new hidden folder, and never to a
   * database or topic.
   *
   * @throws VerdictException if the spec, the version of the program or the previous model is not
   *     the same as in the run
   */
  public RunPlan read() throws UsageException, SpecException, IOException, VerdictException {
    refuseOtherFlags();
    if (options.getModel() == null) {
      throw new UsageException("--model: missing; name the model.json of a finished run");
    }
    modelFile = FolderPath.path(options.getModel());
    comparison = comparison();
    setExplainK();
    output = folder();
    options.setOutput(output);
    if (options.getSpec() == null) {
      options.setSpec(SpecSource.beside(modelFile));
    }
    RunPlan plan = SegmentPlanner.ofReplay(options).read();
    LevelPlanner.refuse(plan.spec(), options.getSpec());
    Optional<String> difference =
        comparison.differenceOfSources(
            ProgramName.TEXT,
            Hashing.sha256(plan.results().specText().getBytes(UTF_8)),
            plan.spec().digest());
    if (difference.isPresent()) {
      throw differs(difference.get());
    }
    checkPrevious(plan.models().previous());
    return withMargin(plan);
  }

  /**
   * Returns the plan with the margin in the model, if earlier runs chose this margin. The earlier
   * runs may be gone, so they cannot choose the margin again.
   */
  private RunPlan withMargin(RunPlan plan) throws VerdictException {
    Stickiness stickiness = plan.spec().stickiness();
    if (stickiness == null || !stickiness.isAuto() || !plan.looksUpPreviousUsers()) {
      return plan;
    }
    try {
      StickinessPrice price = FinishedRun.read(modelFile).stickiness();
      return price == null ? plan : plan.withMargin(price.choice());
    } catch (IOException noModel) {
      throw differs(noModel.getMessage());
    }
  }

  /** Returns the folder of the replay; empty until the plan is known. */
  public Optional<String> output() {
    return Optional.ofNullable(output);
  }

  /** Returns the path of the model. */
  public String modelFile() {
    return modelFile;
  }

  /**
   * Compares the model with the replay.
   *
   * @throws VerdictException if the bytes differ; the message names the first difference
   */
  public void compare() throws IOException, VerdictException {
    Optional<String> difference =
        comparison.differenceFrom(withNames(Folder.readAll(new Folder(output).file("model.json"))));
    if (difference.isPresent()) {
      throw differs(difference.get());
    }
  }

  /** Returns the replay with the names that people gave to personas after the run. */
  private byte[] withNames(byte[] replay) throws IOException {
    Model recorded;
    try {
      recorded = FinishedRun.read(modelFile);
    } catch (IOException noModel) {
      return replay;
    }
    Model replayedModel = ModelJson.read(modelFile, new ByteArrayInputStream(replay));
    boolean isRenamed = false;
    for (Model.ClusterModel cluster : recorded.clusters()) {
      for (Model.ClusterModel replayed : replayedModel.clusters()) {
        if (cluster.renamedFrom() != null
            && replayed.id() == cluster.id()
            && !replayed.persona().equals(cluster.persona())) {
          replayedModel = replayedModel.renamed(cluster.id(), cluster.persona());
          isRenamed = true;
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelJson.write(replayedModel, bytes);
    return isRenamed ? bytes.toByteArray() : replay;
  }

  private void refuseOtherFlags() throws UsageException {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("output", options.getOutput() != null);
    given.put("dataDate", options.getDataDate() != null);
    given.put("keep", options.getKeep() != null);
    given.put("failOn", options.getFailOn() != null);
    given.put("overwrite", options.isOverwrite());
    given.put("explain", options.isExplain());
    given.put("resume", options.isResume());
    given.put("dryRun", options.isDryRun());
    GivenFlags.refuse(given, "verify", "it does not publish results");
    if (RunnerSettings.isTemplate(options)) {
      throw new UsageException(
          "--templateLocation: a template ends before its job ends, so verify cannot compare; remove the"
              + " flag");
    }
  }

  /**
   * Sets {@code --explainK} if the run kept its candidates. Refuses a model that {@code choose}
   * wrote, because it has no training.
   */
  private void setExplainK() throws UsageException {
    Optional<String> run = comparison.runOfChoice();
    if (run.isPresent()) {
      throw new UsageException(
          "--model: "
              + modelFile
              + ": choose wrote this model from a run whose model.json has SHA-256 "
              + run.get()
              + ". Verify that model, and then run choose again, which writes the same bytes");
    }
    options.setExplainK(comparison.keepsCandidates());
  }

  private ReplayComparison comparison() throws UsageException, IOException, VerdictException {
    byte[] bytes;
    try {
      bytes = Folder.readAll(modelFile);
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--model: " + modelFile + ": " + InputFileChecks.reasonUnreadable(modelFile));
    }
    try {
      return ReplayComparison.of(bytes);
    } catch (IOException notJson) {
      throw differs(notJson.getMessage());
    }
  }

  /** Returns a hidden folder; its name lets later runs detect that the folder is abandoned. */
  private String folder() {
    String temp = options.getTempLocation();
    int slash = modelFile.lastIndexOf('/');
    String parent =
        temp != null ? FolderPath.path(temp) : slash < 0 ? "." : modelFile.substring(0, slash);
    return parent + "/" + RunFolders.STAGING_PREFIX + StagingOwner.runName(options);
  }

  private void checkPrevious(PreviousModel previous) throws UsageException, VerdictException {
    String expected = comparison.previousModel().orElse(null);
    String given = previous == null ? null : previous.digest();
    if (expected != null && given == null) {
      throw new UsageException(
          "--previousModel: missing; the run continued from a model with SHA-256 "
              + expected
              + ". Name that model.json");
    }
    if (given != null && !given.equals(expected)) {
      throw differs(
          "--previousModel names a model with SHA-256 %s, but the run continued from "
                  .formatted(given)
              + (expected == null ? "no model" : "a model with SHA-256 " + expected));
    }
  }

  private VerdictException differs(String difference) {
    return new VerdictException(
        ExitCode.DIFFERENT, modelFile + ": not the same bytes: " + difference);
  }
}
