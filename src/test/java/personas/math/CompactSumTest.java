package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks that a compact sum is exact in any order and grouping of the values. */
class CompactSumTest {
  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.1,
    -0.1,
    0.01,
    1e-8,
    1e-30,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    0x1p-80,
    0x1p-81,
    0x1.8p-80,
    -0x1p-80,
    0x1p45,
    0x1.fffffffffffffp45,
    0x1p46,
    0x1p47,
    -0x1p46,
    1e15,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    0x1.fffffffffffffp-29,
    12.34,
    999.99
  };

  private static double draw(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> Math.round(random.nextGaussian() * 100_000) / 100.0;
      case 2 -> random.nextGaussian() * Math.scalb(1.0, random.nextInt(200) - 100);
      default -> random.nextInt(1000);
    };
  }

  private static void merge(CompactSum from, CompactSum to, int group) {
    from.write(group, (high, low, wide) -> to.merge(group, high, low, wide));
  }

  @Test
  void isTheExactSumInAnyGrouping() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      CompactSum whole = new CompactSum(2);
      List<CompactSum> parts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        parts.add(new CompactSum(2));
      }
      ExactSum oracle = new ExactSum();
      int count = 1 + random.nextInt(20);
      for (int i = 0; i < count; i++) {
        double value = draw(random);
        oracle.add(value);
        whole.add(1, value);
        parts.get(random.nextInt(3)).add(1, value);
      }
      CompactSum merged = new CompactSum(2);
      for (int i = 2; i >= 0; i--) {
        merge(parts.get(i), merged, 1);
      }
      for (CompactSum sum : List.of(whole, merged)) {
        assertEquals(oracle.value(), sum.value(1));
        assertEquals(oracle.mean(count), sum.mean(1, count));
        assertEquals(0, sum.value(0));
      }
    }
  }

  @Test
  void carriesAndBorrowsBeyond64Bits() {
    CompactSum sum = new CompactSum(1);
    ExactSum oracle = new ExactSum();
    for (int i = 0; i < 100_000; i++) {
      double value = i % 3 == 0 ? -0x1.fffffffffffffp45 : 0x1.fffffffffffffp45;
      sum.add(0, value);
      oracle.add(value);
      if (i % 9_999 == 0) {
        assertEquals(oracle.value(), sum.value(0));
      }
    }
    assertEquals(oracle.value(), sum.value(0));
  }

  @Test
  void refusesWhatIsNotFinite() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new CompactSum(1).add(0, value));
    }
  }
}
