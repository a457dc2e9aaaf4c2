package personas.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import personas.math.Hashing;
import personas.math.SplitMix64;

/**
 * Simulates orders in a shop. The customers have five personas, which differ in how recently and
 * how often they buy and in how much they spend. The orders of customer i depend only on the seed
 * and i. An order holds the customer's persona, so that a segmentation can be compared with it.
 */
public final class SimulatedOrders {
  /** The header line of the table, without a line feed. */
  public static final String HEADER =
      "order_id,customer_id,ordered_at,amount,status,expected_persona";

  /**
   * The end of the simulated time, in seconds since 1970: midnight in UTC at the end of 2026-10-31.
   */
  private static final long END = Instant.parse("2026-11-01T00:00:00Z").getEpochSecond();

  private static final long DAY = 86_400;
  private static final double CANCELED_SHARE = 0.05;
  private static final double AMOUNT_SPREAD = 0.3;

  private static final List<Persona> PERSONAS =
      List.of(
          new Persona("Champions", 0.15, 14, 24, 0, 20, 18, 95),
          new Persona("Loyal", 0.25, 7, 12, 5, 50, 35, 60),
          new Persona("At risk", 0.20, 6, 11, 170, 280, 30, 60),
          new Persona("Lost", 0.20, 1, 3, 400, 650, 40, 35),
          new Persona("New", 0.20, 1, 3, 0, 30, 15, 40));

  private final long seed;

  public SimulatedOrders(long seed) {
    this.seed = seed;
  }

  /**
   * Describes how the customers of one persona buy.
   *
   * @param name the name of the persona
   * @param share the share of all customers
   * @param minOrders the minimum number of orders of a customer
   * @param maxOrders the maximum number of orders of a customer
   * @param minAge the minimum number of days from the last order to the end
   * @param maxAge the maximum number of days from the last order to the end
   * @param gap the mean number of days between two orders
   * @param amount the typical amount of an order
   */
  private record Persona(
      String name,
      double share,
      int minOrders,
      int maxOrders,
      int minAge,
      int maxAge,
      int gap,
      double amount) {}

  /** A line of the table and its time in seconds since 1970. */
  private record Order(long time, String line) {}

  /**
   * Writes the orders of customers {@code from..to-1}, counted from 0, with a header line. The
   * orders are sorted by time.
   */
  public void writeCsv(long from, long to, OutputStream out) throws IOException {
    List<Order> orders = new ArrayList<>();
    for (long customer = from; customer < to; customer++) {
      add(customer, orders);
    }
    orders.sort(Comparator.comparingLong(Order::time));
    out.write((HEADER + "\n").getBytes(StandardCharsets.US_ASCII));
    for (Order order : orders) {
      out.write(order.line().getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void add(long customer, List<Order> orders) {
    SplitMix64 random = new SplitMix64(Hashing.mix(seed, customer));
    Persona persona = draw(random);
    long count = persona.minOrders + below(random, persona.maxOrders - persona.minOrders + 1);
    long age = persona.minAge * DAY + below(random, (persona.maxAge - persona.minAge) * DAY);
    long time = END - 1 - age;
    for (long number = count; number > 0; number--) {
      double amount =
          persona.amount
              * StrictMath.exp(AMOUNT_SPREAD * normal(random))
              * (0.8 + 0.4 * uniform(random));
      boolean isCanceled = uniform(random) < CANCELED_SHARE;
      orders.add(
          new Order(
              time,
              String.format(
                  Locale.ROOT,
                  "order-%09d-%02d,customer-%09d,%s,%.2f,%s,%s\n",
                  customer + 1,
                  number,
                  customer + 1,
                  Instant.ofEpochSecond(time),
                  amount,
                  isCanceled ? "cancelled" : "completed",
                  persona.name)));
      time -= persona.gap * DAY / 2 + below(random, persona.gap * DAY);
    }
  }

  private static Persona draw(SplitMix64 random) {
    double place = uniform(random);
    for (Persona persona : PERSONAS) {
      place -= persona.share;
      if (place < 0) {
        return persona;
      }
    }
    return PERSONAS.get(PERSONAS.size() - 1);
  }

  private static double uniform(SplitMix64 random) {
    return Hashing.uniform(random.nextLong());
  }

  /** Returns a uniform draw from the whole numbers 0..end-1; 0 if {@code end} is 0. */
  private static long below(SplitMix64 random, long end) {
    return (long) (uniform(random) * end);
  }

  /** Returns a draw from the standard normal distribution (G. E. P. Box and M. E. Muller, 1958). */
  private static double normal(SplitMix64 random) {
    return StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(random)))
        * StrictMath.cos(2 * StrictMath.PI * uniform(random));
  }
}
