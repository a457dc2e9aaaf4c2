package personas.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.text.CsvBuffer;

/**
 * Checks that a simulated user is a function of the seed and the user's number, and is realistic.
 */
class SimulatedUsersTest {
  private static final int USERS = 20_000;

  private static String user(SimulatedUsers simulation, long number) {
    CsvBuffer line = new CsvBuffer();
    simulation.appendCsv(number, line);
    return new String(line.toByteArray(), UTF_8);
  }

  private static List<String> users(long seed) {
    SimulatedUsers simulation = new SimulatedUsers(seed);
    return IntStream.range(0, USERS).mapToObj(i -> user(simulation, i)).toList();
  }

  /** Distributions of Commons Math may keep a spare draw; none may pass to the next user. */
  @Test
  void aUserDoesNotDependOnTheUsersBefore() {
    List<String> inOrder = users(42);
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, USERS).boxed().toList());
    Collections.shuffle(numbers, new Random(3));
    SimulatedUsers simulation = new SimulatedUsers(42);
    for (int number : numbers) {
      assertEquals(inOrder.get(number), user(simulation, number));
    }
    assertEquals(inOrder.get(USERS - 1), user(new SimulatedUsers(42), USERS - 1));
  }

  @Test
  void anotherSeedMakesOtherUsers() {
    assertNotEquals(users(42), users(43));
  }

  @Test
  void usageIsWholeAndNotNegative() {
    for (String line : users(7)) {
      assertTrue(line.matches("user-\\d{9}(,\\d+){5},[^,\"]+\n"), line);
    }
  }

  @Test
  void idsCountFromOneAndSortAsNumbers() {
    SimulatedUsers simulation = new SimulatedUsers(42);
    assertTrue(user(simulation, 0).startsWith("user-000000001,"));
    assertTrue(user(simulation, 99_999_999).startsWith("user-100000000,"));
    assertTrue(user(simulation, 999_999_998).startsWith("user-999999999,"));
  }

  /** 40 %, 25 % and 35 %, within 5 standard deviations of the count. */
  @Test
  void personasHaveTheirShares() {
    Map<String, Integer> counts = new HashMap<>();
    users(11).forEach(line -> counts.merge(line.strip().split(",", -1)[6], 1, Integer::sum));
    Map<String, Double> shares =
        Map.of(
            "E-commerce Business Owners", 0.40,
            "Developers (API-Centric)", 0.25,
            "Marketing Agencies", 0.35);
    assertEquals(shares.keySet(), counts.keySet());
    shares.forEach(
        (persona, share) ->
            assertEquals(
                share * USERS,
                counts.get(persona),
                5 * Math.sqrt(USERS * share * (1 - share)),
                persona));
  }
}
