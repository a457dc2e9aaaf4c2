package personas.feature.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdTableTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Against a map of the JDK, over several growths and chunks. */
  @Test
  void isAMap() {
    long seed = 17;
    Random random = new Random(seed);
    IdTable table = new IdTable();
    Map<String, Integer> oracle = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      String id = "x".repeat(random.nextInt(200)) + random.nextInt(30_000);
      byte[] padded = utf8("<" + id + ">");
      int value = random.nextInt(256);
      boolean added = oracle.putIfAbsent(id, value) == null;
      assertEquals(added, table.add(padded, 1, padded.length - 1, value), "seed " + seed);
    }
    assertEquals(oracle.size(), table.size());
    for (Map.Entry<String, Integer> each : oracle.entrySet()) {
      byte[] id = utf8(each.getKey());
      assertEquals(each.getValue(), table.value(table.find(id, 0, id.length)));
    }
    byte[] other = utf8("y");
    assertEquals(-1, table.find(other, 0, other.length));
  }

  @Test
  void entriesAreInTheOrderOfInsertion() {
    IdTable table = new IdTable();
    for (int i = 0; i < 10_000; i++) {
      byte[] id = utf8("u" + i);
      assertTrue(table.add(id, 0, id.length, i % 7));
      assertFalse(table.add(id, 0, id.length, 6));
      assertEquals(i, table.find(id, 0, id.length));
      assertEquals(i % 7, table.value(i));
    }
  }

  @Test
  void theEmptyIdIsOne() {
    IdTable table = new IdTable();
    assertEquals(-1, table.find(new byte[0], 0, 0));
    assertTrue(table.add(new byte[0], 0, 0, 3));
    assertEquals(0, table.find(new byte[0], 0, 0));
  }
}
