package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares the totals of the final assignment with an exact reference, and checks the laws of
 * merging.
 */
class ClusterTotalsTest {
  private static final int K = 4;

  private static final class Rows {
    final double[][] columns = new double[2][1500];
    final int[] cluster = new int[1500];
    final double[] squaredDistance = new double[1500];

    Rows(long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < 1500; i++) {
        columns[0][i] = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
        // Sizes far apart: a plain sum would lose the small ones.
        columns[1][i] = random.nextGaussian() * (random.nextBoolean() ? 1e12 : 1e-6);
        if (i / LloydKernel.BLOCK == 1) {
          // A block of usage counts, up to the largest that are added in the short way.
          columns[0][i] = random.nextInt((1 << 27) + 1) - (1 << 26);
          columns[1][i] = random.nextInt(3);
        }
        cluster[i] = random.nextInt(K - 1);
        squaredDistance[i] = random.nextInt(1 << 20) / 1024.0;
      }
    }

    ClusterTotals totals(int from, int to) {
      ClusterTotals totals = new ClusterTotals(K, 2);
      for (int start = from; start < to; start += LloydKernel.BLOCK) {
        int end = Math.min(to, start + LloydKernel.BLOCK);
        totals.addBlock(
            columns,
            start,
            end - start,
            Arrays.copyOfRange(cluster, start, end),
            Arrays.copyOfRange(squaredDistance, start, end));
      }
      return totals;
    }
  }

  private static ClusterTotals copy(ClusterTotals totals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    totals.write(new DataOutputStream(bytes));
    return ClusterTotals.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static ClusterTotals merged(ClusterTotals... parts) throws IOException {
    ClusterTotals all = new ClusterTotals(K, 2);
    for (ClusterTotals part : parts) {
      all.merge(copy(part));
    }
    return all;
  }

  @Test
  void totalsMatchBigDecimal() {
    for (long seed = 0; seed < 10; seed++) {
      Rows rows = new Rows(seed);
      ClusterTotals totals = rows.totals(0, 1500);
      long[] users = new long[K];
      long[][] missing = new long[K][2];
      BigDecimal[][] sums = new BigDecimal[K][2];
      Arrays.stream(sums).forEach(row -> Arrays.fill(row, BigDecimal.ZERO));
      double inertia = 0;
      for (int i = 0; i < 1500; i++) {
        int j = rows.cluster[i];
        users[j]++;
        inertia += rows.squaredDistance[i];
        for (int f = 0; f < 2; f++) {
          double raw = rows.columns[f][i];
          if (Double.isNaN(raw)) {
            missing[j][f]++;
          } else {
            sums[j][f] = sums[j][f].add(new BigDecimal(raw));
          }
        }
      }
      assertEquals(inertia, totals.inertia(), "seed " + seed);
      assertEquals(1500, totals.users());
      for (int j = 0; j < K; j++) {
        assertEquals(users[j], totals.users(j), "seed " + seed);
        for (int f = 0; f < 2; f++) {
          double mean =
              users[j] == 0
                  ? 0
                  : sums[j][f]
                      .divide(BigDecimal.valueOf(users[j] - missing[j][f]), MathContext.DECIMAL128)
                      .doubleValue();
          assertEquals(mean, totals.rawMean(j, f), "seed " + seed);
          assertEquals(missing[j][f], totals.missing(j, f), "seed " + seed);
        }
      }
    }
  }

  @Test
  void anySplitInAnyOrderGivesTheTotalsOfAll() throws IOException {
    for (long seed = 0; seed < 10; seed++) {
      Rows rows = new Rows(seed);
      ClusterTotals whole = rows.totals(0, 1500);
      ClusterTotals a = rows.totals(0, 1);
      ClusterTotals b = rows.totals(1, 600);
      ClusterTotals c = rows.totals(600, 1500);
      assertEquals(whole, merged(a, b, c), "seed " + seed);
      assertEquals(whole, merged(c, merged(b, a)), "seed " + seed);
      assertEquals(whole, merged(whole, new ClusterTotals(K, 2)), "seed " + seed);
      assertEquals(whole.rawMean(0, 1), merged(b, c, a).rawMean(0, 1), "seed " + seed);
    }
  }
}
