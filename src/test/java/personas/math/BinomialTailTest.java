package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class BinomialTailTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** The sum of all terms in decimals. */
  private static double oracle(int successes, int trials, double probability) {
    BigDecimal p = new BigDecimal(probability);
    BigDecimal q = BigDecimal.ONE.subtract(p);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal ways = BigDecimal.ONE;
    for (int x = 0; x <= trials; x++) {
      if (x >= successes) {
        sum = sum.add(ways.multiply(p.pow(x, DIGITS)).multiply(q.pow(trials - x, DIGITS)), DIGITS);
      }
      ways =
          ways.multiply(BigDecimal.valueOf(trials - x)).divide(BigDecimal.valueOf(x + 1), DIGITS);
    }
    return sum.doubleValue();
  }

  @Test
  void everyTailIsTheSumOfItsTerms() {
    int compared = 0;
    for (int trials : new int[] {1, 2, 7, 40, 300}) {
      for (double probability : new double[] {1e-4, 0.03, 0.5, 0.77, 1 - 1e-9}) {
        for (int successes = 0; successes <= trials; successes += 1 + trials / 17) {
          double expected = oracle(successes, trials, probability);
          double tail = BinomialTail.atLeast(successes, trials, probability);
          assertEquals(
              expected,
              tail,
              1e-10 * expected + 1e-15,
              successes + " of " + trials + " at " + probability);
          compared++;
        }
      }
    }
    assertTrue(compared > 200, compared + " compared");
  }

  @Test
  void theEndsAreExact() {
    assertEquals(1, BinomialTail.atLeast(0, 10, 0.3));
    assertEquals(0, BinomialTail.atLeast(11, 10, 0.3));
    assertEquals(0, BinomialTail.atLeast(1, 10, 0));
    assertEquals(1, BinomialTail.atLeast(10, 10, 1));
    assertEquals(1, BinomialTail.atLeast(0, 0, 0.5));
    assertEquals(0.5 * 0.5 * 0.5, BinomialTail.atLeast(3, 3, 0.5), 1e-16);
  }

  /** With a billion trials the tail is that of the normal distribution. */
  @Test
  void aBillionTrialsTakeNoTime() {
    long trials = 1_000_000_000;
    long deviation = Math.round(Math.sqrt(trials * 0.25));
    assertEquals(0.158655, BinomialTail.atLeast(trials / 2 + deviation, trials, 0.5), 2e-5);
    assertEquals(0.841345, BinomialTail.atLeast(trials / 2 - deviation, trials, 0.5), 2e-5);
    assertTrue(BinomialTail.atLeast(trials / 2 + 10 * deviation, trials, 0.5) < 1e-20);
  }

  /** More successes are less likely, and a larger probability makes each number more likely. */
  @Test
  void theTailIsMonotone() {
    for (int successes = 1; successes <= 200; successes++) {
      double tail = BinomialTail.atLeast(successes, 200, 0.2);
      assertTrue(tail <= BinomialTail.atLeast(successes - 1, 200, 0.2), "at " + successes);
      assertTrue(tail <= BinomialTail.atLeast(successes, 200, 0.21), "at " + successes);
    }
  }
}
