package personas.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The adjusted Rand index: the agreement of two groupings of the same users, corrected for chance.
 * Source: L. Hubert and P. Arabie, <i>Comparing partitions</i>, 1985.
 */
public final class AdjustedRand {
  private AdjustedRand() {}

  /**
   * Returns the adjusted Rand index. Numerator and denominator are exact whole numbers.
   *
   * @param cells number of users by their group in the first grouping (row) and in the second
   *     grouping (column)
   * @return 1 if both groupings have the same groups, also if each has a single group; about 0 for
   *     independent groupings; below 0 for less agreement than by chance; null for fewer than two
   *     users
   */
  public static Double of(long[][] cells) {
    int columns = cells.length == 0 ? 0 : cells[0].length;
    long[] rowTotals = Arrays.stream(cells).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long[] columnTotals = new long[columns];
    BigInteger pairsTogether = BigInteger.ZERO;
    for (long[] row : cells) {
      Arrays.setAll(columnTotals, j -> columnTotals[j] + row[j]);
      pairsTogether = pairsTogether.add(pairsWithin(row));
    }
    long users = Arrays.stream(rowTotals).sum();
    if (users < 2) {
      return null;
    }
    BigInteger allPairs = pairsWithin(users);
    BigInteger pairsInRows = pairsWithin(rowTotals);
    BigInteger pairsInColumns = pairsWithin(columnTotals);
    BigInteger expected = pairsInRows.multiply(pairsInColumns).shiftLeft(1);
    BigInteger excess = pairsTogether.multiply(allPairs).shiftLeft(1).subtract(expected);
    BigInteger maximum = pairsInRows.add(pairsInColumns).multiply(allPairs).subtract(expected);
    return maximum.signum() == 0
        ? 1.0
        : new BigDecimal(excess)
            .divide(new BigDecimal(maximum), MathContext.DECIMAL64)
            .doubleValue();
  }

  private static BigInteger pairsWithin(long... groups) {
    BigInteger sum = BigInteger.ZERO;
    for (long users : groups) {
      BigInteger group = BigInteger.valueOf(users);
      sum = sum.add(group.multiply(group.subtract(BigInteger.ONE)).shiftRight(1));
    }
    return sum;
  }
}
