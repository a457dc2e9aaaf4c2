package personas.cli.plan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import personas.cli.exit.UsageException;
import personas.cli.option.ScoreOptions;
import personas.cli.result.FinishedRun;
import personas.cli.runner.RunnerSettings;
import personas.connector.storage.Folder;
import personas.connector.stream.StreamAddress;
import personas.model.score.ScoringColumns;
import personas.model.score.VersionedModel;
import personas.run.ModelFile;
import personas.run.StreamPlan;
import personas.table.ledger.BadInputException;

/** Plans the score of a stream from flags, and refuses a score that cannot work. */
public final class StreamPlanner {
  private static final long REFRESH_SECONDS = 300;
  private static final long DRIFT_WINDOW_SECONDS = 3_600;
  private static final long MAX_SECONDS = 86_400;

  /**
   * Maps each flag that only a score of files accepts to the reason why a stream refuses the flag.
   */
  private static final Map<String, String> FILE_FLAGS =
      new TreeMap<>(
          Map.of(
              "failOn", "a stream does not end, so it cannot give a verdict; remove the flag",
              "maxRejectedShare",
                  "a stream does not end, so the share of rejected records is never final; remove the flag",
              "rangeMegabytes", "a stream has no byte ranges; remove the flag",
              "resume", "a stream always continues from its committed offsets; remove the flag",
              "slots", "a stream has no slots; set the parallelism of the engine instead",
              "seed", "a score does not draw random numbers; remove the flag",
              "spec", "a stream does not read a spec; give --input and --output"));

  private final ScoreOptions options;
  private final List<String> args;

  public StreamPlanner(ScoreOptions options, String[] args) {
    this.options = options;
    this.args = List.of(args);
  }

  /** Returns whether the flags ask for a score of a stream. */
  public static boolean isStream(String[] args) {
    return Arrays.stream(args)
        .anyMatch(
            arg ->
                arg.startsWith("--input=") && StreamAddress.hasStreamScheme(arg.split("=", 2)[1]));
  }

  /** Refuses flags that apply only to streams, for a score of files. */
  static void refuseFlagsOfStreams(ScoreOptions options) throws UsageException {
    for (var flag :
        Arrays.asList(
            new String[] {"deadLetters", options.getDeadLetters()},
            new String[] {"columns", options.getColumns()},
            new String[] {"group", options.getGroup()},
            new String[] {"kafkaProperties", options.getKafkaProperties()},
            new String[] {"modelRefresh", textOrNull(options.getModelRefresh())},
            new String[] {"driftWindow", textOrNull(options.getDriftWindow())})) {
      if (flag[1] != null) {
        throw new UsageException(
            "--" + flag[0] + ": applies only to streams, like --input=kafka://host:9092/topic");
      }
    }
    if (StreamAddress.hasStreamScheme(options.getOutput())) {
      throw new UsageException(
          "--output: "
              + options.getOutput()
              + ": a score of files writes to a folder, not to a topic");
    }
  }

  private static String textOrNull(Integer number) {
    return number == null ? null : number.toString();
  }

  private static long seconds(String flag, Integer value, long defaultValue) throws UsageException {
    return value == null ? defaultValue : SegmentPlanner.inRange(flag, value, 1, MAX_SECONDS);
  }

  /**
   * Returns the plan of the score.
   *
   * @throws UsageException if a flag is missing, wrong or not allowed for a stream
   */
  public StreamPlan read() throws UsageException, IOException {
    refuseFlagsOfFiles();
    StreamAddress input = address("input", options.getInput());
    StreamAddress output = address("output", options.getOutput());
    StreamAddress deadLetters = address("deadLetters", options.getDeadLetters());
    checkAddresses(input, output, deadLetters);
    long refresh = seconds("modelRefresh", options.getModelRefresh(), REFRESH_SECONDS);
    long driftWindow = seconds("driftWindow", options.getDriftWindow(), DRIFT_WINDOW_SECONDS);
    ModelFile source =
        new ModelFile(
            required("model", options.getModel()),
            new ScoringColumns(options.getId(), ScorePlanner.passThrough(options)),
            options.getColumns());
    VersionedModel model = model(source);
    String group = group(model);
    return new StreamPlan(
        new StreamPlan.Topics(input, output, deadLetters, group, kafkaProperties()),
        new StreamPlan.ServedModel(source, model, refresh),
        driftWindow,
        options.isExplain());
  }

  /**
   * Returns the consumer group. Without the flag, the name of the group includes the name of the
   * segmentation.
   */
  private String group(VersionedModel model) throws UsageException {
    String group =
        options.getGroup() != null
            ? options.getGroup()
            : "beam-personas-" + model.model().name().replaceAll("[^A-Za-z0-9._-]+", "-");
    if (group.isBlank()) {
      throw new UsageException("--group: is empty; give the name of a consumer group");
    }
    return group;
  }

  private void refuseFlagsOfFiles() throws UsageException {
    for (var flag : FILE_FLAGS.entrySet()) {
      String name = "--" + flag.getKey();
      if (args.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "="))) {
        throw new UsageException("--" + flag.getKey() + ": " + flag.getValue());
      }
    }
  }

  private static String required(String flag, String value) throws UsageException {
    if (value == null || value.isBlank()) {
      throw new UsageException(
          "--" + flag + ": missing; a stream needs --model, --input, --output and --deadLetters");
    }
    return value;
  }

  private static StreamAddress address(String flag, String value) throws UsageException {
    try {
      return StreamAddress.parse(required(flag, value));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + flag + ": " + e.getMessage());
    }
  }

  private void checkAddresses(StreamAddress input, StreamAddress output, StreamAddress deadLetters)
      throws UsageException {
    if (!input.isReadable()) {
      throw new UsageException(
          "--input: " + input + ": is a topic; messages of Pub/Sub are read from a subscription");
    }
    for (var target : Map.of("output", output, "deadLetters", deadLetters).entrySet()) {
      String flag = "--" + target.getKey() + ": ";
      if (!target.getValue().isWritable()) {
        throw new UsageException(flag + target.getValue() + ": is not a topic");
      }
      if (target.getValue().equals(input)) {
        throw new UsageException(
            flag + input + ": is also the input, so the messages would be read again");
      }
    }
    if (output.equals(deadLetters)) {
      throw new UsageException("--deadLetters: " + output + ": is also the output");
    }
    for (StreamAddress address : List.of(input, output, deadLetters)) {
      if (address.carrier() == StreamAddress.Carrier.PUBSUB
          && !RunnerSettings.isDataflow(options)) {
        throw new UsageException(address + ": Pub/Sub needs the Dataflow runner");
      }
    }
  }

  private VersionedModel model(ModelFile source) throws UsageException, IOException {
    VersionedModel model;
    try {
      if (!source.columns().knowIdColumn(FinishedRun.read(source.path()))) {
        throw new UsageException(ScorePlanner.UNKNOWN_ID);
      }
      model = source.read();
    } catch (FileNotFoundException e) {
      throw new UsageException("--model: " + source.path() + ": no such file");
    } catch (BadInputException e) {
      throw new UsageException(e.getMessage());
    } catch (IOException e) {
      throw FinishedRun.usage("model", source.path(), e);
    }
    SegmentPlanner.refuseExplanationColumns(model.model().schema().passThrough(), options);
    for (String column : model.model().schema().passThrough()) {
      if (VersionedModel.KEYS.contains(column)) {
        throw new UsageException(
            "--passThrough: " + column + ": every scored message already has a key with this name");
      }
    }
    return model;
  }

  private Map<String, String> kafkaProperties() throws UsageException, IOException {
    String file = options.getKafkaProperties();
    Properties properties = new Properties();
    if (file != null) {
      try (InputStream in = Folder.open(file)) {
        properties.load(in);
      } catch (FileNotFoundException e) {
        throw new UsageException("--kafkaProperties: " + file + ": no such file");
      } catch (IllegalArgumentException e) {
        throw new UsageException("--kafkaProperties: " + file + ": " + e.getMessage());
      }
    }
    Map<String, String> map = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
    return map;
  }
}
