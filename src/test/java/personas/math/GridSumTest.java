package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GridSumTest {

  @Test
  void isTheExactSumOfTheRoundedNumbers() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      GridSum sum = new GridSum();
      BigDecimal expected = BigDecimal.ZERO;
      for (int block = 0; block < 30; block++) {
        double[] values = new double[512];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextDouble() * (random.nextInt(50) == 0 ? 1e12 : 100);
          expected = expected.add(new BigDecimal(Math.rint(values[i] * 0x1p24) * 0x1p-24));
        }
        sum.addBlock(values, 0, values.length);
      }
      assertEquals(expected.doubleValue(), sum.value(), "seed " + seed);
    }
  }

  @Test
  void partsMergeToTheWhole() {
    double[] values = new Random(3).doubles(512, 0, 1e7).toArray();
    GridSum whole = new GridSum();
    whole.addBlock(values, 0, 512);
    GridSum left = new GridSum();
    left.addBlock(values, 0, 100);
    GridSum right = new GridSum();
    right.addBlock(values, 100, 512);
    right.merge(left);
    right.merge(new GridSum());
    assertEquals(whole, right);
    assertEquals(0, whole.compareTo(right));
    right.add(1e-7);
    assertTrue(whole.compareTo(right) < 0);
  }

  @Test
  void copiesAreRepeatedAdditions() {
    Random random = new Random(4);
    GridSum sum = new GridSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int i = 0; i < 1000; i++) {
      double value = random.nextDouble() * (random.nextInt(5) == 0 ? 0x1p30 : 100);
      int copies = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(20);
      sum.addCopies(value, copies);
      BigDecimal rounded = new BigDecimal(Math.rint(value * 0x1p24) * 0x1p-24);
      expected = expected.add(rounded.multiply(BigDecimal.valueOf(copies)));
    }
    assertEquals(expected.doubleValue(), sum.value());
    GridSum three = new GridSum();
    three.addCopies(1e13, 3);
    GridSum added = new GridSum();
    for (int i = 0; i < 3; i++) {
      added.add(1e13);
    }
    assertEquals(added, three);
  }

  @Test
  void gridValuesAddUpExactly() {
    assertEquals(0.25, Grid.round(0.25 + 0x1p-26));
    assertEquals(Grid.LARGEST, Grid.round(1e300));
    assertEquals(-Grid.LARGEST, Grid.round(-1e300));
    assertEquals(0, Double.compare(0.0, Grid.round(-1e-300)), "never -0");
  }
}
