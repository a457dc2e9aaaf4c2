package personas.table;

import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.BitsStreamGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import personas.math.Hashing;
import personas.math.SplitMix64;
import personas.text.CsvBuffer;

/**
 * Simulates users of an image-generation platform with three personas whose usage overlaps. User i
 * depends only on the seed and i, so any worker can write any part of a simulation.
 *
 * <p>This class is not thread-safe, because it owns a random generator.
 */
public final class SimulatedUsers {
  /** The header line of the table, without a line feed. */
  public static final String HEADER =
      "user_id,images_generated_monthly,api_calls_monthly,login_frequency_weekly,"
          + "templates_used_monthly,custom_generation_minutes_monthly,expected_persona";

  private static final int ID_DIGITS = 9;

  private final long seed;
  private final UserGenerator generator = new UserGenerator();
  private final List<Population> populations =
      List.of(
          new Population("E-commerce Business Owners", 0.40)
              .skewed(420, 110)
              .skewed(70, 60)
              .independent(9)
              .skewed(38, 10)
              .skewed(150, 45),
          new Population("Developers (API-Centric)", 0.25)
              .skewed(110, 60)
              .skewed(2400, 650)
              .independent(3)
              .skewed(5, 4)
              .skewed(45, 25),
          new Population("Marketing Agencies", 0.35)
              .skewed(200, 75)
              .skewed(220, 140)
              .independent(6)
              .skewed(16, 7)
              .skewed(105, 40));

  public SimulatedUsers(long seed) {
    this.seed = seed;
  }

  /** Appends user {@code number}, counted from 0, as a CSV line. */
  public void appendCsv(long number, CsvBuffer out) {
    generator.setSeed(Hashing.mix(seed, number));
    Population population = draw();
    out.appendAscii("user-");
    String digits = Long.toString(number + 1);
    for (int i = digits.length(); i < ID_DIGITS; i++) {
      out.appendByte('0');
    }
    out.appendAscii(digits);
    for (Usage usage : population.usages) {
      out.appendByte(',');
      out.appendAscii(Long.toString(usage.sample()));
    }
    out.appendByte(',');
    out.appendAscii(population.name);
    out.appendByte('\n');
  }

  private Population draw() {
    double remaining = generator.nextDouble();
    for (Population population : populations) {
      remaining -= population.share;
      if (remaining < 0) {
        return population;
      }
    }
    return populations.get(populations.size() - 1);
  }

  /** A random amount that is a non-negative whole number. */
  private interface Usage {
    long sample();
  }

  /** The users of one persona. */
  private final class Population {
    private final String name;
    private final double share;
    private final Usage[] usages = new Usage[5];
    private int filled;

    Population(String name, double share) {
      this.name = name;
      this.share = share;
    }

    /** Adds an amount with a gamma distribution, which is skewed like real usage. */
    Population skewed(double mean, double deviation) {
      double shape = mean * mean / (deviation * deviation);
      GammaDistribution gamma = new GammaDistribution(generator, shape, mean / shape);
      return with(() -> Math.round(gamma.sample()));
    }

    /** Adds a count with a Poisson distribution, as independent events have. */
    Population independent(double mean) {
      PoissonDistribution poisson =
          new PoissonDistribution(
              generator,
              mean,
              PoissonDistribution.DEFAULT_EPSILON,
              PoissonDistribution.DEFAULT_MAX_ITERATIONS);
      return with(poisson::sample);
    }

    private Population with(Usage usage) {
      usages[filled++] = usage;
      return this;
    }
  }

  /** Adapts {@link SplitMix64} to Commons Math. A new seed for each user takes little time. */
  private static final class UserGenerator extends BitsStreamGenerator implements RandomGenerator {
    private static final long serialVersionUID = 1;
    private transient SplitMix64 random = new SplitMix64(0);

    @Override
    public void setSeed(long seed) {
      random = new SplitMix64(seed);
      clear();
    }

    @Override
    public void setSeed(int seed) {
      setSeed((long) seed);
    }

    @Override
    public void setSeed(int[] seed) {
      throw new UnsupportedOperationException("use setSeed(long)");
    }

    @Override
    protected int next(int bits) {
      return (int) (random.nextLong() >>> (64 - bits));
    }
  }
}
