package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that the report of a table with missing values agrees with a database, in which a missing
 * value is NULL.
 */
class MissingValuesTest {
  private static final int USERS = 3_000;
  private static final List<String> FEATURES = List.of("orders", "spend", "visits");

  @TempDir Path folder;

  /** Two groups; 35% have no spend, and hardly anyone of the second group has visits. */
  private Path table() throws IOException {
    Random random = new Random(20261129);
    List<String> lines = new ArrayList<>(List.of("user_id,orders,spend,visits"));
    for (int i = 0; i < USERS; i++) {
      boolean second = i % 3 == 0;
      String orders = String.valueOf((second ? 40 : 8) + random.nextInt(7));
      String spend =
          String.format(Locale.ROOT, "%.2f", (second ? 900 : 300) + 60 * random.nextGaussian());
      String visits = String.valueOf((second ? 2 : 30) + random.nextInt(9));
      lines.add(
          String.join(
              ",",
              "u" + i,
              orders,
              random.nextDouble() < 0.35 ? "" : spend,
              second && random.nextDouble() < 0.9 ? "" : visits));
    }
    return Files.write(folder.resolve("users.csv"), lines);
  }

  @Test
  void theReportAgreesWithSqlOnTheRawTable() throws IOException, SQLException {
    Path input = table();
    StringBuilder spec =
        new StringBuilder("name: missing values\ninput:\n  id: user_id\nfeatures:\n");
    FEATURES.forEach(name -> spec.append("  - {name: " + name + ", missing: mean}\n"));
    Path specFile =
        Files.writeString(folder.resolve("spec.yaml"), spec + "clustering: {k: 2}\nprivacy: off\n");
    Path output = folder.resolve("out");
    Run.segment(output, "--input=" + input, "--spec=" + specFile).succeeded();
    JsonNode report = new ObjectMapper().readTree(output.resolve("report.json").toFile());
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE users AS SELECT u.*, a.cluster FROM read_csv('"
              + input
              + "') u JOIN read_csv('"
              + output.resolve("assignments-*.csv")
              + "') a USING (user_id)");
      for (int f = 0; f < FEATURES.size(); f++) {
        checkFeature(statement, report.get("features").get(f), FEATURES.get(f));
        for (JsonNode persona : report.get("personas")) {
          checkPersona(statement, persona, f);
        }
      }
      for (JsonNode persona : report.get("personas")) {
        checkRule(statement, persona);
      }
      checkModel(statement, output);
    }
  }

  private static double number(Statement statement, String expression, String where)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT " + expression + " FROM users WHERE " + where)) {
      assertTrue(rows.next());
      return rows.getDouble(1);
    }
  }

  private static void checkFeature(Statement statement, JsonNode feature, String name)
      throws SQLException {
    String all = "true";
    near(number(statement, "avg(" + name + ")", all), feature.get("mean"), name);
    near(number(statement, "median(" + name + ")", all), feature.get("median"), name);
    near(number(statement, "stddev_pop(" + name + ")", all), feature.get("sigma"), name);
    near(
        number(statement, "1 - count(" + name + ") / count(*)", all), feature.get("missing"), name);
  }

  private static void checkPersona(Statement statement, JsonNode persona, int f)
      throws SQLException {
    String name = FEATURES.get(f);
    String own = "cluster = " + persona.get("id");
    String what = persona.get("name") + " " + name;
    near(number(statement, "avg(" + name + ")", own), persona.get("mean").get(f), what);
    near(number(statement, "median(" + name + ")", own), persona.get("median").get(f), what);
    near(number(statement, "stddev_pop(" + name + ")", own), persona.get("sigma").get(f), what);
    near(
        number(statement, "1 - count(" + name + ") / count(*)", own),
        persona.get("missing").get(f),
        what);
  }

  private static void checkRule(Statement statement, JsonNode persona) throws SQLException {
    String rule = persona.get("rule").get("sql").textValue();
    String own = "cluster = " + persona.get("id");
    double found = number(statement, "count(*)", rule);
    double right = number(statement, "count(*)", rule + " AND " + own);
    near(right / number(statement, "count(*)", own), persona.get("rule").get("coverage"), rule);
    near(right / found, persona.get("rule").get("precision"), rule);
  }

  /** The model says how many users of a cluster have no value, and its means are of the others. */
  private static void checkModel(Statement statement, Path output)
      throws IOException, SQLException {
    JsonNode model = new ObjectMapper().readTree(output.resolve("model.json").toFile());
    for (JsonNode cluster : model.get("clusters")) {
      String own = "cluster = " + cluster.get("id");
      for (int f = 0; f < FEATURES.size(); f++) {
        String name = FEATURES.get(f);
        near(number(statement, "avg(" + name + ")", own), cluster.get("rawMean").get(f), name);
        near(
            number(statement, "count(*) - count(" + name + ")", own),
            cluster.get("missing").get(f),
            name);
      }
    }
  }

  private static void near(double expected, JsonNode found, String what) {
    assertEquals(expected, found.doubleValue(), 1e-9 * Math.max(1, Math.abs(expected)), what);
  }
}
