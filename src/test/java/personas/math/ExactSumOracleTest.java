package personas.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import personas.math.ArbitraryDoubles.Kind;

class ExactSumOracleTest {
  private static final long SEED = 20_261_123;
  private static final int SIZE = 2_600;

  private record Sums(ExactSum values, ExactSum squares) {
    static Sums of(double[] column, int from, int to) {
      Sums sums = new Sums(new ExactSum(), new ExactSum());
      ExactSum.addAll(column, from, to, sums.values, sums.squares);
      return sums;
    }

    static Sums of(double... column) {
      return of(column, 0, column.length);
    }

    Sums merged(Sums other) {
      Sums merged = new Sums(new ExactSum(), new ExactSum());
      for (Sums each : new Sums[] {this, other}) {
        merged.values.merge(each.values);
        merged.squares.merge(each.squares);
      }
      return merged;
    }

    double deviation(long count) {
      return ExactSum.deviation(values, squares, count);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsAndMeansAreTheExactOnesRoundedOnce(Kind kind) {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    for (int size : new int[] {1, 2, 3, 7, 1024, SIZE}) {
      double[] column = some.column(kind, size);
      Sums sums = Sums.of(column);
      Oracle oracle = Oracle.of(column);
      Oracle.assertNearest(sums.values.value(), oracle.sum(), 1, where(kind, size));
      Oracle.assertNearest(sums.values.mean(size), oracle.sum(), size, where(kind, size));
      Oracle.assertNearest(sums.squares.value(), oracle.squares(), 1, where(kind, size));
      Oracle.assertNearest(sums.squares.mean(size), oracle.squares(), size, where(kind, size));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDeviationIsWithinAnUlpOfTheExactOne(Kind kind) {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    for (int size : new int[] {1, 2, 3, 7, 1024, SIZE}) {
      double[] column = some.column(kind, size);
      double deviation = Sums.of(column).deviation(size);
      Oracle.of(column).assertIsDeviation(deviation, size, where(kind, size));
    }
  }

  @ParameterizedTest
  @EnumSource
  void orderAndGroupingDoNotMatter(Kind kind) throws IOException {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    double[] column = some.withMissing(some.column(kind, SIZE), 20);
    Sums all = Sums.of(column);
    double[] shuffled = some.shuffled(column);
    int first = some.below(SIZE);
    int second = first + some.below(SIZE - first);
    Sums a = Sums.of(shuffled, 0, first);
    Sums b = Sums.of(shuffled, first, second);
    Sums c = Sums.of(shuffled, second, SIZE);
    assertEquals(all, a.merged(b).merged(c), where(kind, SIZE));
    assertEquals(all, a.merged(b.merged(c)), where(kind, SIZE));
    assertEquals(all, c.merged(a).merged(b), where(kind, SIZE));
    assertEquals(all, all.merged(Sums.of()), where(kind, SIZE));
    assertArrayEquals(bytes(all.values), bytes(c.merged(b).merged(a).values));
    assertArrayEquals(bytes(all.squares), bytes(c.merged(b).merged(a).squares));
  }

  @ParameterizedTest
  @EnumSource
  void aSumThatWasWrittenIsReadBack(Kind kind) throws Exception {
    double[] column = new ArbitraryDoubles(SEED).column(kind, SIZE);
    for (ExactSum sum : new ExactSum[] {Sums.of(column).values, Sums.of(column).squares}) {
      ExactSum read = ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes(sum))));
      assertEquals(sum, read);
      assertEquals(sum.hashCode(), read.hashCode());
      read.add(1);
      sum.add(1);
      assertEquals(sum, read, "a sum that was read goes on adding");
    }
  }

  @Test
  void equalSumsAreEqualBytesForJavaToo() throws Exception {
    Sums forward = Sums.of(0.1, 1e300, -7);
    Sums backward = Sums.of(-7).merged(Sums.of(1e300, 0.1));
    assertArrayEquals(javaBytes(forward.values), javaBytes(backward.values));
    assertArrayEquals(javaBytes(forward.squares), javaBytes(backward.squares));
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(javaBytes(forward.squares)))) {
      assertEquals(forward.squares, in.readObject());
    }
  }

  @Test
  void mergingAndReadingDoNotChangeASum() throws IOException {
    ExactSum sum = Sums.of(0.1, -1e300, Double.MIN_VALUE).values;
    byte[] before = bytes(sum);
    new ExactSum().merge(sum);
    assertEquals(-1e300, sum.value());
    assertArrayEquals(before, bytes(sum));
    ExactSum twice = Sums.of(0.1, 0.1).values;
    ExactSum self = Sums.of(0.1).values;
    self.merge(self);
    assertEquals(twice, self);
  }

  @Test
  void theWrittenFormNeverChanges() throws IOException {
    assertEquals("0000000100", hex(new ExactSum()), "0");
    // -1.75 is -7 · 2⁻², and 2⁻² is bit 2146 = 0x862.
    assertEquals("08620001f9", hex(Sums.of(1, 0.5, -3.25).values), "-1.75");
    assertEquals("0860000200bd", hex(Sums.of(1, 0.5, -3.25).squares), "11.8125 = 189 · 2⁻⁴");
    assertEquals("0000000101", hex(Sums.of(Double.MIN_VALUE).squares), "2⁻²¹⁴⁸");
  }

  @Test
  void theShortWayOfWholeNumbersGivesTheSameSum() {
    double border = 1 << 26;
    double[][] columns = {
      {0, -0.0, 1, -1}, {border - 1, 1 - border}, {border, -border}, {1 << 30, -5e9}, {2.5, 3}
    };
    for (double[] column : columns) {
      ExactSum values = new ExactSum();
      ExactSum squares = new ExactSum();
      for (double value : column) {
        values.add(value);
        squares.addSquare(value);
      }
      assertEquals(new Sums(values, squares), Sums.of(column));
    }
    double[] full = new double[1024];
    Arrays.fill(full, 1 - border);
    assertEquals(Oracle.of(full).squares().doubleValue(), Sums.of(full).squares.value());
  }

  @Test
  void opposedExtremesCancelExactly() {
    double[] column = {1e300, 1, -1e300, 1e-300, -1, Double.MAX_VALUE, -Double.MAX_VALUE};
    assertEquals(1e-300, Sums.of(column).values.value());
    assertEquals(0.0, Sums.of(0.1, -0.1).values.value());
    assertEquals(new ExactSum(), Sums.of(0.1, -0.1).values);
  }

  @Test
  void aSumBeyondTheDoublesIsHeldAndShownAsInfinite() {
    ExactSum sum = Sums.of(Double.MAX_VALUE, Double.MAX_VALUE).values;
    assertEquals(Double.POSITIVE_INFINITY, sum.value());
    assertEquals(Double.MAX_VALUE, sum.mean(2));
    sum.add(-Double.MAX_VALUE);
    assertEquals(Double.MAX_VALUE, sum.value());
  }

  @Test
  void tiesGoToTheEvenDouble() {
    assertEquals(0x1p53, Sums.of(0x1p53, 1).values.value());
    assertEquals(0x1p53 + 4, Sums.of(0x1p53, 3).values.value());
    assertEquals(0x1p53 + 2, Sums.of(0x1p53, 1, Double.MIN_VALUE).values.value());
    assertEquals(-0x1p53, Sums.of(-0x1p53, -1).values.value());
    assertEquals(0, Sums.of(Double.MIN_VALUE, 0).values.mean(2));
    assertEquals(2 * Double.MIN_VALUE, Sums.of(3 * Double.MIN_VALUE, 0).values.mean(2));
    // Just above half of the least double; rounded to 53 bits first it would be a tie.
    assertEquals(Double.MIN_VALUE, Sums.of(0x1p-537, 0x1p-564).squares.mean(2));
  }

  @Test
  void equalValuesHaveNoDeviationAndOthersAlwaysHaveOne() {
    for (double value : new double[] {0, 0.1, -1e300, 1e-300, Double.MIN_VALUE}) {
      assertEquals(0, Sums.of(value, value, value).deviation(3), () -> "three times " + value);
    }
    assertEquals(Double.MIN_VALUE, Sums.of(0, 0, 0, 0, Double.MIN_VALUE).deviation(5));
    assertEquals(0.5e-200, Sums.of(1e-200, 2e-200).deviation(2), Math.ulp(0.5e-200));
    assertEquals(Double.MAX_VALUE, Sums.of(Double.MAX_VALUE, -Double.MAX_VALUE).deviation(2));
  }

  @Test
  void missingValuesAddNothing() {
    assertEquals(
        Sums.of(1, 2.5), Sums.of(Double.NaN, 1, Double.NaN, 2.5, Double.longBitsToDouble(-1)));
    ExactSum alone = new ExactSum();
    alone.addAll(new double[] {Double.NaN, 1, 7, 9}, 0, 3);
    assertEquals(8, alone.value());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void anInfiniteValueIsRefused(double infinite) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Sums.of(1, infinite));
    assertTrue(refused.getMessage().contains("" + infinite), refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ExactSum().addSquare(infinite));
    assertThrows(IllegalArgumentException.class, () -> new ExactSum().add(Double.NaN));
  }

  @Test
  void copiesAreRepeatedAdditions() {
    for (double value : new double[] {0.1, -1e300, Double.MIN_VALUE, 3}) {
      ExactSum copied = new ExactSum();
      ExactSum squares = new ExactSum();
      copied.addCopies(value, 1000);
      squares.addSquareCopies(value, 1000);
      double[] column = new double[1000];
      Arrays.fill(column, value);
      assertEquals(Sums.of(column), new Sums(copied, squares));
    }
    ExactSum none = new ExactSum();
    none.addCopies(0.1, 0);
    assertEquals(new ExactSum(), none);
    ExactSum many = new ExactSum();
    many.addCopies(-1, Long.MAX_VALUE);
    assertEquals(new BigDecimal(Long.MIN_VALUE).doubleValue(), many.value());
  }

  @Test
  void limbsCarryHoweverManyValuesThereAre() {
    for (double value : new double[] {0.1, -0.1, -1e300, 1.7e308, Double.MIN_VALUE}) {
      Sums doubled = Sums.of(value);
      for (int i = 1; i <= 62; i++) {
        doubled = doubled.merged(doubled);
        Sums copies = new Sums(new ExactSum(), new ExactSum());
        copies.values.addCopies(value, 1L << i);
        copies.squares.addSquareCopies(value, 1L << i);
        assertEquals(copies, doubled, value + " times 2^" + i);
        // One more, so that an addition meets limbs that are as full as they get.
        assertEquals(
            copies.merged(Sums.of(value)),
            doubled.merged(Sums.of(value)),
            value + " times 2^" + i + " + 1");
      }
      assertEquals(value, doubled.values.mean(1L << 62));
    }
  }

  @Test
  void sumsThatDifferInTheLastBitDiffer() {
    assertNotEquals(Sums.of(1e300).values, Sums.of(1e300, Double.MIN_VALUE).values);
    assertNotEquals(Sums.of(1e300).squares, Sums.of(1e300, Double.MIN_VALUE).squares);
  }

  private static String where(Kind kind, int size) {
    return kind + ", " + size + " values, seed " + SEED;
  }

  private static String hex(ExactSum sum) throws IOException {
    return HexFormat.of().formatHex(bytes(sum));
  }

  private static byte[] bytes(ExactSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] javaBytes(ExactSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sum);
    }
    return bytes.toByteArray();
  }
}
