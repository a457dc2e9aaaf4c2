package personas.cli.plan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.cli.option.JobOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.StorageScheme;
import personas.cli.result.FinishedRun;
import personas.cli.result.FolderPath;
import personas.cli.result.InputFileChecks;
import personas.cli.result.OutputFolder;
import personas.cli.result.RunSeries;
import personas.cli.runner.RunnerSettings;
import personas.cli.runner.StagingOwner;
import personas.connector.Connectors;
import personas.connector.contract.RowSource;
import personas.connector.contract.SinkRequest;
import personas.connector.files.FileSource;
import personas.connector.storage.FilePattern;
import personas.connector.stream.StreamAddress;
import personas.model.StickinessPrice;
import personas.model.compare.PreviousModel;
import personas.run.JobTuning;
import personas.run.KnownModels;
import personas.run.ResultSettings;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.spec.ClusterCount;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.OutputSpec;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.SpecOverrides;
import personas.spec.Stickiness;
import personas.text.TerminalText;

/** Plans a run of {@code segment} from the spec and the flags; refuses a run that cannot work. */
public final class SegmentPlanner {
  private static final String DEFAULT_SPEC = "pipelines/image-platform-users.yaml";

  /** Iterations of a job on an engine that needs a second or more to start a job. */
  private static final int ENGINE_ITERATIONS = 5;

  /**
   * Iterations of a job on the direct runner, which starts a job at once. After each step, the
   * direct runner tries the slots of every later iteration again until their state exists. With 100
   * users, a run takes 2.3 s with three iterations and 2.9 s with five. With two iterations, a run
   * of 48 iterations takes a tenth longer.
   */
  private static final int DIRECT_ITERATIONS = 3;

  private static final int ONE_JOB_ITERATIONS = 20;

  private static final int MAX_KEPT = 10_000;

  private static final String WEIGHTS_WITHOUT_MIGRATION =
      "--previousAssignments: assignments do not hold weights, so with input.weight the users who"
          + " left a persona cannot be counted; remove --previousAssignments, and give --previousModel"
          + " instead of --previous";

  private final SegmentOptions options;
  private final boolean isReplay;
  private RunSeries series;
  private SpecSource source;

  public SegmentPlanner(SegmentOptions options) {
    this(options, false);
  }

  private SegmentPlanner(SegmentOptions options, boolean isReplay) {
    this.options = options;
    this.isReplay = isReplay;
  }

  /**
   * Returns a planner of a replay, which writes only CSV files and ignores the output of the spec.
   */
  static SegmentPlanner ofReplay(SegmentOptions options) {
    return new SegmentPlanner(options, true);
  }

  /**
   * Returns the plan of the run.
   *
   * @throws UsageException if a flag is wrong, or does not fit the spec, the input or the output
   * @throws SpecException if the spec has mistakes
   */
  public RunPlan read() throws UsageException, SpecException, IOException {
    source = new SpecSource(options, projectFile(DEFAULT_SPEC));
    SegmentationSpec given = overridden(source.spec());
    String output = output(given);
    SegmentationSpec spec = withLevelsOfPrevious(continued(given));
    if (!isReplay) {
      HistoryPlanner.check(spec, options);
    }
    refuseExplanationColumns(spec.input().passThrough(), options);
    String path = input(spec);
    SinkRequest sinks =
        new SinkRequest(spec, options.isExplain(), options.getPreviousAssignments() != null, "");
    RunInput input = new RunInput(path, sinks, output, options);
    checkOutput(spec, input.files(), output);
    input.check();
    boolean isSingleJob = RunnerSettings.takesOneJob(options);
    return new RunPlan(
        spec,
        folders(options, path, output),
        tuning(options, input.bytes(), iterationsPerJob(isSingleJob), isSingleJob),
        knownModels(spec, input.mayRead()),
        new ResultSettings(
            dataDate(), source.text(), options.isExplain(), RuleFlags.settings(options)));
  }

  /** Returns the spec of a run that continues from a previous run; otherwise the given spec. */
  private SegmentationSpec continued(SegmentationSpec given)
      throws UsageException, SpecException, IOException {
    if (options.getPrevious() == null) {
      return given;
    }
    continueFromPrevious(given);
    // Without --spec, the run uses the spec of the previous run.
    source = new SpecSource(options, projectFile(DEFAULT_SPEC));
    return overridden(source.spec());
  }

  private void checkOutput(SegmentationSpec spec, List<MatchResult.Metadata> files, String output)
      throws UsageException, IOException {
    InputFileChecks.refuseReplaced(files, output);
    if (mayRead(output, options)) {
      OutputFolder.refuseObstacle(output);
      OutputFolder.refuseOther(output, spec.name(), options.isOverwrite());
    }
  }

  /** Returns the spec with the levels of the previous model for categories without levels. */
  private SegmentationSpec withLevelsOfPrevious(SegmentationSpec spec)
      throws UsageException, SpecException, IOException {
    String file = options.getPreviousModel();
    if (file == null || spec.levelsToCount().isEmpty()) {
      return spec;
    }
    source =
        source.withLevels(
            LevelPlanner.ofModel(spec, FinishedRun.read("previousModel", file), file));
    return overridden(source.spec());
  }

  /**
   * Returns a plan with levels for the categories for which the spec lists no levels.
   *
   * @param plan the plan without the levels
   * @param levels the levels of each such category, in the order of the features
   * @throws SpecException if the spec is not valid with these levels: there are too many levels, or
   *     a persona names a level that is not among them
   */
  public RunPlan withLevels(RunPlan plan, List<List<String>> levels)
      throws UsageException, SpecException, IOException {
    source = source.withLevels(levels);
    return plan.withSpec(overridden(source.spec()), source.text());
  }

  /** Refuses a copied column with the name of an explanation column. */
  static void refuseExplanationColumns(List<String> passThrough, JobOptions options)
      throws UsageException {
    for (String column : InputSpec.EXPLANATION_COLUMNS) {
      if (options.isExplain() && passThrough.contains(column)) {
        throw new UsageException(
            "--explain: adds a column '"
                + column
                + "', but passThrough copies a column with this name; remove one of them");
      }
    }
  }

  /** Returns the series of runs of the output folder; empty if the folder has no date. */
  public Optional<RunSeries> series() {
    return Optional.ofNullable(series);
  }

  private String output(SegmentationSpec spec) throws UsageException {
    String flagValue = options.getOutput();
    String output =
        FolderPath.path(
            flagValue == null
                ? defaultOutput(spec.name())
                : RunSeries.named(flagValue, spec.name()));
    series = RunSeries.of(output, dataDate()).orElse(null);
    if (options.getKeep() != null) {
      inRange("keep", options.getKeep(), 1, MAX_KEPT);
      if (RunnerSettings.isTemplate(options)) {
        throw new UsageException(
            "--keep: a template ends before its job ends, so the template cannot delete earlier results");
      }
      if (series == null) {
        throw new UsageException(
            "--keep: needs {dataDate} in --output, like out/{name}/{dataDate}");
      }
    }
    return series == null ? output : series.output();
  }

  private void continueFromPrevious(SegmentationSpec spec) throws UsageException, IOException {
    if (options.getPreviousModel() != null || options.getPreviousAssignments() != null) {
      throw new UsageException(
          "--previous: cannot be combined with --previousModel or --previousAssignments, because --previous"
              + " sets both; remove one of them");
    }
    String folder = FolderPath.path(options.getPrevious());
    if (options.getPrevious().equals(RunSeries.LATEST)) {
      if (series == null) {
        throw new UsageException(
            "--previous: latest needs {dataDate} in --output, like out/{name}/{dataDate}");
      }
      Optional<String> previous = series.previous();
      if (previous.isEmpty()) {
        say("No run of an earlier date was found; this run does not continue from a previous run.");
        return;
      }
      folder = previous.get();
      say("This run continues from " + folder);
    }
    options.setPreviousModel(folder + "/model.json");
    if (spec.input().id() != null) {
      options.setPreviousAssignments(folder + "/assignments-*");
    }
  }

  private void say(String line) {
    if (!options.isQuiet()) {
      System.err.println(TerminalText.line(line));
    }
  }

  /** Returns the folders of a run, with a staging folder that no other run has. */
  static RunFolders folders(JobOptions options, String input, String output) {
    String temp = options.getTempLocation();
    String parent = temp == null ? output + "/" : FolderPath.path(temp) + "/";
    return new RunFolders(
        input, output, parent + RunFolders.STAGING_PREFIX + StagingOwner.runName(options));
  }

  /**
   * Returns how a run is split into tasks, by the same rule on every runner.
   *
   * @param options the flags
   * @param bytes the size of the input; negative if it is not known
   * @param iterationsPerJob the number of iterations that one job unrolls
   * @param isSingleJob whether the run has only one job
   * @throws UsageException if a flag is out of range
   */
  static JobTuning tuning(JobOptions options, long bytes, int iterationsPerJob, boolean isSingleJob)
      throws UsageException {
    Integer megabytes = options.getRangeMegabytes();
    Integer slots = options.getSlots();
    return new JobTuning(
        megabytes == null
            ? JobTuning.rangeBytesOf(bytes)
            : inRange("rangeMegabytes", megabytes, 1, 1024) << 20,
        slots == null
            ? JobTuning.slotsOf(bytes)
            : (int) inRange("slots", slots, 1, JobTuning.MAX_SLOTS),
        JobTuning.idPartsOf(bytes),
        iterationsPerJob,
        isSingleJob);
  }

  private SegmentationSpec overridden(SegmentationSpec spec) throws SpecException, UsageException {
    SegmentationSpec withOutput = isReplay ? spec.withOutput(OutputSpec.DEFAULT) : spec;
    SegmentationSpec overridden =
        withOutput.withOverrides(
            new SpecOverrides(
                options.getInput() == null ? null : new FileSource(options.getInput()), numbers()));
    return options.isExplainK() ? keepingCandidates(overridden) : overridden;
  }

  /** Returns the texts of the flags that override a number of the spec. */
  private Map<NumberRange, String> numbers() {
    Map<NumberRange, String> numbers = new EnumMap<>(NumberRange.class);
    numbers.put(NumberRange.K, options.getK());
    numbers.put(NumberRange.SEED, options.getSeed());
    numbers.put(NumberRange.TOLERANCE, options.getTolerance());
    numbers.put(NumberRange.MAX_ITERATIONS, options.getMaxIterations());
    numbers.put(NumberRange.RESTARTS, options.getRestarts());
    numbers.put(NumberRange.MIN_SEGMENT_SHARE, options.getMinSegmentShare());
    numbers.put(NumberRange.MAX_REJECTED_SHARE, options.getMaxRejectedShare());
    numbers.values().removeIf(Objects::isNull);
    return numbers;
  }

  private static SegmentationSpec keepingCandidates(SegmentationSpec spec) throws UsageException {
    ClusterCount k = spec.clustering().k();
    if (k.isFixed()) {
      throw new UsageException(
          "--explainK: k = "
              + k
              + " is given, so there are no other candidates; give a range, such as --k=2..8");
    }
    return spec.keepingCandidates();
  }

  /** Reads and parses a spec file. */
  static SegmentationSpec readSpec(String file) throws SpecException, IOException, UsageException {
    return SpecSource.parse(file, SpecSource.bytes(file));
  }

  /** Returns whether the planner may read a path; a dry run does not read from a cloud. */
  static boolean mayRead(String path, JobOptions options) {
    return !options.isDryRun() || !path.contains("://");
  }

  private String input(SegmentationSpec spec) throws UsageException {
    RowSource input = Connectors.source(spec.input());
    if (input == null) {
      throw new UsageException("--input: missing; the spec has no input.path either");
    }
    if (!input.isFiles()) {
      return input.name();
    }
    StorageScheme.refuseUnknown("--input", input.name(), options);
    // The path in the default spec is relative to the folder of the project. A path in a flag is
    // relative to the working folder.
    return options.getInput() == null && options.getSpec() == null
        ? projectFile(input.name())
        : input.name();
  }

  /**
   * Returns the files that a pattern matches.
   *
   * @param flag the flag that names the pattern, for messages
   * @throws UsageException if no file matches, or if a match is not a regular file
   */
  static List<MatchResult.Metadata> matchInput(String flag, String input)
      throws UsageException, IOException {
    if (StreamAddress.hasStreamScheme(input)) {
      throw new UsageException("--" + flag + ": " + input + ": only score reads a stream");
    }
    if (DatabaseInspection.isDatabase(input)) {
      throw new UsageException(
          "--" + flag + ": a database needs a spec, which the command init writes; see help init");
    }
    try {
      FilePattern.Match match = FilePattern.match(input);
      if (!match.files().isEmpty()) {
        InputFileChecks.refuseIrregular(flag, match.files());
        return match.files();
      }
      if (!match.hidden().isEmpty()) {
        throw new UsageException(
            String.format(
                "--%s: %s: matches only hidden files, such as %s; write a pattern that begins with the"
                    + " dot or underscore",
                flag, input, match.hidden().get(0)));
      }
    } catch (FileNotFoundException e) {
      // The message is the same as for a glob without a match.
    }
    throw new UsageException(
        "--" + flag + ": " + input + ": " + InputFileChecks.reasonUnreadable(input));
  }

  private KnownModels knownModels(SegmentationSpec spec, boolean mayRead)
      throws UsageException, IOException {
    PreviousModel model = previousModel(spec);
    String assignments = previousAssignments(spec, mayRead);
    Stickiness stickiness = spec.stickiness();
    boolean isMarginGiven = assignments != null && stickiness != null && !stickiness.isAuto();
    return new KnownModels.Training(
        new KnownModels.PreviousRun(
            model,
            assignments,
            isMarginGiven
                ? new StickinessPrice.Choice(stickiness.margin(), StickinessPrice.BY_SPEC, null)
                : null));
  }

  private PreviousModel previousModel(SegmentationSpec spec) throws UsageException, IOException {
    String file = options.getPreviousModel();
    if (file == null) {
      return null;
    }
    try {
      return PreviousModel.of(FinishedRun.read("previousModel", file), spec.features());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--previousModel: " + file + ": " + e.getMessage());
    }
  }

  private String previousAssignments(SegmentationSpec spec, boolean mayRead)
      throws UsageException, IOException {
    String pattern = options.getPreviousAssignments();
    if (pattern == null) {
      return null;
    }
    if (options.getPreviousModel() == null) {
      throw new UsageException("--previousAssignments: needs the --previousModel of the same run");
    }
    if (spec.input().id() == null) {
      throw new UsageException(
          "--previousAssignments: needs the ids of users, but the spec has input.id: none; remove the"
              + " flag or name the column of the ids");
    }
    if (spec.input().weight() != null) {
      throw new UsageException(WEIGHTS_WITHOUT_MIGRATION);
    }
    if (mayRead) {
      matchInput("previousAssignments", pattern);
    }
    return pattern;
  }

  private int iterationsPerJob(boolean isSingleJob) throws UsageException {
    if (options.getIterationsPerJob() != null) {
      return (int) inRange("iterationsPerJob", options.getIterationsPerJob(), 1, 50);
    }
    if (isSingleJob) {
      return ONE_JOB_ITERATIONS;
    }
    return RunnerSettings.isDirect(options) ? DIRECT_ITERATIONS : ENGINE_ITERATIONS;
  }

  /** Returns the default folder of a segmentation. */
  public static String defaultOutput(String name) {
    return OutputFolder.defaultFolder(name);
  }

  /**
   * Returns the path of a file of the project: in the working folder if the file exists there, else
   * in the folder where the program is installed.
   */
  private static String projectFile(String path) {
    String home = System.getProperty("personas.home");
    return home == null || Files.exists(Path.of(path)) ? path : home + "/" + path;
  }

  private String dataDate() throws UsageException {
    String date = options.getDataDate();
    try {
      return date == null ? "" : LocalDate.parse(date).toString();
    } catch (DateTimeParseException e) {
      throw new UsageException("--dataDate: '" + date + "' is not a date like 2026-10-31");
    }
  }

  /** Returns the value of a flag; refuses a value outside of {@code min..max}. */
  static long inRange(String flag, long value, long min, long max) throws UsageException {
    if (value < min || value > max) {
      throw new UsageException(
          String.format(Locale.ROOT, "--%s: %d is not in %d..%d", flag, value, min, max));
    }
    return value;
  }
}
