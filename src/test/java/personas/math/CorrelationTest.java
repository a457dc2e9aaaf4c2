package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;

/** Compares correlations with Commons Math. */
class CorrelationTest {
  private static final int USERS = 500;

  @Test
  void bothCoefficientsAgreeWithCommonsMath() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[] one = new double[USERS];
      double[] other = new double[USERS];
      for (int i = 0; i < USERS; i++) {
        one[i] = random.nextInt(30);
        other[i] = seed * one[i] - 1e6 + Math.exp(4 * random.nextGaussian());
      }
      assertEquals(
          new PearsonsCorrelation().correlation(one, other),
          Correlation.pearson(one, other),
          1e-12,
          "seed " + seed);
      assertEquals(
          new SpearmansCorrelation().correlation(one, other),
          Correlation.spearman(one, other),
          1e-12,
          "seed " + seed);
    }
  }

  @Test
  void pairsWithAMissingValueAreSkipped() {
    Random random = new Random(1);
    double[] one = new double[USERS];
    double[] other = new double[USERS];
    for (int i = 0; i < USERS; i++) {
      one[i] = random.nextGaussian();
      other[i] = i % 2 == 0 ? 3 * one[i] : Double.NaN;
    }
    assertEquals(1, Correlation.pearson(one, other), 1e-12);
  }

  @Test
  void oneExtremeUserMovesPearsonAndNotSpearman() {
    Random random = new Random(2);
    double[] one = random.doubles(USERS).toArray();
    double[] other = random.doubles(USERS).toArray();
    one[7] = 1e6;
    other[7] = 1e6;
    assertTrue(Correlation.pearson(one, other) > 0.99);
    assertTrue(Math.abs(Correlation.spearman(one, other)) < 0.2);
  }

  @Test
  void aConstantOrAFewPairsHaveNoCorrelation() {
    double[] rising = {1, 2, 3, 4};
    assertEquals(0, Correlation.pearson(rising, rising));
    assertEquals(0, Correlation.pearson(new double[USERS], new Random(3).doubles(USERS).toArray()));
  }
}
