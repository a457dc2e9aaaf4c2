package personas.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.UserSchema;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;
import personas.model.Model;
import personas.model.score.ScoringModel;
import personas.text.sql.SqlDialect;

/** Checks that the SQL of a model gives the personas of {@code score} for difficult users. */
class SqlScoringTest {
  private static final int USERS = 200_000;

  @Test
  void withoutALogarithmNoPersonaDiffers() throws Exception {
    for (int k : new int[] {1, 2, 3, 7, 24}) {
      assertEquals(
          0, differences(HardUsers.model(k, false, new SplittableRandom(k)), k), "k = " + k);
    }
  }

  @Test
  void withALogarithmHardlyAnyPersonaDiffers() throws Exception {
    int different = differences(HardUsers.model(5, true, new SplittableRandom(9)), 9);
    System.out.printf(Locale.ROOT, "log1p: %d of %,d personas differ%n", different, USERS);
    assertTrue(different <= 2, different + " personas differ");
  }

  /**
   * What such a test is worth: of equally near centroids the later one, a mean that is off by a
   * millionth of a deviation, no rounding to the grid, another limit.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "WHEN d0 THEN 0 WHEN d1 THEN 1 / WHEN d1 THEN 1 WHEN d0 THEN 0",
        "t1 - / t1 - 1E-6 - ",
        "6.755399441055744E15 / 0.0E0",
        "90.5E0 / 90.25E0",
      })
  void aTwinThatIsMadeWrongIsCaught(String change) throws Exception {
    String[] fromTo = change.split(" / ", 2);
    boolean isCaught = false;
    // Not every model has two centroids that a user can be equally near to.
    for (int seed = 1; seed <= 8 && !isCaught; seed++) {
      Model model = HardUsers.model(3, false, new SplittableRandom(seed));
      String sql = SqlScoring.of(model, SqlDialect.DUCKDB, "users");
      assertTrue(sql.contains(fromTo[0]), () -> fromTo[0] + " is not in\n" + sql);
      try {
        isCaught = differences(model, seed, sql.replace(fromTo[0], fromTo[1])) > 0;
      } catch (AssertionError anotherDistanceOrUser) {
        isCaught = true;
      }
    }
    assertTrue(isCaught, change);
  }

  private static int differences(Model model, long seed) throws Exception {
    return differences(model, seed, SqlScoring.of(model, SqlDialect.DUCKDB, "users"));
  }

  /** Scores users by the program and by DuckDB; returns how many get another persona. */
  private static int differences(Model model, long seed, String sql) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Double[][] rows = new Double[USERS][4];
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE users (\"user id\" INTEGER, \"f \"\"0\"\"\" DOUBLE, \"f \"\"1\"\"\" DOUBLE,"
              + " \"f \"\"2\"\"\" DOUBLE, \"f \"\"3\"\"\" DOUBLE)");
      try (DuckDBAppender appender =
          ((DuckDBConnection) database).createAppender(DuckDBConnection.DEFAULT_SCHEMA, "users")) {
        for (int i = 0; i < USERS; i++) {
          appender.beginRow();
          appender.append(i);
          rows[i] = i % 16 == 0 ? HardUsers.onABorder(random, model) : HardUsers.row(random, model);
          for (int f = 0; f < 4; f++) {
            if (rows[i][f] == null) {
              appender.append((String) null);
            } else {
              appender.append(rows[i][f].doubleValue());
            }
          }
          appender.endRow();
        }
      }
      return compare(model, rows, statement, sql);
    }
  }

  private static int compare(Model model, Double[][] rows, Statement statement, String sql)
      throws SQLException {
    List<Feature> features = ScoringModel.features(model);
    ScoringModel scoring = ScoringModel.of(model, new UserSchema("user id", features, List.of()));
    LloydKernel kernel = new LloydKernel(scoring.centroids());
    int different = 0;
    int next = 0;
    NearestTwo two = new NearestTwo(1);
    double[][] z = new double[4][1];
    try (ResultSet found = statement.executeQuery("SELECT * FROM (" + sql + ") ORDER BY 1")) {
      while (found.next()) {
        int user = found.getInt(1);
        for (; next < user; next++) {
          assertTrue(isRejected(features, rows[next]), () -> "left out: " + List.of(rows));
        }
        assertTrue(!isRejected(features, rows[user]), "accepted");
        next++;
        for (int f = 0; f < 4; f++) {
          z[f][0] = scoring.standardizer().zScore(f, valueOf(rows[user][f], features.get(f)));
        }
        kernel.nearestTwo(z, 0, 1, two);
        boolean same =
            found.getInt("cluster") == scoring.ids()[two.nearest()[0]]
                && found
                    .getString("persona")
                    .equals(model.clusters().get(two.nearest()[0]).persona())
                && (two.second()[0] < 0
                    || found
                        .getString("second_persona")
                        .equals(model.clusters().get(two.second()[0]).persona()));
        if (!same) {
          different++;
          continue;
        }
        double distance = Math.sqrt(two.best()[0]);
        assertEquals(distance, found.getDouble("distance"), 1e-12 * Math.max(1e-3, distance));
      }
    }
    for (; next < rows.length; next++) {
      assertTrue(isRejected(features, rows[next]));
    }
    return different;
  }

  /** What the reader of files makes of a value: NaN is replaced by the standardizer. */
  private static double valueOf(Double value, Feature feature) {
    boolean missing = value == null || value.isNaN();
    return missing ? feature.missing() == MissingPolicy.ZERO ? 0 : Double.NaN : value;
  }

  private static boolean isRejected(List<Feature> features, Double[] row) {
    for (int f = 0; f < row.length; f++) {
      Feature feature = features.get(f);
      boolean missing = row[f] == null || row[f].isNaN();
      if (missing
          ? feature.missing() == MissingPolicy.REJECT
          : row[f] < feature.min()
              || row[f] > feature.max()
              || (feature.transform() == personas.feature.Transform.LOG1P && row[f] <= -1)) {
        return true;
      }
    }
    return false;
  }
}
