package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class FeatureHistogramTest {
  private static final int USERS = 3_000;

  /** Each value of each kind: small whole numbers, which are counted in a way of their own, too. */
  @Test
  void countsMatchOneComparisonAfterTheOther() {
    Random random = new Random(7);
    List<DoubleSupplier> kinds =
        List.of(
            () -> random.nextInt(5),
            () -> random.nextInt(9_000),
            () -> 4_095 + random.nextInt(3),
            () -> random.nextInt(200) - 100,
            () -> random.nextInt(100) / 8.0,
            () -> random.nextInt(4) == 0 ? Double.NaN : random.nextInt(50),
            () -> random.nextBoolean() ? -0.0 : 0,
            () -> Math.exp(20 * random.nextGaussian()));
    double[][] columns = new double[kinds.size()][USERS];
    double[][] rows = new double[USERS][kinds.size()];
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < USERS; i++) {
        columns[f][i] = kinds.get(f).getAsDouble();
        rows[i][f] = columns[f][i];
      }
    }
    FeatureHistogram counts = new FeatureHistogram(HistogramBins.of(rows, columns.length));
    counts.add(columns, USERS);
    for (int f = 0; f < columns.length; f++) {
      assertEquals(naive(counts.points(f), columns[f]), counts.counts(f), "kind " + f);
      long missing = 0;
      for (double value : columns[f]) {
        missing += Double.isNaN(value) ? 1 : 0;
      }
      assertEquals(missing, counts.missing(f), "kind " + f);
    }
  }

  private static List<Long> naive(List<Double> points, double[] column) {
    long[] counts = new long[points.size() + 1];
    for (double value : column) {
      int below = 0;
      for (double point : points) {
        below += point < value ? 1 : 0;
      }
      counts[below] += Double.isNaN(value) ? 0 : 1;
    }
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }
}
