package personas.report.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import personas.report.data.ReportData.Rule;
import personas.report.data.ReportSample;

/**
 * Compares coverage and precision of rules with counts of a database, for random tables with
 * missing values, values of every magnitude and names of every kind.
 */
class RuleSqlTest {
  private static final int TABLES = 120;
  private static final int USERS = 150;
  private static final List<String> NAMES =
      List.of(
          "orders",
          "Orders per day",
          "select",
          "a\"b",
          "it's; DROP TABLE users; --",
          "ünï çøde",
          "注文数",
          "100%",
          "x.y",
          "group",
          "_",
          "null");

  private static double value(SplittableRandom random, int cluster, int kind) {
    double noise = random.nextDouble() - 0.5;
    return switch (kind) {
      case 0 -> random.nextInt(3) == 0 ? Double.NaN : 10 * cluster + 14 * noise;
      case 1 -> Math.rint(4 * cluster + 9 * noise);
      case 2 -> (cluster - 1) * Math.pow(10, random.nextInt(616) - 308) * (1 + noise);
      case 3 -> cluster == 0 ? Double.NaN : Double.MIN_VALUE * random.nextInt(9);
      default -> 1e9 + cluster * 1e-3 + noise * 2e-3;
    };
  }

  @Test
  void aDatabaseCountsWhatARulePromises() throws SQLException {
    SplittableRandom random = new SplittableRandom(20261129);
    int checked = 0;
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      for (int table = 0; table < TABLES; table++) {
        int d = 1 + random.nextInt(4);
        List<String> columns = new ArrayList<>();
        while (columns.size() < d) {
          String name = NAMES.get(random.nextInt(NAMES.size()));
          if (!columns.contains(name)) {
            columns.add(name);
          }
        }
        double[][] raw = new double[d][USERS];
        double[][] z = new double[d][USERS];
        int[] clusters = new int[USERS];
        int[] kinds = random.ints(d, 0, 5).toArray();
        for (int i = 0; i < USERS; i++) {
          clusters[i] = random.nextInt(3);
          for (int f = 0; f < d; f++) {
            raw[f][i] = value(random, clusters[i], kinds[f]);
          }
        }
        store(statement, columns, raw, clusters);
        RuleSearch search =
            new RuleSearch(
                new ReportSample(raw, z, clusters, true),
                columns.stream().map(RuleColumn::of).toList());
        for (int cluster = 0; cluster < 3; cluster++) {
          Rule rule = search.find(cluster);
          if (rule != null) {
            check(statement, rule, cluster, "table " + table + ": " + rule);
            checked++;
          }
        }
      }
    }
    assertTrue(checked > TABLES, checked + " rules");
  }

  private static void store(
      Statement statement, List<String> columns, double[][] raw, int[] clusters)
      throws SQLException {
    String declared =
        columns.stream()
            .map(name -> '"' + name.replace("\"", "\"\"") + "\" DOUBLE")
            .collect(Collectors.joining(", "));
    statement.execute("CREATE OR REPLACE TABLE users (cluster INTEGER, " + declared + ")");
    String insert = "INSERT INTO users VALUES (?" + ", ?".repeat(columns.size()) + ")";
    try (PreparedStatement rows = statement.getConnection().prepareStatement(insert)) {
      for (int i = 0; i < clusters.length; i++) {
        rows.setInt(1, clusters[i]);
        for (int f = 0; f < raw.length; f++) {
          rows.setObject(f + 2, Double.isNaN(raw[f][i]) ? null : (Double) raw[f][i]);
        }
        rows.addBatch();
      }
      rows.executeBatch();
    }
  }

  private static void check(Statement statement, Rule rule, int cluster, String what)
      throws SQLException {
    double found = count(statement, rule.sql());
    double right = count(statement, rule.sql() + " AND cluster = " + cluster);
    assertEquals(right / count(statement, "cluster = " + cluster), rule.coverage(), 1e-12, what);
    assertEquals(right / found, rule.precision(), 1e-12, what);
  }

  private static double count(Statement statement, String where) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM users WHERE " + where)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
