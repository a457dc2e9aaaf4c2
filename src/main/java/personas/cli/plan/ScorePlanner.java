package personas.cli.plan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import personas.cli.exit.UsageException;
import personas.cli.option.ScoreOptions;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.InputFileChecks;
import personas.cli.result.OutputFolder;
import personas.cli.runner.RunnerSettings;
import personas.connector.Connectors;
import personas.connector.contract.RowSource;
import personas.connector.contract.SinkRequest;
import personas.connector.files.FileSource;
import personas.connector.storage.FilePattern;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.kmeans.seeding.Effort;
import personas.model.Model;
import personas.model.score.MissingColumnReport;
import personas.model.score.ScoringColumns;
import personas.model.score.ScoringModel;
import personas.report.data.RuleSettings;
import personas.run.KnownModels;
import personas.run.ResultSettings;
import personas.run.RunPlan;
import personas.spec.ClusterCount;
import personas.spec.ClusteringSpec;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.OutputSpec;
import personas.spec.Privacy;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.SpecOverrides;
import personas.table.ledger.MissingColumnException;
import personas.text.NearestName;

/** Plans a score from a saved model and flags; refuses a score that cannot work. */
public final class ScorePlanner {
  static final String UNKNOWN_ID =
      "--id: missing; the model is of version 1.0, which does not keep the column that identifies a"
          + " user. Give --id=<column> or --id=none";

  private final ScoreOptions options;
  private final String command;

  /** The spec whose input and output are used; null without {@code --spec}. */
  private SegmentationSpec givenSpec;

  /**
   * Prepares the plan of a command.
   *
   * @param options the flags
   * @param command the name of the command in messages
   */
  public ScorePlanner(ScoreOptions options, String command) {
    this.options = options;
    this.command = command;
  }

  /** Returns the plan of a score. */
  public RunPlan read() throws UsageException, SpecException, IOException {
    StreamPlanner.refuseFlagsOfStreams(options);
    Model model = model();
    givenSpec = options.getSpec() == null ? null : SegmentPlanner.readSpec(options.getSpec());
    String output =
        FolderPath.path(
            options.getOutput() != null
                ? options.getOutput()
                : SegmentPlanner.defaultOutput(model.spec().name() + "-scored"));
    if (SegmentPlanner.mayRead(output, options)) {
      refuseTrained(output);
      OutputFolder.refuseObstacle(output);
      OutputFolder.refuseOther(output, model.spec().name(), options.isOverwrite());
    }
    return plan(model, givenSpec == null ? OutputSpec.DEFAULT : givenSpec.output(), output);
  }

  /**
   * Returns the plan of a job that reads users like a score, but does not write assignments.
   *
   * @param model the model that the flag {@code --model} names
   * @param output the folder of the results, which is also the staging folder without {@code
   *     --tempLocation}
   */
  public RunPlan readSample(Model model, String output)
      throws UsageException, SpecException, IOException {
    givenSpec = options.getSpec() == null ? null : SegmentPlanner.readSpec(options.getSpec());
    OutputFolder.refuseObstacle(output);
    return plan(model, OutputSpec.DEFAULT, output);
  }

  private RunPlan plan(Model model, OutputSpec results, String output)
      throws UsageException, SpecException, IOException {
    RowSource rows = rows();
    ScoringModel scoringModel = ScoringModel.of(model, schema(model));
    refuseUnknownMeasures(scoringModel.schema());
    SegmentPlanner.refuseExplanationColumns(scoringModel.schema().passThrough(), options);
    SegmentationSpec spec =
        spec(model, scoringModel.schema(), rows, results)
            .withOverrides(new SpecOverrides(null, numbers()));
    SinkRequest sinks = new SinkRequest(spec, options.isExplain(), false, "");
    RunInput input = new RunInput(rows.name(), sinks, output, options);
    InputFileChecks.refuseReplaced(input.files(), output);
    checkColumns(spec, input);
    return new RunPlan(
        spec,
        SegmentPlanner.folders(options, rows.name(), output),
        SegmentPlanner.tuning(options, input.bytes(), 0, RunnerSettings.takesOneJob(options)),
        new KnownModels.Scoring(scoringModel),
        new ResultSettings("", "", options.isExplain(), RuleSettings.DEFAULT));
  }

  /** Reads the model that the flag {@code --model} names. */
  public Model model() throws UsageException, IOException {
    return FinishedRun.read("model", required("model", options.getModel()));
  }

  private Map<NumberRange, String> numbers() {
    String share = options.getMaxRejectedShare();
    return share == null ? Map.of() : Map.of(NumberRange.MAX_REJECTED_SHARE, share);
  }

  private RowSource rows() throws UsageException {
    boolean isInSpec =
        options.getInput() == null && givenSpec != null && givenSpec.input().source() != null;
    return isInSpec
        ? Connectors.source(givenSpec.input())
        : new FileSource(required("input", options.getInput()));
  }

  private String required(String flag, String value) throws UsageException {
    if (value == null || value.isBlank()) {
      throw new UsageException(
          "--" + flag + ": missing; " + command + " needs --model and --input");
    }
    return value;
  }

  /**
   * Returns the columns to read: the columns of the model, with the id and the copied columns that
   * the flags or the spec name.
   */
  private UserSchema schema(Model model) throws UsageException {
    String id = options.getId();
    List<String> passThrough = passThrough(options);
    if (givenSpec != null) {
      id = id != null ? id : givenSpec.input().id() == null ? "none" : givenSpec.input().id();
      passThrough = passThrough != null ? passThrough : givenSpec.input().passThrough();
    }
    ScoringColumns columns = new ScoringColumns(id, passThrough);
    if (!columns.knowIdColumn(model)) {
      throw new UsageException(UNKNOWN_ID);
    }
    try {
      return columns.schema(model);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--model: " + options.getModel() + ": " + e.getMessage());
    }
  }

  /** Returns the columns that {@code --passThrough} names; null if the flag is not set. */
  static List<String> passThrough(ScoreOptions options) {
    return options.getPassThrough() == null
        ? null
        : Arrays.stream(options.getPassThrough().split(",", -1))
            .filter(column -> !column.isBlank())
            .toList();
  }

  /** Refuses a spec that aggregates events without the measures that the model needs. */
  private void refuseUnknownMeasures(UserSchema schema) throws UsageException {
    if (givenSpec == null || givenSpec.input().aggregate() == null) {
      return;
    }
    List<String> measures = givenSpec.input().aggregate().names();
    List<String> columns =
        new ArrayList<>(schema.features().stream().map(Feature::column).toList());
    columns.addAll(schema.passThrough());
    for (String column : columns) {
      if (!measures.contains(column)) {
        throw new UsageException(
            String.format(
                "--spec: %s: '%s' is not a measure of input.aggregate, but the model needs it;"
                    + " did you mean '%s'?",
                options.getSpec(), column, NearestName.of(column, measures)));
      }
    }
  }

  /**
   * Returns the column of the weights. The spec names it, or the model if there is no spec; null
   * without weights.
   */
  private String weight(Model model) {
    if (givenSpec != null) {
      return givenSpec.input().weight();
    }
    return model.training() == null ? null : model.training().weight();
  }

  /** Returns a spec for reading the users, with the features of the model. */
  private SegmentationSpec spec(
      Model model, UserSchema schema, RowSource rows, OutputSpec results) {
    InputSpec inputSpec =
        givenSpec != null
            ? givenSpec.input()
            : new InputSpec(
                rows, model.training() == null ? null : model.training().format(), null, List.of());
    return new SegmentationSpec(
        model.spec().name(),
        model.spec().description(),
        new InputSpec(
            rows,
            inputSpec.format(),
            schema.idColumn(),
            schema.passThrough(),
            inputSpec.duplicates(),
            inputSpec.maxRejectedShare(),
            inputSpec.aggregate() == null ? schema.syntax() : inputSpec.syntax(),
            inputSpec.aggregate(),
            weight(model)),
        results,
        schema.features(),
        clustering(model),
        List.of(),
        List.of(),
        null,
        Privacy.DEFAULT);
  }

  /** Returns a clustering of one pass, because a score does not move the centroids. */
  private static ClusteringSpec clustering(Model model) {
    ClusterCount k = ClusterCount.fixed(model.clusters().size());
    return new ClusteringSpec(k, model.seed(), 0, 1, 1, Effort.DEFAULT, 0, false);
  }

  /**
   * Refuses a folder with a trained model, because a score would remove the results of the
   * training.
   */
  private static void refuseTrained(String output) throws UsageException, IOException {
    String file = output + "/model.json";
    try {
      if (!FilePattern.files(file).isEmpty()) {
        throw new UsageException(
            "--output: " + file + " exists; name a folder without a trained model");
      }
    } catch (FileNotFoundException e) {
      // The folder does not exist, so there is nothing to refuse.
    }
  }

  private static void checkColumns(SegmentationSpec spec, RunInput input)
      throws IOException, SpecException {
    try {
      input.check();
    } catch (MissingColumnException e) {
      if (spec.input().aggregate() != null) {
        throw e;
      }
      throw MissingColumnReport.refusal(e, spec.schema());
    }
  }
}
