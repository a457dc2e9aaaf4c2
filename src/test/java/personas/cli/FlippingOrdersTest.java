package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.model.Model;
import personas.model.StickinessPrice;

/**
 * Segments the customers of a shop each month by the simulated orders of the month, and counts
 * customers who flip back, without stickiness and with {@code margin: auto}, and the cost. {@code
 * -Dwindow.months=2} takes the orders of two months. Each sticky month continues the month before,
 * so it sees users who were held earlier.
 */
class FlippingOrdersTest {
  private static final int CUSTOMERS = 1_500;
  private static final int MONTHS = 6;
  private static final int WINDOW_MONTHS = Integer.getInteger("window.months", 1);
  private static final double MAX_FLIP_BACK = 0.02;

  private static final String SPEC =
      """
      name: shop
      input:
        id: customer_id
        aggregate:
          time: ordered_at
          asOf: %s
          measures:
            orders: {measure: count, where: "ordered_at > '%s'"}
            revenue: {measure: sum(amount), where: "ordered_at > '%s'"}
            recency_days: days_since_last
      features: [{name: orders}, {name: revenue}, {name: recency_days}]
      clustering: {k: 4, restarts: 4}
      %s
      """;

  @TempDir static Path folder;
  private static final List<Run> FREE = new ArrayList<>();
  private static final List<Run> STICKY = new ArrayList<>();

  @BeforeAll
  static void runTheMonths() throws IOException {
    Path orders = folder.resolve("orders.csv");
    Run.command(orders, "simulate", "--orders", "--users=" + CUSTOMERS, "--output=" + orders)
        .succeeded();
    for (int month = 0; month < MONTHS; month++) {
      FREE.add(month("free", month, FREE, ""));
    }
    String key = "stickiness: {margin: auto, maxFlipBack: " + MAX_FLIP_BACK + "}";
    // Without three earlier runs nobody is held, so the first months are those of the other chain.
    for (int month = 0; month < MONTHS; month++) {
      STICKY.add(month < 2 ? copy(FREE.get(month)) : month("sticky", month, STICKY, key));
    }
  }

  private static Run copy(Run run) throws IOException {
    Path copy = folder.resolve("sticky").resolve(run.output().getFileName());
    copy(run.output(), copy);
    return new Run(run.exitCode(), run.errors(), copy);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Run month(String chain, int month, List<Run> before, String key)
      throws IOException {
    LocalDate date = LocalDate.parse("2026-10-31").minusMonths(MONTHS - 1L - month);
    LocalDate from = date.minusMonths(WINDOW_MONTHS);
    Path spec =
        Files.writeString(folder.resolve("shop.yaml"), SPEC.formatted(date, from, from, key));
    List<String> flags = new ArrayList<>(List.of("--spec=" + spec, "--runner=DirectRunner"));
    flags.add("--input=" + folder.resolve("orders.csv"));
    flags.add("--slots=1");
    if (month > 0) {
      flags.add("--previous=" + before.get(month - 1).output());
    }
    if (!key.isEmpty()) {
      flags.add("--history=" + folder.resolve(chain) + "/2026-*");
    }
    return Run.segment(folder.resolve(chain).resolve(date.toString()), flags.toArray(String[]::new))
        .succeeded();
  }

  /** The clusters of the users of each month. */
  private static List<Map<String, String>> clusters(List<Run> runs) throws IOException {
    List<Map<String, String>> months = new ArrayList<>();
    for (Run run : runs) {
      Map<String, String> clusters = new HashMap<>();
      for (String row : run.rows("assignments")) {
        String[] fields = row.split(",", 3);
        clusters.put(fields[0], fields[1]);
      }
      months.add(clusters);
    }
    return months;
  }

  /** Users of three months up to this one, and how many of them flip back in it. */
  private static long[] flips(List<Map<String, String>> months, int month) {
    long triples = 0;
    long flips = 0;
    for (Map.Entry<String, String> user : months.get(month).entrySet()) {
      String before = months.get(month - 1).get(user.getKey());
      String first = months.get(month - 2).get(user.getKey());
      if (before != null && first != null) {
        triples++;
        flips += first.equals(user.getValue()) && !before.equals(first) ? 1 : 0;
      }
    }
    return new long[] {triples, flips};
  }

  private static double added(StickinessPrice price) {
    return price.inertia() / price.freeInertia() - 1;
  }

  @Test
  void fewerUsersFlipBackAndThePriceIsKnown() throws IOException {
    List<Map<String, String>> free = clusters(FREE);
    List<Map<String, String>> sticky = clusters(STICKY);
    Map<String, String> table = new TreeMap<>();
    long freeFlips = 0;
    long stickyFlips = 0;
    long triples = 0;
    for (int month = 0; month < MONTHS; month++) {
      Model model = STICKY.get(month).model();
      StickinessPrice price = model.stickiness();
      String name = STICKY.get(month).output().getFileName().toString();
      if (month < 2) {
        assertNull(price);
        continue;
      }
      if (month == 2) {
        assertEquals(StickinessPrice.BY_DEFAULT, price.chosenBy());
        assertEquals(month, price.history().runs());
        assertEquals(0, price.margin());
        assertEquals(0, price.heldUsers());
        assertEquals(free.get(month), sticky.get(month));
        continue;
      }
      assertEquals(StickinessPrice.BY_HISTORY, price.chosenBy());
      assertEquals(month, price.history().runs());
      long[] without = flips(free, month);
      long[] with = flips(sticky, month);
      triples += without[0];
      freeFlips += without[1];
      stickyFlips += with[1];
      table.put(
          name,
          String.format(
              Locale.ROOT,
              "| %s | %.1f%% | %.1f%% | %.3f | %,d of %,d | %.1f%% |",
              name,
              100.0 * without[1] / without[0],
              100.0 * with[1] / with[0],
              price.margin(),
              price.heldUsers(),
              model.ledger().assigned(),
              100 * added(price)));
    }
    System.out.println(
        "| month | flip-backs without | with | margin | users held | inertia added |\n"
            + "| --- | ---: | ---: | ---: | ---: | ---: |\n"
            + String.join("\n", table.values()));
    System.out.printf(
        Locale.ROOT,
        "all months: %.2f%% without, %.2f%% with%n",
        100.0 * freeFlips / triples,
        100.0 * stickyFlips / triples);
    assertTrue(stickyFlips < freeFlips, stickyFlips + " of " + freeFlips);
  }

  /** The first choice replays runs that held nobody, whose flip-backs can be counted directly. */
  @Test
  void countsTheHistoryExactly() throws IOException {
    StickinessPrice.History history = STICKY.get(3).model().stickiness().history();
    long[] counted = flips(clusters(STICKY), 2);
    assertEquals(counted[0], history.triples());
    assertEquals(counted[1], history.freeFlipBacks());
    assertTrue(history.flipBacks() <= MAX_FLIP_BACK * history.triples());
  }

  @Test
  void historyWithoutAUseAndAutoWithoutHistoryAreRefused() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("auto.yaml"),
            SPEC.formatted("2026-10-31", "2026-01-01", "2026-01-01", "stickiness: {margin: auto}"));
    String input = "--input=" + folder.resolve("orders.csv");
    String previous = "--previous=" + FREE.get(0).output();
    Path output = folder.resolve("refused");
    Run missing = Run.segment(output, "--spec=" + spec, input, previous);
    assertEquals(2, missing.exitCode());
    assertTrue(missing.errors().startsWith("--history: missing; "), missing.errors());
    Path plain =
        Files.writeString(
            folder.resolve("plain.yaml"),
            SPEC.formatted("2026-10-31", "2026-01-01", "2026-01-01", ""));
    Run useless =
        Run.segment(output, "--spec=" + plain, input, previous, "--history=" + folder + "/free/*");
    assertEquals(2, useless.exitCode());
    assertTrue(useless.errors().startsWith("--history: needs "), useless.errors());
    Path other = folder.resolve("free").resolve("other");
    copy(FREE.get(0).output(), other);
    String model = Files.readString(other.resolve("model.json"));
    Files.writeString(
        other.resolve("model.json"), model.replace("\"name\":\"shop\"", "\"name\":\"else\""));
    Run mixed =
        Run.segment(output, "--spec=" + spec, input, previous, "--history=" + folder + "/free/*");
    assertEquals(2, mixed.exitCode());
    assertTrue(mixed.errors().contains(" is a run of else, not of shop"), mixed.errors());
  }
}
