package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;

/**
 * The exact decimal sums of a column. Checks of correct rounding compare exact numbers and never
 * divide or round.
 *
 * @param sum sum of the values
 * @param squares the sum of their squares
 */
public record Oracle(BigDecimal sum, BigDecimal squares) {
  /** Adds a column up; NaN adds nothing. */
  public static Oracle of(double... column) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal squares = BigDecimal.ZERO;
    for (double value : column) {
      if (!Double.isNaN(value)) {
        BigDecimal exact = new BigDecimal(value);
        sum = sum.add(exact);
        squares = squares.add(exact.multiply(exact));
      }
    }
    return new Oracle(sum, squares);
  }

  /** Asserts that no double is nearer to {@code sum / count}, and that a tie went to the even. */
  public static void assertNearest(double rounded, BigDecimal sum, long count, String where) {
    if (Double.isInfinite(rounded)) {
      assertEquals(rounded, sum.doubleValue(), where);
      return;
    }
    BigDecimal off = distance(rounded, sum, count);
    for (double neighbor : new double[] {Math.nextUp(rounded), Math.nextDown(rounded)}) {
      if (Double.isInfinite(neighbor)) {
        continue;
      }
      int nearer = off.compareTo(distance(neighbor, sum, count));
      boolean even = (Double.doubleToRawLongBits(rounded) & 1) == 0;
      assertTrue(
          nearer < 0 || (nearer == 0 && even),
          () -> where + ": " + rounded + " is not the nearest double, " + neighbor + " is");
    }
  }

  private static BigDecimal distance(double rounded, BigDecimal sum, long count) {
    return new BigDecimal(rounded).multiply(BigDecimal.valueOf(count)).subtract(sum).abs();
  }

  /** Asserts that the population standard deviation lies within one ulp of {@code rounded}. */
  public void assertIsDeviation(double rounded, long count, String where) {
    BigDecimal n = BigDecimal.valueOf(count);
    // n² times the variance.
    BigDecimal variance = n.multiply(squares).subtract(sum.multiply(sum));
    if (variance.signum() == 0) {
      assertEquals(0, rounded, where);
      return;
    }
    assertTrue(rounded > 0 && rounded <= Double.MAX_VALUE, () -> where + ": " + rounded);
    BigDecimal below = new BigDecimal(Math.nextDown(rounded)).multiply(n);
    assertTrue(
        below.multiply(below).compareTo(variance) < 0, () -> where + ": " + rounded + " too large");
    BigDecimal above = new BigDecimal(rounded).add(new BigDecimal(Math.ulp(rounded))).multiply(n);
    assertTrue(
        above.multiply(above).compareTo(variance) > 0, () -> where + ": " + rounded + " too small");
  }
}
