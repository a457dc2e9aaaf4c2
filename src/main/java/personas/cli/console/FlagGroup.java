package personas.cli.console;

import java.util.List;

/** Flags that belong together, as {@code help COMMAND} shows them: those of most use first. */
enum FlagGroup {
  DATA(
      "Input and output",
      "input",
      "query",
      "user",
      "passwordEnv",
      "passwordFile",
      "spec",
      "model",
      "persona",
      "name",
      "from",
      "fromId",
      "fromLabel",
      "to",
      "toId",
      "toLabel",
      "runs",
      "users",
      "orders",
      "format",
      "dialect",
      "table",
      "ruleDepth",
      "features",
      "accuracy",
      "output",
      "overwrite",
      "id",
      "passThrough",
      "explain",
      "dataDate",
      "keep"),
  CLUSTERING(
      "Clustering; each flag overrides a key of the spec",
      "k",
      "explainK",
      "minSegmentShare",
      "maxRejectedShare",
      "seed",
      "restarts",
      "maxIterations",
      "tolerance"),
  PREVIOUS_RUN("Previous runs", "previous", "previousModel", "previousAssignments", "history"),
  STREAM(
      "Streams",
      "columns",
      "deadLetters",
      "group",
      "kafkaProperties",
      "modelRefresh",
      "driftWindow"),
  SCHEDULER("Schedulers", "failOn", "resume"),
  TERMINAL("Terminal", "quiet", "verbose"),
  ENGINE("Engine", "slots", "rangeMegabytes", "iterationsPerJob", "jobGraph", "dryRun", "jobFile");

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // List.of never changes.
  private final List<String> flags;

  FlagGroup(String title, String... flags) {
    this.title = title;
    this.flags = List.of(flags);
  }

  /** What the help calls the group. */
  public String title() {
    return title;
  }

  /** The names of the flags, in the order of the help. */
  public List<String> flags() {
    return flags;
  }
}
