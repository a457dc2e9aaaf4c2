package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final long SEED = 7;
  private static final double STEP = 0x1p-24;

  @Test
  void aValueGoesToTheNearestStep() {
    SplitMix64 random = new SplitMix64(SEED);
    for (int i = 0; i < 10_000; i++) {
      double value = (random.nextDouble() - 0.5) * 20;
      double onGrid = Grid.round(value);
      String where = value + ", seed " + SEED;
      assertEquals(Math.rint(onGrid / STEP), onGrid / STEP, where);
      assertTrue(Math.abs(onGrid - value) <= STEP / 2, where);
      assertEquals(onGrid, Grid.round(onGrid), where);
      assertEquals(onGrid, -Grid.round(-value), where);
    }
  }

  @Test
  void tiesGoToTheEvenStep() {
    assertEquals(0, Grid.round(STEP / 2));
    assertEquals(2 * STEP, Grid.round(1.5 * STEP));
    assertEquals(2 * STEP, Grid.round(2.5 * STEP));
  }

  @Test
  void zeroHasOneSign() {
    for (double value : new double[] {-0.0, 0.0, -1e-300, -STEP / 2}) {
      assertEquals(0, Double.doubleToRawLongBits(Grid.round(value)), () -> "of " + value);
    }
  }

  @Test
  void farValuesGoToTheBorder() {
    for (double far : new double[] {Grid.LARGEST * 1.5, 1e300, Double.POSITIVE_INFINITY}) {
      assertEquals(Grid.LARGEST, Grid.round(far));
      assertEquals(-Grid.LARGEST, Grid.round(-far));
    }
    double last = Grid.LARGEST - STEP;
    assertEquals(last, Grid.round(last));
  }

  @Test
  void fourThousandAndNinetySixValuesAddUpExactly() {
    double sum = 0;
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < 1 << 12; i++) {
      double value = i % 2 == 0 ? Grid.LARGEST : Grid.round(Grid.LARGEST - i * STEP);
      sum += value;
      exact = exact.add(new BigDecimal(value));
    }
    assertEquals(0, exact.compareTo(new BigDecimal(sum)));
  }
}
