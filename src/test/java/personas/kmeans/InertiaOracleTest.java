package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.moments.Moments;
import personas.feature.moments.Standardizer;
import personas.kmeans.seeding.Seeding;

/**
 * Compares one run with the defaults with the best of 100 restarts of scikit-learn, on the same
 * standardized data. The script that made data and expected values lies beside them.
 */
class InertiaOracleTest {
  private static final Path FOLDER = Path.of("src/test/resources/inertia");
  private static final int DEFAULT_RESTARTS = 16;

  /** The grid of the standardized values moves an inertia by less than this. */
  private static final double GRID = 1e-8;

  @Test
  void noSeedIsWorseThanTheBestOfAHundredRestarts() throws IOException {
    List<String> expected = Files.readAllLines(FOLDER.resolve("expected.csv"));
    for (String line : expected.subList(1, expected.size())) {
      String[] cells = line.split(",", -1);
      double[][] columns = standardized(FOLDER.resolve(cells[0] + ".csv"));
      double wanted = Double.parseDouble(cells[2]);
      Seeding seeding = new Seeding(columns, columns[0].length);
      for (long seed : new long[] {42, 1, 2, 3, 4}) {
        double inertia = seeding.best(Integer.parseInt(cells[1]), seed, DEFAULT_RESTARTS).inertia();
        assertTrue(
            inertia <= wanted * (1 + GRID),
            cells[0] + ", seed " + seed + ": " + inertia + " is above " + wanted);
      }
    }
  }

  private static double[][] standardized(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    double[][] rows =
        lines.stream()
            .skip(1)
            .map(
                line ->
                    Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    List<Feature> features = Arrays.stream(lines.get(0).split(",", -1)).map(Feature::of).toList();
    UserSchema schema = new UserSchema(null, features, List.of());
    double[][] columns =
        IntStream.range(0, features.size())
            .mapToObj(f -> Arrays.stream(rows).mapToDouble(row -> row[f]).toArray())
            .toArray(double[][]::new);
    Moments moments = new Moments(features.size());
    moments.add(schema, columns, rows.length);
    return Standardizer.of(moments, schema).standardizeRows(rows);
  }
}
