package personas.run.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import personas.run.events.measure.EventRow;
import personas.spec.event.EventCondition;
import personas.spec.event.EventFilter;
import personas.text.DoubleParser;
import personas.text.TimeParser;

/** Checks whether an event fulfills the conditions of a measure. */
final class EventCheck {
  private final List<Condition> conditions;

  EventCheck(EventFilter filter, EventRow row) {
    conditions = filter.conditions().stream().map(condition -> condition(condition, row)).toList();
  }

  private interface Condition {
    boolean accepts(EventRow event);
  }

  /** Returns whether the event fulfills all conditions. */
  boolean accepts(EventRow event) {
    for (Condition condition : conditions) {
      if (!condition.accepts(event)) {
        return false;
      }
    }
    return true;
  }

  private static Condition condition(EventCondition condition, EventRow row) {
    EventCondition.Operator operator = condition.operator();
    if (condition.kind() == EventCondition.Kind.TEXT) {
      int column = row.textIndex(condition.column());
      byte[][] values =
          condition.values().stream()
              .map(value -> value.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
      return event -> acceptsText(event, column, operator, values);
    }
    int column = row.numberIndex(condition.column());
    double[] values =
        condition.values().stream()
            .mapToDouble(
                value ->
                    condition.kind() == EventCondition.Kind.TIME
                        ? TimeParser.parse(value)
                        : number(value))
            .toArray();
    return event -> acceptsNumber(event.number(column), operator, values);
  }

  private static double number(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return DoubleParser.parse(utf8, 0, utf8.length);
  }

  private static boolean acceptsText(
      EventRow event, int column, EventCondition.Operator operator, byte[][] values) {
    if (event.isMissing(column)) {
      return false;
    }
    for (byte[] value : values) {
      int order =
          Arrays.compareUnsigned(
              event.bytes(column), event.start(column), event.end(column), value, 0, value.length);
      if (operator.accepts(order)) {
        return true;
      }
    }
    return false;
  }

  private static boolean acceptsNumber(
      double number, EventCondition.Operator operator, double[] values) {
    if (Double.isNaN(number)) {
      return false;
    }
    for (double value : values) {
      if (operator.accepts(Double.compare(number, value))) {
        return true;
      }
    }
    return false;
  }
}
