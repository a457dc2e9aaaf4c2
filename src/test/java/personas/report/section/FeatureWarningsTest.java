package personas.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.report.data.Axis;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportSample;
import personas.report.statistic.SampleStatistics;
import personas.spec.Privacy;

/** Checks each warning of features with a faulty column and a similar column without the fault. */
class FeatureWarningsTest {
  private static final int USERS = 1_000;

  private static double[] column(IntToDoubleFunction value) {
    return IntStream.range(0, USERS).mapToDouble(value).toArray();
  }

  private static double[] bell(int seed, double mean, double deviation) {
    Random random = new Random(seed);
    return column(i -> mean + deviation * random.nextGaussian());
  }

  /** Standardized as a run does it, without a transform. */
  private static double[] standardized(double[] raw) {
    double[] present = Arrays.stream(raw).filter(value -> !Double.isNaN(value)).toArray();
    double mean = Arrays.stream(present).map(value -> value / present.length).sum();
    double sigma = present.length == 0 ? 0 : SampleStatistics.sigma(present);
    return Arrays.stream(raw)
        .map(value -> Double.isNaN(value) || sigma == 0 ? 0 : value / sigma - mean / sigma)
        .toArray();
  }

  private static Feature feature(String name, double explained, boolean constant) {
    Axis axis = Axis.linear(0, 1);
    return new Feature(
        name, name, "none", constant, 0.0, 0.0, 0.0, 1.0, explained, axis, null, false, false, null,
        null);
  }

  private static List<Warning> warnings(String name, double[]... columns) {
    return warnings(name, 0.5, true, columns);
  }

  /** The last column has the name, the others are named f0, f1 and so on. */
  private static List<Warning> warnings(
      String name, double explained, boolean whole, double[]... columns) {
    int d = columns.length;
    double[][] z =
        Arrays.stream(columns).map(FeatureWarningsTest::standardized).toArray(double[][]::new);
    int[] clusters = IntStream.range(0, columns[0].length).map(i -> i % 2).toArray();
    List<Feature> features =
        IntStream.range(0, d)
            .mapToObj(
                f -> feature(f == d - 1 ? name : "f" + f, f == d - 1 ? explained : 0.5, false))
            .toList();
    return FeatureWarnings.of(
        new ReportSample(columns, z, clusters, whole), features, 2, Privacy.OFF);
  }

  private static void assertOne(String kind, String text, List<Warning> warnings) {
    assertEquals(List.of(new Warning(kind, text)), warnings);
  }

  @Test
  void warnsOfAnId() {
    double[] ids = column(i -> 1_000_000 + (i * 7_919L) % 10_007);
    List<Warning> warnings = warnings("customer_id", bell(1, 50, 10), ids);
    assertEquals(1, warnings.size(), warnings.toString());
    assertEquals("id_as_feature", warnings.get(0).kind());
    assertTrue(
        warnings
            .get(0)
            .text()
            .startsWith(
                "customer_id looks like an id: the name is typical of ids, and the values of 1,000 of"
                    + " 1,000 users are different whole numbers, such as 100"),
        warnings.toString());
    assertEquals(List.of(), warnings("seconds", bell(1, 50, 10), ids), "not named like an id");
    assertEquals(
        List.of(), warnings("customer_id", column(i -> i % 200)), "users share the values");
    assertEquals(List.of(), warnings("customer_id", bell(1, 50, 10)), "not whole numbers");
  }

  @Test
  void warnsOfTheEarlierFeatureWithTheStrongestCorrelation() {
    double[] spend = bell(2, 300, 60);
    double[] error = bell(3, 0, 1);
    double[] near = column(i -> 0.9 * spend[i] + 20 * error[i]);
    double[] copy = column(i -> -0.9 * spend[i] + 5 * error[i]);
    List<Warning> warnings = warnings("refund", near, spend, copy);
    assertEquals(
        List.of("correlated_features", "correlated_features"),
        warnings.stream().map(Warning::kind).toList());
    assertTrue(
        warnings
            .get(0)
            .text()
            .startsWith("f0 and f1 carry nearly the same information (correlation 0.9"));
    assertTrue(
        warnings
            .get(1)
            .text()
            .startsWith("f1 and refund carry nearly the same information (correlation -0.99"),
        warnings.toString());
  }

  @Test
  void doesNotWarnOfACorrelationThatOneExtremeUserMakes() {
    double[] one = bell(4, 0, 1);
    double[] other = bell(5, 0, 1);
    one[9] = 60;
    other[9] = 60;
    assertTrue(
        warnings("x", one, other).stream().noneMatch(w -> w.kind().equals("correlated_features")));
  }

  @Test
  void warnsOfANearlyConstantFeature() {
    assertOne(
        "near_constant",
        "beta is nearly constant: the value is 0 for 993 of 1,000 users. Remove it from features, or"
            + " list it under describe.",
        warnings("beta", column(i -> i % 150 == 0 ? 1 + i : 0)));
    assertEquals(List.of(), warnings("beta", column(i -> i % 50 == 0 ? 1 : 0)), "2% are enough");
  }

  @Test
  void warnsOfAFeatureWithoutInfluence() {
    assertOne(
        "no_influence",
        "The segments hardly differ in noise: they explain 0.4% of the variance. Remove noise from"
            + " features, or list it under describe.",
        warnings("noise", 0.004, true, bell(6, 5, 1)));
    assertEquals(List.of(), warnings("noise", 0.03, true, bell(6, 5, 1)));
  }

  @Test
  void warnsOfASentinelWithTheRangeOfTheOtherValues() {
    double[] ages = column(i -> i % 100 == 0 ? -999 : 18 + i % 73);
    assertOne(
        "far_value",
        "age is -999 for 10 of 1,000 users, far outside the other values (18 to 90). The value"
            + " stretches the scale. If it stands for a missing value, list it in input.missing."
            + " Otherwise, set min or max.",
        warnings("age", ages));
    double[] months = column(i -> i % 3 == 0 ? 9_999 : 1 + i % 72);
    assertTrue(warnings("months", months).get(0).text().startsWith("months is 9999 for 334 of"));
    double[] largest = column(i -> i == 500 ? 1e308 : 1 + i % 72);
    assertTrue(warnings("n", largest).get(0).text().startsWith("n is 1e308 for 1 of"));
  }

  @Test
  void warnsOfSentinelsOnBothSides() {
    double[] values = column(i -> i % 40 == 0 ? -1e308 : i % 40 == 1 ? 1e308 : i % 89);
    assertEquals(
        List.of("v is -1e308 for 25", "v is 1e308 for 25"),
        warnings("v", values).stream()
            .map(w -> w.text().substring(0, w.text().indexOf(" of")))
            .toList());
  }

  @Test
  void aLongTailIsNotASentinel() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      double[] spend = column(i -> StrictMath.exp(5 + random.nextGaussian()));
      assertEquals(List.of(), warnings("spend", spend), "seed " + seed);
    }
  }

  @Test
  void aGroupFarFromTheOthersIsNotASentinel() {
    double[] calls = bell(7, 100, 20);
    for (int i = 0; i < 100; i++) {
      calls[i] = 30_000 + 10 * calls[i];
    }
    assertEquals(List.of(), warnings("calls", calls));
  }

  @Test
  void warnsOfAScaleThatUsersOutsideTheSampleStretch() {
    double[] raw = bell(8, 50, 10);
    double[] z = column(i -> (raw[i] - 50) / 10 * 0.004);
    List<Warning> warnings =
        FeatureWarnings.of(
            new ReportSample(new double[][] {raw}, new double[][] {z}, new int[USERS], false),
            List.of(feature("spend", 0.5, false)),
            2,
            Privacy.OFF);
    assertEquals(List.of("far_value"), warnings.stream().map(Warning::kind).toList());
    assertTrue(warnings.get(0).text().contains("the sample is only 0.4% of"), "" + warnings);
  }

  @Test
  void missingValuesAreNotValues() {
    double[] values = bell(9, 50, 10);
    for (int i = 0; i < 400; i++) {
      values[i] = Double.NaN;
    }
    assertEquals(List.of(), warnings("spend", bell(10, 3, 1), values));
    assertEquals(List.of(), warnings("spend", column(i -> Double.NaN)));
  }

  @Test
  void theOrderOfTheUsersChangesNoWarning() {
    double[][] faults = {
      bell(11, 300, 60),
      column(i -> i % 100 == 0 ? -999 : 18 + i % 73),
      column(i -> i % 150 == 0 ? 1 : 0),
      column(i -> 5_000 + i)
    };
    List<Warning> warnings = warnings("member_no", faults);
    assertEquals(3, warnings.size(), warnings.toString());
    double[][] reversed =
        Arrays.stream(faults)
            .map(fault -> column(i -> fault[USERS - 1 - i]))
            .toArray(double[][]::new);
    assertEquals(warnings, warnings("member_no", reversed));
  }

  @Test
  void aFewUsersGiveNoWarning() {
    double[] ids = IntStream.range(0, 49).mapToDouble(i -> i).toArray();
    assertEquals(List.of(), warnings("id", ids, ids));
  }
}
