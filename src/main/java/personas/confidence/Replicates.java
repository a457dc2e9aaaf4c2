package personas.confidence;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import personas.math.SplitMix64;

/**
 * The replicates of the bootstrap, drawn as a Latin hypercube. Each variable takes the middle of
 * each of {@link #COUNT} equally likely classes once, in a fixed shuffled order. The percentiles of
 * these replicates vary much less than percentiles of independent draws, and equal counts give
 * equal intervals everywhere (M. D. McKay, R. J. Beckman and W. J. Conover, <i>A comparison of
 * three methods for selecting values of input variables</i>, Technometrics 21, 1979).
 */
final class Replicates {
  /** The number of replicates, of which 2.5% are beyond each end of an interval. */
  static final int COUNT = 400;

  /** The number of replicates beyond each end of an interval. */
  private static final int BEYOND = COUNT / 40;

  /**
   * The number of variables: the size of a group, and two variables each for the group and for the
   * other users.
   */
  private static final int VARIABLES = 5;

  private static final double[] NORMAL = new double[COUNT];
  private static final int[][] ORDERS = new int[VARIABLES][];

  static {
    for (int r = 0; r < COUNT; r++) {
      NORMAL[r] = Math.sqrt(2) * Erf.erfInv(2 * probability(r) - 1);
    }
    for (int variable = 0; variable < VARIABLES; variable++) {
      ORDERS[variable] = shuffled(new SplitMix64(variable));
    }
  }

  private Replicates() {}

  private static int[] shuffled(SplitMix64 random) {
    int[] order = IntStream.range(0, COUNT).toArray();
    for (int remaining = COUNT; remaining > 1; remaining--) {
      int chosen = random.nextInt(remaining);
      int last = order[remaining - 1];
      order[remaining - 1] = order[chosen];
      order[chosen] = last;
    }
    return order;
  }

  /** Returns the probability of a value below the middle of a class. */
  static double probability(int classIndex) {
    return (classIndex + 0.5) / COUNT;
  }

  /** Returns the standard normal quantile at the middle of a class. */
  static double normal(int classIndex) {
    return NORMAL[classIndex];
  }

  /** Returns the index of the class from which a replicate takes the value of a variable. */
  static int classIndex(int variable, int replicate) {
    return ORDERS[variable][replicate];
  }

  /**
   * Returns the interval between the 2.5th and the 97.5th percentile; null if an end is not finite.
   *
   * @param values one value for each replicate, in any order
   */
  static Interval interval(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Interval.of(
        sorted[BEYOND - 1] / 2 + sorted[BEYOND] / 2,
        sorted[COUNT - BEYOND - 1] / 2 + sorted[COUNT - BEYOND] / 2);
  }
}
