package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Checks that simulated orders depend only on the seed and the customer, and are in the order of
 * time.
 */
class SimulatedOrdersTest {
  private static List<String> lines(long from, long to) throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    new SimulatedOrders(42).writeCsv(from, to, csv);
    return csv.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void partsHoldTheOrdersOfTheWhole() throws IOException {
    List<String> whole = lines(0, 300);
    assertEquals(SimulatedOrders.HEADER, whole.get(0));
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < 300; from += 100) {
      List<String> part = lines(from, from + 100);
      parts.addAll(part.subList(1, part.size()));
    }
    assertEquals(whole.stream().skip(1).sorted().toList(), parts.stream().sorted().toList());
  }

  @Test
  void timesRiseAndEveryPersonaIsThere() throws IOException {
    String before = "";
    Map<String, Integer> orders = new TreeMap<>();
    for (String line : lines(0, 1_000).subList(1, 2_001)) {
      String[] fields = line.split(",", -1);
      assertEquals(6, fields.length, line);
      assertTrue(fields[2].compareTo(before) >= 0, line);
      before = fields[2];
    }
    for (String line : lines(0, 1_000)) {
      orders.merge(line.substring(line.lastIndexOf(',') + 1), 1, Integer::sum);
    }
    assertEquals(6, orders.size(), orders.toString());
  }
}
