package personas.spec.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import personas.spec.event.EventAggregation;
import personas.spec.event.EventFilter;
import personas.spec.event.Measure;
import personas.spec.event.MeasureFunction;
import personas.text.TimeParser;

/** Reads {@code input.aggregate}, which turns events into users. */
final class AggregateKeys {
  private static final int MAX_MEASURES = 100;
  private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*(?:\\(\\s*(.*?)\\s*\\))?\\s*");
  private static final List<String> FUNCTIONS =
      Stream.of(MeasureFunction.values()).map(AggregateKeys::name).toList();

  private AggregateKeys() {}

  /** Returns the aggregation of {@code input}; null if there is none. */
  static EventAggregation aggregation(Map<String, SpecNode> input) {
    SpecNode node = input.get("aggregate");
    if (!node.isPresent()) {
      return null;
    }
    Map<String, SpecNode> keys = node.keys("time", "asOf", "measures");
    if (input.get("id").isText("none")) {
      input
          .get("id")
          .addMistake(
              "none cannot be combined with input.aggregate, which needs the id of each user");
    }
    if (input.get("duplicates").isPresent()) {
      input
          .get("duplicates")
          .addMistake(
              "does not apply to input.aggregate, which makes one user of all events of an id");
    }
    String time = keys.get("time").isPresent() ? keys.get("time").requiredColumn() : null;
    List<Measure> measures = measures(keys.get("measures"), time);
    return new EventAggregation(time, asOf(keys.get("asOf"), keys.get("time")), measures);
  }

  private static String asOf(SpecNode node, SpecNode time) {
    if (!node.isPresent()) {
      return null;
    }
    String date = node.optionalLine();
    if (TimeParser.dayOf(date) == null) {
      node.addMistake("'" + date + "' is not a date like 2026-10-31");
      return null;
    }
    if (!time.isPresent()) {
      time.addMistake("missing; input.aggregate.asOf needs the column with the time of an event");
    }
    return date;
  }

  private static List<Measure> measures(SpecNode node, String time) {
    List<Measure> measures = new ArrayList<>();
    Map<String, SpecNode> entries = node.entries();
    if (entries.isEmpty() || entries.size() > MAX_MEASURES) {
      node.addMistake(
          entries.isEmpty()
              ? "missing; a measure is like `orders: count` or `revenue: sum(amount)`"
              : entries.size() + " measures are not in 1.." + MAX_MEASURES);
    }
    entries.forEach(
        (name, definition) -> {
          Measure measure = measure(name, definition, time);
          if (measure != null) {
            measures.add(measure);
          }
        });
    return measures;
  }

  private static Measure measure(String name, SpecNode node, String time) {
    if (!node.isMap()) {
      return measure(name, node, null, time);
    }
    Map<String, SpecNode> keys = node.keys("measure", "where");
    return measure(name, keys.get("measure"), keys.get("where"), time);
  }

  /** Returns a measure; null after a mistake, if the text does not name a function. */
  private static Measure measure(String name, SpecNode call, SpecNode where, String time) {
    String text = call.requiredName();
    Matcher callParts = CALL.matcher(text);
    if (text.isEmpty()) {
      return null;
    }
    if (!callParts.matches()) {
      call.addMistake("'" + text + "' is not a measure like count or sum(amount)");
      return null;
    }
    String functionName = callParts.group(1).toLowerCase(Locale.ROOT);
    if (!FUNCTIONS.contains(functionName)) {
      call.addUnknownName(
          functionName,
          FUNCTIONS,
          "'"
              + functionName.replace("%", "%%")
              + "' is not a measure; did you mean '%s'? Allowed: "
              + String.join(", ", FUNCTIONS));
      return null;
    }
    String column = column(callParts, call, time);
    return new Measure(
        name,
        MeasureFunction.valueOf(functionName.toUpperCase(Locale.ROOT)),
        column,
        where == null ? null : filter(where, time));
  }

  /**
   * Returns the column that a function is applied to; null if the function does not take a column.
   */
  private static String column(Matcher callParts, SpecNode call, String time) {
    String functionName = callParts.group(1).toLowerCase(Locale.ROOT);
    MeasureFunction function = MeasureFunction.valueOf(functionName.toUpperCase(Locale.ROOT));
    String column =
        callParts.group(2) == null || callParts.group(2).isEmpty() ? null : callParts.group(2);
    boolean takesColumn = function.argument() != MeasureFunction.Argument.NONE;
    if (takesColumn && column == null) {
      call.addMistake(functionName + " needs a column, like " + functionName + "(amount)");
    } else if (!takesColumn && column != null) {
      call.addMistake(functionName + " does not take a column; write " + functionName);
    }
    if (function.needsTime() && time == null) {
      call.addMistake(
          functionName + " needs input.aggregate.time, the column with the time of an event");
    }
    return takesColumn ? column : null;
  }

  private static EventFilter filter(SpecNode node, String time) {
    if (!node.isPresent()) {
      return null;
    }
    try {
      return FilterParser.parse(node.optionalText(), time);
    } catch (FilterParser.FilterException e) {
      node.addMistake(e.getMessage());
      return null;
    }
  }

  /** Adds a mistake if a name is not one of the names of the measures. */
  static void checkIsMeasure(String name, List<String> names, SpecNode node) {
    if (!names.contains(name)) {
      node.addUnknownName(
          name,
          names,
          "'"
              + name.replace("%", "%%")
              + "' is not a measure of input.aggregate; did you mean '%s'?");
    }
  }

  private static String name(MeasureFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }
}
