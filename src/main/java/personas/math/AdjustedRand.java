package personas.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * How far two groupings of the same users agree, corrected for chance. L. Hubert and P. Arabie,
 * <i>Comparing partitions</i>, 1985.
 */
public final class AdjustedRand {
  private AdjustedRand() {}

  /**
   * The adjusted Rand index, computed in whole numbers and rounded once.
   *
   * @param cells users by the group of the one grouping and the group of the other
   * @return 1 if both have the same groups, also if each has a single group; about 0 for
   *     independent groupings, and below 0 if they agree less than that; null if there are fewer
   *     than two users
   */
  public static Double of(long[][] cells) {
    int columns = cells.length == 0 ? 0 : cells[0].length;
    long[] ofRows = Arrays.stream(cells).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long[] ofColumns = new long[columns];
    BigInteger together = BigInteger.ZERO;
    for (long[] row : cells) {
      Arrays.setAll(ofColumns, j -> ofColumns[j] + row[j]);
      together = together.add(pairsWithin(row));
    }
    long users = Arrays.stream(ofRows).sum();
    if (users < 2) {
      return null;
    }
    BigInteger all = pairsWithin(users);
    BigInteger inRows = pairsWithin(ofRows);
    BigInteger inColumns = pairsWithin(ofColumns);
    BigInteger expected = inRows.multiply(inColumns).shiftLeft(1);
    BigInteger excess = together.multiply(all).shiftLeft(1).subtract(expected);
    BigInteger most = inRows.add(inColumns).multiply(all).subtract(expected);
    return most.signum() == 0
        ? 1.0
        : new BigDecimal(excess).divide(new BigDecimal(most), MathContext.DECIMAL64).doubleValue();
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
