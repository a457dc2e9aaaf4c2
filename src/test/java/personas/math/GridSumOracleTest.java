package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GridSumOracleTest {
  private static final long SEED = 99;
  private static final int BLOCK = 512;

  /** Distances as they come, some of them huge. */
  private static double[] distances(int size) {
    SplitMix64 random = new SplitMix64(SEED);
    double[] distances = new double[size];
    for (int i = 0; i < size; i++) {
      distances[i] = random.nextDouble() * Math.scalb(1.0, random.nextInt(i % 50 == 0 ? 46 : 12));
    }
    return distances;
  }

  private static GridSum blocks(double[] values) {
    GridSum sum = new GridSum();
    for (int from = 0; from < values.length; from += BLOCK) {
      sum.addBlock(values, from, Math.min(values.length, from + BLOCK));
    }
    return sum;
  }

  @Test
  void theTotalMatchesTheRoundedNumbers() {
    double[] values = distances(5_000);
    BigDecimal exact = BigDecimal.ZERO;
    for (double value : values) {
      exact = exact.add(new BigDecimal(Math.rint(value * 0x1p24) * 0x1p-24));
    }
    assertEquals(exact.doubleValue(), blocks(values).value(), "seed " + SEED);
  }

  @Test
  void orderAndGroupingDoNotMatter() {
    double[] values = distances(3_000);
    GridSum all = blocks(values);
    GridSum singly = new GridSum();
    for (int i = values.length - 1; i >= 0; i--) {
      singly.add(values[i]);
    }
    assertEquals(all, singly, "seed " + SEED);
    assertEquals(all.hashCode(), singly.hashCode());
    GridSum left = blocks(Arrays.copyOf(values, 1_000));
    GridSum right = blocks(Arrays.copyOfRange(values, 1_000, 3_000));
    right.merge(left);
    right.merge(new GridSum());
    assertEquals(all, right, "seed " + SEED);
  }

  @Test
  void totalsCompareExactly() {
    GridSum small = new GridSum();
    GridSum large = new GridSum();
    for (GridSum each : new GridSum[] {small, large}) {
      each.add(0x1p45);
      each.add(0x1p45);
    }
    large.add(0x1p-24);
    assertEquals(small.value(), large.value(), "as doubles they are equal");
    assertTrue(small.compareTo(large) < 0);
    assertTrue(large.compareTo(small) > 0);
    assertNotEquals(small, large);
  }

  @Test
  void aSumThatWasWrittenIsReadBackAndTheFormNeverChanges() throws IOException {
    GridSum sum = new GridSum();
    sum.add(0x1p16 + 0x1p-24);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(bytes));
    assertEquals("00000000000000010000000000000001", HexFormat.of().formatHex(bytes.toByteArray()));
    assertEquals(
        sum, GridSum.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
  }
}
