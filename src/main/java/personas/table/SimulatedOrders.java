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
 * and i. Each order names the persona of its customer, with which a segmentation can be compared.
 */
public final class SimulatedOrders {
  /** The header line of the table, without a line feed. */
  public static final String HEADER =
      "order_id,customer_id,ordered_at,amount,status,expected_persona";

  /**
   * The end of the simulated time, in seconds since 1970: midnight in UTC at the end of 2026-10-31.
   */
  private static final long END = Instant.parse("2026-11-01T00:00:00Z").getEpochSecond();

  private static final long DAY_SECONDS = 86_400;
  private static final double CANCELED_SHARE = 0.05;
  private static final double AMOUNT_SPREAD = 0.3;

  private static final List<Persona> PERSONAS =
      List.of(
          new Persona("Champions", 0.15, new Range(14, 24), new Range(0, 20), new Habit(18, 95)),
          new Persona("Loyal", 0.25, new Range(7, 12), new Range(5, 50), new Habit(35, 60)),
          new Persona("At risk", 0.20, new Range(6, 11), new Range(170, 280), new Habit(30, 60)),
          new Persona("Lost", 0.20, new Range(1, 3), new Range(400, 650), new Habit(40, 35)),
          new Persona("New", 0.20, new Range(1, 3), new Range(0, 30), new Habit(15, 40)));

  private final long seed;

  public SimulatedOrders(long seed) {
    this.seed = seed;
  }

  /**
   * Describes how the customers of one persona buy.
   *
   * @param name the name of the persona
   * @param share the share of all customers
   * @param orders the number of orders of a customer
   * @param age the number of days from the last order to the end of the simulated time
   * @param habit how a customer buys
   */
  private record Persona(String name, double share, Range orders, Range age, Habit habit) {}

  /** A range of whole numbers, including both limits. */
  private record Range(int min, int max) {
    int width() {
      return max - min;
    }
  }

  /**
   * How a customer buys.
   *
   * @param gap the mean number of days between two orders
   * @param amount the typical amount of an order
   */
  private record Habit(int gap, double amount) {}

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
    long count = persona.orders.min + below(random, persona.orders.width() + 1);
    long age = persona.age.min * DAY_SECONDS + below(random, persona.age.width() * DAY_SECONDS);
    long time = END - 1 - age;
    for (long number = count; number > 0; number--) {
      double amount =
          persona.habit.amount
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
      time -= persona.habit.gap * DAY_SECONDS / 2 + below(random, persona.habit.gap * DAY_SECONDS);
    }
  }

  private static Persona draw(SplitMix64 random) {
    double remaining = uniform(random);
    for (Persona persona : PERSONAS) {
      remaining -= persona.share;
      if (remaining < 0) {
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
