package personas.report.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.report.data.ReportData.Rule;
import personas.report.data.ReportSample;
import personas.text.sql.SqlIdentifier;

/** Checks that a rule, run as SQL, has the coverage and precision that it states. */
class RuleSearchTest {
  private static boolean holds(String sql, List<String> columns, ReportSample sample, int user) {
    for (String condition : sql.split(" AND ", -1)) {
      String[] parts = condition.split(" ", -1);
      int feature = columns.indexOf(parts[0]);
      int side = new BigDecimal(sample.raw(feature, user)).compareTo(new BigDecimal(parts[2]));
      if (parts[1].equals(">=") ? side < 0 : side > 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkPromise(Rule rule, List<String> columns, ReportSample sample, int own) {
    int found = 0;
    int right = 0;
    int users = 0;
    for (int i = 0; i < sample.size(); i++) {
      boolean mine = sample.cluster(i) == own;
      boolean holds = holds(rule.sql(), columns, sample, i);
      users += mine ? 1 : 0;
      found += holds ? 1 : 0;
      right += mine && holds ? 1 : 0;
    }
    assertEquals(right / (double) users, rule.coverage(), 1e-12, rule.sql());
    assertEquals(right / (double) found, rule.precision(), 1e-12, rule.sql());
  }

  @Test
  void coverageAndPrecisionMatchTheSql() {
    for (int seed = 1; seed <= 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = 300;
      double[][] raw = new double[3][n];
      int[] clusters = new int[n];
      for (int i = 0; i < n; i++) {
        clusters[i] = random.nextInt(3);
        for (int f = 0; f < 3; f++) {
          double value = (clusters[i] * (f - 1) * 2 + random.nextGaussian()) * 37;
          raw[f][i] = seed % 2 == 0 ? Math.rint(value) : value;
        }
      }
      ReportSample sample = new ReportSample(raw, raw, clusters, true);
      List<String> columns = List.of("a", "b", "c");
      for (int own = 0; own < 3; own++) {
        Rule rule = new RuleSearch(sample, columns.stream().map(RuleColumn::of).toList()).find(own);
        assertNotNull(rule, "seed " + seed);
        assertTrue(rule.sql().split(" AND ", -1).length <= 3, rule.sql());
        assertTrue(rule.coverage() > 0.5 && rule.precision() > 0.5, seed + " " + rule);
        checkPromise(rule, columns, sample, own);
      }
    }
  }

  @Test
  void findsARoundThresholdThatSeparatesTwoPersonas() {
    double[][] raw = {{1, 7, 12, 31.7, 1203.4, 1377.1, 2120, 5000}};
    int[] clusters = {0, 0, 0, 0, 1, 1, 1, 1};
    ReportSample sample = new ReportSample(raw, raw, clusters, true);
    RuleSearch search = new RuleSearch(sample, List.of(RuleColumn.of("api_calls_monthly")));
    assertEquals(new Rule("api_calls_monthly >= 1000", 1, 1), search.find(1));
    assertEquals(new Rule("api_calls_monthly <= 1000", 1, 1), search.find(0));
  }

  @Test
  void noUserOrNoOthersGiveNoRule() {
    double[][] raw = {{1, 2, 3}};
    ReportSample sample = new ReportSample(raw, raw, new int[] {0, 0, 0}, true);
    assertNull(new RuleSearch(sample, List.of(RuleColumn.of("a"))).find(0));
    assertNull(new RuleSearch(sample, List.of(RuleColumn.of("a"))).find(1));
  }

  @ParameterizedTest
  @CsvSource({
    "api_calls, api_calls",
    "select, \"select\"",
    "Api, \"Api\"",
    "2x, \"2x\"",
    "a b, \"a b\"",
    "'x\"; DROP TABLE users; --', '\"x\"\"; DROP TABLE users; --\"'"
  })
  void columnsAreQuotedWhereSqlWantsIt(String name, String sql) {
    assertEquals(sql.replaceAll("^'|'$", ""), SqlIdentifier.column(name));
  }
}
