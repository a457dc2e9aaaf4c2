package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.moments.Moments;
import personas.feature.moments.Standardizer;
import personas.kmeans.seeding.Seeding;
import personas.math.SplitMix64;

/**
 * Compares one run with the defaults with the best of 100 restarts of scikit-learn, like {@link
 * InertiaOracleTest}, on sets of 100,000 rows. The sets are too large to commit, so this class
 * generates the same rows as {@code large.py}.
 */
class LargeInertiaTest {
  private static final Path EXPECTED = Path.of("src/test/resources/inertia/large.csv");
  private static final int ROWS = 100_000;
  private static final int DEFAULT_RESTARTS = 16;

  /** As large.py has them. */
  private static final Map<String, Mixture> SETS =
      Map.of(
          "apart", new Mixture(1, 4, 10, 6, 1, false),
          "overlapping", new Mixture(2, 8, 25, 1.2, 1, false),
          "unbalanced", new Mixture(3, 5, 20, 2, 50, false),
          "heavy_tailed", new Mixture(4, 6, 12, 2, 5, true),
          "many", new Mixture(5, 2, 60, 8, 3, false),
          "one_heap", new Mixture(6, 3, 2, 0.5, 1, false));

  /** Rounding to the grid and another libm move an inertia by less than this. */
  private static final double ROUNDING = 1e-7;

  private record Mixture(int seed, int d, int k, double spread, double ratio, boolean tail) {
    /** d columns. */
    double[][] columns(int rows) {
      SplitMix64 random = new SplitMix64(seed);
      double[][] centers = new double[k][d];
      for (double[] center : centers) {
        Arrays.setAll(center, f -> bell(random) * spread);
      }
      double[] cumulated = new double[k];
      double total = 0;
      for (int j = 0; j < k; j++) {
        total += Math.pow(ratio, j / (k - 1.0));
        cumulated[j] = total;
      }
      int[] cluster = new int[rows];
      for (int i = 0; i < rows; i++) {
        double place = random.nextDouble() * total;
        while (cluster[i] < k - 1 && cumulated[cluster[i]] < place) {
          cluster[i]++;
        }
      }
      double[][] columns = new double[d][rows];
      for (int i = 0; i < rows; i++) {
        for (double[] column : columns) {
          column[i] = bell(random);
        }
      }
      for (int i = 0; i < rows; i++) {
        for (int f = 0; f < d; f++) {
          columns[f][i] /= tail ? Math.sqrt(random.nextDouble() + 1e-3) : 1;
          columns[f][i] += centers[cluster[i]][f];
        }
      }
      return columns;
    }

    private static double bell(SplitMix64 random) {
      double first = random.nextDouble();
      double second = random.nextDouble();
      double third = random.nextDouble();
      return (first + second + third + random.nextDouble() - 2) * Math.sqrt(3);
    }
  }

  @Test
  void noSetIsWorseThanTheBestOfAHundredRestarts() throws IOException {
    StringBuilder table =
        new StringBuilder("set           k      inertia  against the best of 100\n");
    List<String> expected = Files.readAllLines(EXPECTED);
    for (String line : expected.subList(1, expected.size())) {
      String[] cells = line.split(",", -1);
      int k = Integer.parseInt(cells[1]);
      double wanted = Double.parseDouble(cells[2]);
      double[][] columns = standardized(SETS.get(cells[0]).columns(ROWS));
      double inertia = new Seeding(columns, ROWS).best(k, 42, DEFAULT_RESTARTS).inertia();
      String row =
          String.format(
              Locale.ROOT,
              "%-12s %2d  %11.3f  %+.4f %%",
              cells[0],
              k,
              inertia,
              100 * (inertia / wanted - 1));
      table.append(row).append('\n');
      assertTrue(inertia <= wanted * (1 + ROUNDING), row);
    }
    System.out.println(table);
  }

  private static double[][] standardized(double[][] raw) {
    int d = raw.length;
    List<Feature> features = IntStream.range(0, d).mapToObj(f -> Feature.of("f" + f)).toList();
    UserSchema schema = new UserSchema(null, features, List.of());
    Moments moments = new Moments(d);
    moments.add(schema, raw, ROWS);
    Standardizer standardizer = Standardizer.of(moments, schema);
    double[][] columns = new double[d][ROWS];
    for (int f = 0; f < d; f++) {
      standardizer.standardize(f, raw[f], 0, ROWS, columns[f]);
    }
    return columns;
  }
}
