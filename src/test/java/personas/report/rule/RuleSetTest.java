package personas.report.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import personas.feature.CategoryLevel;
import personas.feature.shard.UserSample;
import personas.report.data.ReportData.RuleSet;
import personas.report.data.ReportData.SetRule;
import personas.report.data.ReportSample;
import personas.report.data.RuleSettings;
import personas.text.sql.SqlDialect;

/** Checks that a set of rules covers each user once and has the accuracy that it states. */
class RuleSetTest {
  private static final List<String> NAMES = List.of("Light", "it's \\ \"regular\"", "größte");
  private static final List<String> PLANS = List.of("free", "pro's", "a\\b");

  /** A table of users with a number, a yes or no and a category, all with missing values. */
  private static final class Users {
    final List<Object[]> rows = new ArrayList<>();
    final double[][] raw;
    final int[] clusters;
    final List<RuleFeature> features = new ArrayList<>();

    Users(int seed, int n, SqlDialect dialect) {
      SplittableRandom random = new SplittableRandom(seed);
      features.add(number("select", "visits", 3.5, dialect));
      features.add(number("amount", "amount", Double.NaN, dialect));
      features.add(
          new RuleFeature(new RuleColumn.Booleans("active", dialect), "active", null, 1, true));
      boolean missingIsLevel = seed % 2 == 0;
      for (CategoryLevel level : CategoryLevel.of("my plan", PLANS, missingIsLevel)) {
        features.add(
            new RuleFeature(
                new RuleColumn.Category(level, missingIsLevel, dialect),
                "plan",
                null,
                missingIsLevel
                    ? (level.isOfMissing() ? 1 : 0)
                    : (level.level().equals("free") ? 1 : 0),
                true));
      }
      raw = new double[features.size()][n];
      clusters = new int[n];
      for (int i = 0; i < n; i++) {
        add(i, random, missingIsLevel);
      }
    }

    private static RuleFeature number(
        String name, String label, double missing, SqlDialect dialect) {
      return new RuleFeature(new RuleColumn.Numbers(name, dialect), label, null, missing, true);
    }

    private void add(int i, SplittableRandom random, boolean missingIsLevel) {
      int cluster = random.nextInt(3);
      Double visits =
          random.nextInt(4) == 0 ? null : (Double) Math.rint(random.nextInt(9) + 3.0 * cluster);
      double amount = 1e3 * random.nextGaussian() * (1 + cluster);
      Integer active =
          random.nextInt(5) == 0 ? null : (Integer) (random.nextInt(4) < cluster ? 1 : 0);
      String plan =
          switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "unheard of";
            default -> PLANS.get((cluster + random.nextInt(2)) % 3);
          };
      clusters[i] = cluster;
      raw[0][i] = visits == null ? Double.NaN : visits;
      raw[1][i] = amount;
      raw[2][i] = active == null ? Double.NaN : active;
      for (int f = 3; f < features.size(); f++) {
        CategoryLevel level = ((RuleColumn.Category) features.get(f).column()).level();
        boolean has =
            plan == null
                ? level.isOfMissing()
                : level.isOfOthers() ? !PLANS.contains(plan) : level.level().equals(plan);
        raw[f][i] = plan == null && !missingIsLevel ? Double.NaN : has ? 1 : 0;
      }
      rows.add(new Object[] {i, visits, amount, active, plan});
    }

    ReportSample sample() {
      return new ReportSample(raw, new double[raw.length][clusters.length], clusters, true);
    }

    RuleSet rules(int depth, SqlDialect dialect) {
      return new RuleSetBuilder(sample(), features, 3).build(depth, NAMES, dialect);
    }
  }

  private static void store(Statement statement, Users users) throws SQLException {
    statement.execute(
        "CREATE OR REPLACE TABLE users (i INTEGER, \"select\" DOUBLE, amount DOUBLE, active INTEGER,"
            + " \"my plan\" VARCHAR)");
    List<String> rows = new ArrayList<>();
    for (Object[] row : users.rows) {
      List<String> cells = new ArrayList<>();
      for (Object cell : row) {
        cells.add(
            cell instanceof String text
                ? "'" + text.replace("'", "''") + "'"
                : String.valueOf(cell));
      }
      rows.add("(" + String.join(", ", cells) + ")");
    }
    statement.execute("INSERT INTO users VALUES " + String.join(", ", rows));
  }

  /** DuckDB takes the SQL of PostgreSQL and standard SQL, too. */
  @ParameterizedTest
  @NullSource
  @EnumSource(names = {"DUCKDB", "POSTGRES"})
  void aDatabaseGivesEachUserTheSamePersonaByOneRule(SqlDialect dialect) throws SQLException {
    int asked = 0;
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      for (int seed = 1; seed <= 8; seed++) {
        Users users = new Users(seed, 400, dialect);
        RuleSet set = users.rules(1 + seed % 4, dialect);
        store(statement, users);
        String matching = sum(set.rules(), "CASE WHEN %s THEN 1 ELSE 0 END");
        int[][] confusion = new int[3][3];
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT i, " + matching + ", " + set.sql() + " FROM users ORDER BY i")) {
          for (int i = 0; rows.next(); i++) {
            assertEquals(1, rows.getInt(2), "user " + i + " of " + set);
            int given = NAMES.indexOf(rows.getString(3));
            if (RuleSetBuilder.isHeldOut(i)) {
              confusion[users.clusters[i]][given]++;
            }
            asked++;
          }
        }
        check(set, confusion);
      }
    }
    assertEquals(8 * 400, asked);
  }

  private static String sum(List<SetRule> rules, String term) {
    return String.join(
        " + ", rules.stream().map(rule -> term.formatted("(" + rule.sql() + ")")).toList());
  }

  /** The accuracies that a database counts are those of the report. */
  private static void check(RuleSet set, int[][] confusion) {
    int users = Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    int right = IntStream.range(0, 3).map(j -> confusion[j][j]).sum();
    assertEquals(users, set.heldOutUsers());
    assertEquals(right / (double) users, set.accuracy(), 1e-12);
    assertEquals(1, set.rules().stream().mapToDouble(SetRule::share).sum(), 1e-12);
    for (int j = 0; j < 3; j++) {
      int own = Arrays.stream(confusion[j]).sum();
      int persona = j;
      int found = Arrays.stream(confusion).mapToInt(row -> row[persona]).sum();
      assertEquals(own, set.personas().get(j).users());
      assertEquals(confusion[j][j] / (double) own, set.personas().get(j).coverage(), 1e-12);
      Double precision = set.personas().get(j).precision();
      assertEquals(found == 0 ? null : (Double) (confusion[j][j] / (double) found), precision);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aParserReadsTheRulesOfEveryDatabase(SqlDialect dialect) throws Exception {
    RuleSet set = new Users(2, 400, dialect).rules(4, dialect);
    boolean isEscaped = dialect != SqlDialect.POSTGRES && dialect != SqlDialect.DUCKDB;
    String sql = "SELECT " + set.sql() + " AS persona FROM users";
    CCJSqlParserUtil.parse(sql, parser -> parser.withBackslashEscapeCharacter(isEscaped));
    String plan = dialect.column("my plan");
    assertTrue(sql.contains(plan), sql);
    assertEquals(dialect.lowerCase(), set.dialect());
  }

  @Test
  void namesAndTextsAreQuotedAsEachDatabaseWantsIt() {
    String mysql = new Users(2, 400, SqlDialect.MYSQL).rules(4, SqlDialect.MYSQL).sql();
    assertTrue(mysql.contains("`my plan` = 'pro\\'s'") || mysql.contains("'a\\\\b'"), mysql);
    assertTrue(mysql.contains("CAST(`active` AS SIGNED) = 1"), mysql);
    assertTrue(mysql.contains("THEN 'it\\'s \\\\ \"regular\"'"), mysql);
    String bigquery = new Users(2, 400, SqlDialect.BIGQUERY).rules(4, SqlDialect.BIGQUERY).sql();
    assertTrue(bigquery.contains("CAST(`active` AS INT64) = 1"), bigquery);
  }

  /** Right for most users of the training: by all trees of one and of two questions. */
  @Test
  void noTreeOfTwoQuestionsIsRightForMoreUsers() {
    for (int seed = 1; seed <= 25; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = 60;
      double[][] values = new double[3][n];
      int[] clusters = new int[n];
      for (int i = 0; i < n; i++) {
        clusters[i] = random.nextInt(3);
        for (int f = 0; f < 3; f++) {
          values[f][i] = random.nextInt(5) + (f == 0 ? clusters[i] : f == 1 ? -clusters[i] : 0);
        }
      }
      SplitBins bins = new SplitBins(values, clusters, 3);
      int[] all = IntStream.range(0, n).toArray();
      for (int depth = 1; depth <= 2; depth++) {
        RuleNode tree = new TreeSearch(bins, clusters, 3).find(depth);
        int right = 0;
        for (int i = 0; i < n; i++) {
          right += tree.leafOf(values, i).persona() == clusters[i] ? 1 : 0;
        }
        assertEquals(best(values, clusters, all, depth), right, "seed " + seed + ", " + depth);
      }
    }
  }

  /** The oracle: every question to every side, without a table of counts. */
  private static int best(double[][] values, int[] clusters, int[] users, int depth) {
    int best = 0;
    for (int j = 0; j < 3; j++) {
      int cluster = j;
      best = Math.max(best, (int) Arrays.stream(users).filter(i -> clusters[i] == cluster).count());
    }
    for (double[] column : depth == 0 ? new double[0][] : values) {
      for (double t : Arrays.stream(column).distinct().toArray()) {
        int[] below = Arrays.stream(users).filter(i -> column[i] < t).toArray();
        int[] atLeast = Arrays.stream(users).filter(i -> column[i] >= t).toArray();
        if (Math.min(below.length, atLeast.length) >= TreeSearch.MIN_USERS) {
          best =
              Math.max(
                  best,
                  best(values, clusters, below, depth - 1)
                      + best(values, clusters, atLeast, depth - 1));
        }
      }
    }
    return best;
  }

  @Test
  void theOrderOfTheUsersAndOfTheirFilesDoesNotMatter() {
    int n = 500;
    List<double[]> users = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < n; i++) {
      users.add(new double[] {random.nextInt(1 << 30), random.nextDouble(), random.nextInt(40)});
    }
    List<String> seen = new ArrayList<>();
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(users, new Random(order));
      UserSample whole = new UserSample(400, 2);
      for (int from = 0; from < n; from += 125) {
        UserSample part = new UserSample(400, 2);
        for (double[] user : users.subList(from, from + 125)) {
          part.add((long) user[0] << 20, new double[][] {{user[1]}, {user[2]}}, 0);
        }
        whole.merge(part);
      }
      double[][] rows = whole.rows();
      double[][] raw = new double[2][rows.length];
      int[] clusters = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        raw[0][i] = rows[i][0];
        raw[1][i] = rows[i][1];
        clusters[i] = (int) (3 * rows[i][0] + rows[i][1] / 20) % 3;
      }
      List<RuleFeature> features =
          List.of(
              new RuleFeature(RuleColumn.of("a"), "a", "km", Double.NaN, false),
              new RuleFeature(RuleColumn.of("b"), "b", null, Double.NaN, false));
      ReportSample sample = new ReportSample(raw, raw, clusters, true);
      seen.add(new RuleSetBuilder(sample, features, 3).build(3, NAMES, null).toString());
    }
    assertEquals(Collections.nCopies(3, seen.get(0)), seen);
  }

  @Test
  void saysARoundThresholdWithItsUnit() {
    double[][] raw = new double[1][90];
    int[] clusters = new int[90];
    for (int i = 0; i < 90; i++) {
      clusters[i] = i / 30;
      raw[0][i] = 1000 * clusters[i] + i * 3.77;
    }
    RuleFeature feature =
        new RuleFeature(RuleColumn.of("last order"), "Last order", "days ago", Double.NaN, false);
    ReportSample sample = new ReportSample(raw, raw, clusters, true);
    RuleSet set = new RuleSetBuilder(sample, List.of(feature), 3).build(2, NAMES, null);
    assertEquals(1.0, set.accuracy());
    assertEquals(3, set.rules().size());
    String words = set.rules().get(2).words();
    assertTrue(words.matches("Last order at least [12],\\d00 days ago"), words);
    assertTrue(
        set.rules().get(1).words().matches("Last order from .* to below .* days ago"),
        set::toString);
  }

  @Test
  void onePersonaNeedsNoRules() {
    double[][] raw = {{1, 2, 3}};
    ReportSample sample = new ReportSample(raw, raw, new int[3], true);
    RuleFeature feature = new RuleFeature(RuleColumn.of("a"), "a", null, Double.NaN, false);
    assertNull(new RuleSetBuilder(sample, List.of(feature), 1).build(3, List.of("all"), null));
  }

  @Test
  void theDefaultDepthHasARuleForEachPersona() {
    assertEquals(3, RuleSettings.DEFAULT.depthFor(2));
    assertEquals(3, RuleSettings.DEFAULT.depthFor(8));
    assertEquals(4, RuleSettings.DEFAULT.depthFor(9));
    assertEquals(4, RuleSettings.DEFAULT.depthFor(16));
    assertEquals(2, new RuleSettings(2, null).depthFor(16));
  }
}
