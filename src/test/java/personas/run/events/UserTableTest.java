package personas.run.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;
import personas.feature.shard.Shard;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.event.EventAggregation;
import personas.table.MemorySource;
import personas.table.bytes.ByteRange;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;

/** Checks the laws of aggregation: any order, split and grouping of events gives the same users. */
class UserTableTest {
  private static final int AS_OF = 20_800;
  private static final String SPEC =
      """
      name: s
      input:
        id: u
        aggregate:
          time: at
          measures:
            n: count
            sum: sum(x)
            mean: {measure: mean(x), where: "kind != 'c'"}
            min: min(x)
            max: {measure: max(x), where: "kind = 'a' and x > 0"}
            kinds: distinct(kind)
            texts: {measure: distinct(x), where: "kind in ('a', '=b')"}
            last: last(kind)
            since: {measure: days_since_last, where: "kind = 'a'"}
            tenure: tenure_days
            active: active_days
      features: [{name: n}]
      """;

  private static SegmentationSpec spec;

  @BeforeAll
  static void read() throws SpecException, IOException {
    spec =
        Connectors.readSpec("s", new ByteArrayInputStream(SPEC.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> events(Random random, int count) {
    String[] kinds = {"a", "=b", "c", "\"q, \"\"r\"\"\"", "'=d", "", "10", "9"};
    String[] numbers = {"", "0.1", "0.2", "-0.3", "1e-40", "1e300", "-1e300", "7", "1234.56"};
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          String.format(
              Locale.ROOT,
              "\"id %d\"\"\",2026-09-%02dT%02d:00:00Z,%s,%s",
              random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(3),
              kinds[random.nextInt(kinds.length)],
              numbers[random.nextInt(numbers.length)]));
    }
    return events;
  }

  private static UserTable table() {
    return new UserTable(aggregation(), spec.input().textSyntax());
  }

  private static EventAggregation aggregation() {
    return spec.input().aggregate();
  }

  /** Reads events as a run does, in shards of a few. */
  private static UserTable table(List<String> events, int shardRows) throws IOException {
    byte[] csv =
        ("u,at,kind,x\n" + String.join("\n", events) + "\n").getBytes(StandardCharsets.UTF_8);
    MemorySource source = new MemorySource("events.csv", csv);
    FileHeader header = FileHeader.read(source, spec.inputSchema(), null);
    UserTable table = table();
    List<Shard> shards = new ArrayList<>();
    new RangeReader(spec.inputSchema(), header, shardRows)
        .read(
            source,
            new ByteRange("events.csv", 0, csv.length),
            -1,
            shards::add,
            rejection -> {
              throw new AssertionError(rejection.toString());
            });
    shards.forEach(shard -> assertEquals(0, table.add(shard, AS_OF)));
    return table;
  }

  private static Map<String, List<Object>> values(UserTable table) {
    Map<String, List<Object>> values = new TreeMap<>();
    for (int user : table.sorted()) {
      List<Object> measures = new ArrayList<>();
      for (int measure = 0; measure < aggregation().measures().size(); measure++) {
        measures.add(table.value(measure, user, AS_OF));
      }
      values.put(table.id(user), measures);
    }
    return values;
  }

  private static void mergeParts(UserTable from, UserTable into, int parts) {
    UserTable.Blocks blocks = from.blocks(parts);
    for (int part = parts - 1; part >= 0; part--) {
      int start = part == 0 ? 0 : blocks.ends()[part - 1];
      byte[] block = new byte[blocks.ends()[part] - start];
      System.arraycopy(blocks.bytes(), start, block, 0, block.length);
      into.merge(block);
    }
  }

  @Test
  void anyOrderSplitAndGroupingGiveTheSameUsers() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      List<String> events = events(random, 1 + random.nextInt(200));
      UserTable whole = table(events, 1 << 10);
      Map<String, List<Object>> expected = values(whole);
      int[] order = whole.sorted();
      List<String> ids = new ArrayList<>();
      for (int user : order) {
        ids.add(whole.id(user));
      }

      List<String> shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, random);
      UserTable merged = table();
      int pieces = 1 + random.nextInt(5);
      for (int piece = 0; piece < pieces; piece++) {
        List<String> part =
            shuffled.subList(
                shuffled.size() * piece / pieces, shuffled.size() * (piece + 1) / pieces);
        mergeParts(table(part, 1 + random.nextInt(7)), merged, 1 << random.nextInt(5));
      }
      assertEquals(expected, values(merged), "round " + round);
      List<String> mergedIds = new ArrayList<>();
      for (int user : merged.sorted()) {
        mergedIds.add(merged.id(user));
      }
      assertEquals(ids, mergedIds);
    }
  }

  @Test
  void anEmptyTableIsTheIdentity() throws IOException {
    UserTable table = table(events(new Random(1), 50), 10);
    Map<String, List<Object>> before = values(table);
    mergeParts(table(), table, 4);
    assertEquals(before, values(table));
    assertEquals(0, table().users());
  }

  @Test
  void aUserWithoutAnEventOfTheConditionHasZeroOrNothing() throws IOException {
    UserTable table = table(List.of("x,2026-09-01,c,"), 10);
    assertEquals(
        List.of("[1, 0.0, null, null, null, 1, 0, c, null, " + (AS_OF - 20_697) + ", 1]"),
        values(table).values().stream().map(Object::toString).toList());
  }
}
