package personas.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the laws of a mergeable exact sum, and compares it with BigDecimal over the whole range of
 * doubles.
 */
class ExactSumTest {

  /** Values of every kind: whole, fractions, huge, tiny, subnormal, both signs. */
  private static double[] values(long seed, int count) {
    Random random = new Random(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(2001) - 1000;
            case 1 -> random.nextGaussian() * 1e300;
            case 2 -> random.nextGaussian() * 1e-300;
            case 3 -> Double.MIN_VALUE * random.nextInt(1000);
            case 4 -> random.nextGaussian();
            default -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
          };
    }
    return values;
  }

  private static ExactSum sum(double[] values) {
    ExactSum sum = new ExactSum();
    sum.addAll(values, 0, values.length);
    return sum;
  }

  private static ExactSum squares(double[] values) {
    ExactSum squares = new ExactSum();
    ExactSum.addAll(values, 0, values.length, new ExactSum(), squares);
    return squares;
  }

  private static byte[] bytes(ExactSum sum) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sum.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isTheSumOfBigDecimal(long seed) {
    double[] values = values(seed, 1500);
    BigDecimal expected =
        Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertEquals(expected.doubleValue(), sum(values).value(), "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void squaresMatchBigDecimal(long seed) {
    double[] values = values(seed, 1500);
    BigDecimal total =
        Arrays.stream(values)
            .mapToObj(value -> new BigDecimal(value).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    // Squares reach beyond the doubles; their mean over 10^308 and more does not.
    long count = Long.MAX_VALUE;
    BigDecimal mean = total.divide(BigDecimal.valueOf(count), new MathContext(60));
    assertEquals(mean.doubleValue(), squares(values).mean(count), "seed " + seed);
  }

  @Test
  void mergingIsAssociativeAndCommutativeWithAnIdentity() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      List<double[]> parts =
          List.of(values(seed, 70), values(seed + 100, 1100), values(seed + 200, 3));
      byte[] expected = null;
      for (int order = 0; order < 6; order++) {
        List<Integer> places =
            IntStream.range(0, 3).boxed().collect(java.util.stream.Collectors.toList());
        Collections.shuffle(places, new Random(order));
        ExactSum merged = new ExactSum();
        for (int place : places) {
          ExactSum part = new ExactSum();
          part.merge(sum(parts.get(place)));
          part.merge(new ExactSum());
          merged.merge(part);
        }
        byte[] bytes = bytes(merged);
        expected = expected == null ? bytes : expected;
        assertArrayEquals(expected, bytes, "seed " + seed);
      }
    }
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      ExactSum sum = sum(values(seed, 40));
      ExactSum read = ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes(sum))));
      assertEquals(sum, read, "seed " + seed);
      read.add(1);
      sum.add(1);
      assertEquals(sum, read, "seed " + seed);
    }
  }

  @Test
  void theShortWayOfWholeNumbersIsTheLongWay() {
    double[] whole = new Random(9).ints(5000, -60_000_000, 60_000_000).asDoubleStream().toArray();
    ExactSum one = new ExactSum();
    ExactSum squared = new ExactSum();
    for (double value : whole) {
      one.add(value);
      squared.addSquare(value);
    }
    assertEquals(one, sum(whole));
    assertEquals(squared, squares(whole));
  }

  @Test
  void cancelsExactly() {
    ExactSum sum = sum(new double[] {1e300, 1, -1e300, 1e-300, -1, -1e-300});
    assertEquals(0, sum.value());
    assertEquals(new ExactSum(), sum);
  }

  @Test
  void missingValuesAddNothingAndInfinityIsRefused() {
    assertEquals(3, sum(new double[] {1, Double.NaN, 2}).value());
    assertThrows(
        IllegalArgumentException.class, () -> sum(new double[] {Double.NEGATIVE_INFINITY}));
  }

  @Test
  void copiesAreRepeatedAdditions() {
    ExactSum sum = new ExactSum();
    sum.addCopies(-0.1, 1000);
    ExactSum expected = new ExactSum();
    for (int i = 0; i < 1000; i++) {
      expected.add(-0.1);
    }
    assertEquals(expected, sum);
  }

  /** A number of copies beyond an int takes the way of whole numbers of any size. */
  @Test
  void theShortWayOfCopiesIsTheLongWay() {
    Random random = new Random(7);
    for (double value : values(6, 500)) {
      int copies = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(1 << 20);
      ExactSum sum = new ExactSum();
      ExactSum squares = new ExactSum();
      for (long part : new long[] {copies, 1L << 32}) {
        sum.addCopies(value, part);
        squares.addSquareCopies(value, part);
      }
      ExactSum expected = new ExactSum();
      ExactSum expectedSquares = new ExactSum();
      expected.addCopies(value, (1L << 32) + copies);
      expectedSquares.addSquareCopies(value, (1L << 32) + copies);
      assertEquals(expected, sum, () -> value + " times " + copies);
      assertEquals(expectedSquares, squares, () -> value + "² times " + copies);
    }
  }

  @Test
  void deviationDoesNotCancel() {
    double[] column = {1e9 - 1e-3, 1e9 + 1e-3, 1e9 - 1e-3, 1e9 + 1e-3};
    BigDecimal half = new BigDecimal(column[1]).subtract(new BigDecimal(column[0]));
    double expected =
        half.pow(2).divide(BigDecimal.valueOf(4), MathContext.UNLIMITED).doubleValue();
    assertEquals(Math.sqrt(expected), ExactSum.deviation(sum(column), squares(column), 4));
  }

  @Test
  void deviationMatchesBigDecimal() {
    for (long seed = 0; seed < 20; seed++) {
      double[] column = new Random(seed).doubles(777, -5, 1e6).toArray();
      BigDecimal n = BigDecimal.valueOf(column.length);
      BigDecimal total = BigDecimal.ZERO;
      BigDecimal totalSquares = BigDecimal.ZERO;
      for (double value : column) {
        total = total.add(new BigDecimal(value));
        totalSquares = totalSquares.add(new BigDecimal(value).pow(2));
      }
      BigDecimal expected =
          totalSquares
              .multiply(n)
              .subtract(total.pow(2))
              .divide(n.pow(2), new MathContext(80, RoundingMode.HALF_EVEN));
      assertEquals(
          Math.sqrt(expected.doubleValue()),
          ExactSum.deviation(sum(column), squares(column), column.length),
          "seed " + seed);
    }
  }

  @Test
  void bytesAreGolden() throws IOException {
    assertArrayEquals(
        new byte[] {0x08, 0x63, 0, 1, 7}, bytes(sum(new double[] {3, 0.5})), "3.5 = 7 · 2^-1");
  }
}
