package personas.spec.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.connector.Connectors;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.event.EventCondition;
import personas.spec.event.Measure;
import personas.spec.event.MeasureFunction;

/** Checks {@code input.aggregate}: valid specs, and the message of each mistake. */
class AggregateKeysTest {
  private static SegmentationSpec read(String yaml) throws SpecException, IOException {
    return Connectors.readSpec(
        "s.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static String spec(String aggregate) {
    return "{name: s, input: {id: u, aggregate: " + aggregate + "}, features: [{name: orders}]}";
  }

  private static String mistake(String yaml) {
    SpecException refused = assertThrows(SpecException.class, () -> read(yaml));
    return refused.getMessage();
  }

  @Test
  void readsMeasuresAndConditions() throws Exception {
    SegmentationSpec spec =
        read(
            spec(
                "{time: at, measures: {orders: count, revenue: sum( net amount ), calls: {measure:"
                    + " count, where: \"type = 'it''s' AND `a b` in (1, 2) and at >= '2026-01-01'\"}}}"));
    List<Measure> measures = spec.input().aggregate().measures();
    assertEquals(new Measure("orders", MeasureFunction.COUNT, null, null), measures.get(0));
    assertEquals(new Measure("revenue", MeasureFunction.SUM, "net amount", null), measures.get(1));
    assertEquals(
        List.of(
            new EventCondition(
                "type", EventCondition.Operator.EQUAL, EventCondition.Kind.TEXT, List.of("it's")),
            new EventCondition(
                "a b", EventCondition.Operator.IN, EventCondition.Kind.NUMBER, List.of("1", "2")),
            new EventCondition(
                "at",
                EventCondition.Operator.GREATER_OR_EQUAL,
                EventCondition.Kind.TIME,
                List.of("2026-01-01"))),
        measures.get(2).where().conditions());
    assertEquals(
        List.of("at", "net amount", "a b"),
        spec.inputSchema().features().stream().map(each -> each.name()).toList());
    assertEquals(List.of("type"), spec.inputSchema().passThrough());
  }

  @Test
  void theDigestCoversTheMeasuresAndNotTheDate() throws Exception {
    String digest = read(spec("{time: at, measures: {orders: count}}")).digest();
    assertEquals(
        digest, read(spec("{time: at, asOf: 2026-10-31, measures: {orders: count}}")).digest());
    assertNotEquals(digest, read(spec("{time: at, measures: {orders: active_days}}")).digest());
    assertNotEquals(digest, read("{name: s, input: {id: u}, features: [{name: orders}]}").digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{measures: {orders: counts}} | measures.orders: 'counts' is not a measure; did you mean 'count'? Allowed: count, sum, mean, min, max, distinct, last, days_since_last, tenure_days, active_days",
        "{measures: {orders: sum}} | measures.orders: sum needs a column, like sum(amount)",
        "{measures: {orders: count(x)}} | measures.orders: count does not take a column; write count",
        "{measures: {orders: 'sum(a) + 1'}} | measures.orders: 'sum(a) + 1' is not a measure like count or sum(amount)",
        "{measures: {orders: last(x)}} | measures.orders: last needs input.aggregate.time, the column with the time of an event",
        "{measures: {orders: {where: 'a = 1'}}} | measures.orders.measure: missing",
        "{time: at, asOf: yesterday, measures: {orders: count}} | asOf: 'yesterday' is not a date like 2026-10-31",
        "{asOf: 2026-10-31, measures: {orders: count}} | time: missing; input.aggregate.asOf needs the column with the time of an event",
        "{time: at} | measures: missing; a measure is like `orders: count` or `revenue: sum(amount)`",
        "{measures: {orders: count, u: count}} | 'u' is both a measure and the id",
        "{measure: {orders: count}, measures: {orders: count}} | measure: unknown key; did you mean 'measures'? Allowed: time, asOf, measures",
        "{measures: {orders: {measure: count, where: type}}} | measures.orders.where: expected one of =, !=, <, <=, >, >=, in at the end; a condition is like type = 'api_call' and amount > 0, or country in ('DE', 'AT')",
        "{measures: {orders: {measure: count, where: 'type = call'}}} | measures.orders.where: call is not a number; write a text in single quotes: 'call'",
        "{measures: {orders: {measure: count, where: 'a = 1 or b = 2'}}} | measures.orders.where: 'or' is not supported; join conditions with 'and', or write column in ('a', 'b') to accept several values",
        "{measures: {orders: {measure: count, where: \"a = 'x\"}}} | measures.orders.where: a text in single quotes has no closing quote; a condition is like type = 'api_call' and amount > 0, or country in ('DE', 'AT')",
        "{measures: {orders: {measure: count, where: 'a in 1'}}} | measures.orders.where: expected '(' and a list of values at '1'; a condition is like type = 'api_call' and amount > 0, or country in ('DE', 'AT')",
        "{measures: {orders: {measure: count, where: \"a in (1, 'x')\"}}} | measures.orders.where: the values of a in (…) mix texts and numbers; use one kind",
        "{time: at, measures: {orders: {measure: count, where: 'at > 5'}}} | measures.orders.where: 5 is not a time; write it in single quotes, like '2026-10-31'",
        "{time: at, measures: {orders: {measure: count, where: \"at > 'x'\"}}} | measures.orders.where: 'x' is not a time; allowed: dates and times of ISO 8601, such as 2026-10-31 and 2026-10-31T23:59:59Z, and seconds or milliseconds since 1970",
      })
  void saysWhatIsWrong(String aggregate, String message) {
    assertEquals(
        "s.yaml: input.aggregate" + (message.startsWith("'u'") ? ": " : ".") + message,
        mistake(spec(aggregate)));
  }

  @Test
  void refusesNamesThatAreNotMeasures() {
    assertEquals(
        "s.yaml: input.passThrough: 'plan' is not a measure of input.aggregate; did you mean 'plans'?",
        mistake(
            "{name: s, input: {id: u, passThrough: [plan], aggregate: {measures: {orders: count,"
                + " plans: distinct(plan)}}}, features: [{name: orders}]}"));
    assertEquals(
        "s.yaml: features: 'orders' is not a measure of input.aggregate; did you mean 'order'?",
        mistake(spec("{measures: {order: count}}")));
  }

  @Test
  void refusesWhatContradictsAnAggregation() {
    assertEquals(
        "s.yaml: input.id: none cannot be combined with input.aggregate, which needs the id of each user",
        mistake(
            "{name: s, input: {id: none, aggregate: {measures: {orders: count}}}, features: [{name:"
                + " orders}]}"));
    assertEquals(
        "s.yaml: input.duplicates: does not apply to input.aggregate, which makes one user of all"
            + " events of an id",
        mistake(
            "{name: s, input: {id: u, duplicates: warn, aggregate: {measures: {orders: count}}},"
                + " features: [{name: orders}]}"));
    assertEquals(
        "s.yaml: output.users: needs input.aggregate; without it the input is the table of users",
        mistake("{name: s, input: {id: u}, output: {users: csv}, features: [{name: orders}]}"));
    assertEquals(
        "s.yaml: features[0].type: 'time' is not one of numeric, boolean, category",
        mistake("{name: s, input: {id: u}, features: [{name: orders, type: time}]}"));
  }
}
