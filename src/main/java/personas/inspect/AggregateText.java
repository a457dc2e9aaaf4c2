package personas.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import personas.spec.InputSpec;
import personas.text.ColumnNames;
import personas.text.TerminalText;
import personas.text.YamlText;

/** Writes the lines of a spec that aggregate events to users. */
final class AggregateText {
  private static final int MAX_EXAMPLES = 3;
  private static final int MAX_LEVEL_LENGTH = 60;

  private final TableProfile table;

  /** The function and column of each measure, by the name of the measure. */
  private final Map<String, String> measures = new LinkedHashMap<>();

  /** The reason for each measure, by the name of the measure. */
  private final Map<String, String> reasons = new LinkedHashMap<>();

  AggregateText(TableProfile table) {
    this.table = table;
    add("events", "count", "how often: the events of the user");
    for (Proposal measure : table.of(Proposal.Role.MEASURE)) {
      String column = ColumnNames.canonical(measure.column().name());
      boolean isAmount = EventColumns.isAmount(measure.column());
      String function = isAmount ? "sum" : "mean";
      add(
          (isAmount ? "total_" : "mean_") + column,
          function + "(" + column + ")",
          measure.reason());
    }
    add("recency_days", "days_since_last", "how recently: days since the latest event");
    add("tenure_days", "tenure_days", "how long: days since the first event");
  }

  private void add(String name, String function, String reason) {
    measures.put(name, function);
    reasons.put(name, reason);
  }

  /** Returns the names of all measures. All measures are features. */
  List<String> names() {
    return List.copyOf(measures.keySet());
  }

  /** Returns the lines under {@code input}. */
  List<String> aggregation() {
    List<String> lines = new ArrayList<>(rejectedShare());
    addAggregate(lines);
    lines.addAll(otherMeasures());
    return lines;
  }

  /**
   * Returns a line with a larger maximum share of rejected events, if too many events lack an id.
   */
  private List<String> rejectedShare() {
    long eventsWithoutId = table.records() - table.of(Proposal.Role.ID).get(0).column().present();
    if (eventsWithoutId > InputSpec.DEFAULT_MAX_REJECTED_SHARE / 2 * table.records()) {
      double share = Math.ceil(100.0 * eventsWithoutId / table.records() + 2) / 100;
      return List.of(
          String.format(
              Locale.ROOT,
              "maxRejectedShare: %.2f # %,d of the %,d events have no id and are rejected",
              Math.min(1, share),
              eventsWithoutId,
              table.records()));
    }
    return List.of();
  }

  private void addAggregate(List<String> lines) {
    lines.add(
        "# The ids repeat and the events have a time, so a row is an event. One user is made of");
    lines.add(
        "# all events of an id: each measure is a column of the table of users. If a row is a");
    lines.add("# user, remove these lines and name columns of the file under features.");
    lines.add("aggregate:");
    String time = ColumnNames.canonical(table.of(Proposal.Role.TIME).get(0).column().name());
    lines.add("  time: " + YamlText.quoted(time));
    lines.add(
        "  # asOf: 2026-10-31 # days look back from the date of the latest event, or from this");
    lines.add("  measures:");
    measures.forEach(
        (name, function) ->
            lines.add(
                "    "
                    + YamlText.quoted(name)
                    + ": "
                    + YamlText.quoted(function)
                    + " # "
                    + TerminalText.line(reasons.get(name), MAX_LEVEL_LENGTH)));
  }

  /** Returns comments that show how the levels of a category can become measures. */
  private List<String> otherMeasures() {
    List<String> lines = new ArrayList<>();
    for (Proposal column : table.of(Proposal.Role.SKIPPED)) {
      String name = ColumnNames.canonical(column.column().name());
      if (column.column().type() != ColumnType.CATEGORY) {
        continue;
      }
      for (String level : column.column().frequentLevels(MAX_EXAMPLES)) {
        if (isPlain(name + level) && lines.size() < MAX_EXAMPLES) {
          String quoted = YamlText.quoted("events_" + level);
          String condition = "`" + name + "` = '" + level + "'";
          lines.add("    # " + quoted + ": {measure: count, where: \"" + condition + "\"}");
        }
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "    # Other measures count the events of a kind, for example:");
    }
    return lines;
  }

  /** Returns whether a text needs no escapes in a comparison within a YAML string. */
  private static boolean isPlain(String text) {
    return text.length() <= MAX_LEVEL_LENGTH
        && text.chars().allMatch(c -> c >= ' ' && "'\"`\\".indexOf(c) < 0);
  }

  /** Returns the lines of the features. */
  List<String> features() {
    List<String> lines = new ArrayList<>();
    measures.forEach(
        (name, function) -> {
          lines.add("  - name: " + YamlText.quoted(name));
          lines.addAll(
              switch (function) {
                case "days_since_last" ->
                    List.of("    label: last event", "    unit: days ago", "    betterIs: lower");
                case "tenure_days" -> List.of("    label: first event", "    unit: days ago");
                default ->
                    function.startsWith("mean(")
                        ? List.of("    missing: median # of users without a number in any event")
                        : List.of();
              });
        });
    return lines;
  }
}
