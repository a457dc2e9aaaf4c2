package personas.cli.console;

import java.util.List;

/** Groups of flags as {@code help COMMAND} shows them, the most useful flags first. */
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

  /** Returns the title of the group in the help. */
  String title() {
    return title;
  }

  /** Returns the names of the flags, in the order of the help. */
  List<String> flags() {
    return flags;
  }
}
