package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.shard.UserSample;
import personas.math.Grid;

/** Compares the standardizer with Commons Math, and checks numerically difficult columns. */
class StandardizerTest {

  private static UserSchema schema(Feature... features) {
    return new UserSchema("id", List.of(features), List.of());
  }

  private static Standardizer standardizer(UserSchema schema, double[]... columns) {
    Moments moments = new Moments(columns.length);
    moments.add(schema, columns, columns[0].length);
    return Standardizer.of(moments, schema);
  }

  @Test
  void agreesWithCommonsMath() {
    Random random = new Random(5);
    double[] column = random.doubles(3000, 0, 500).toArray();
    Standardizer standardizer = standardizer(schema(Feature.of("a")), column);
    double mean = new Mean().evaluate(column);
    double deviation = new StandardDeviation(false).evaluate(column);
    assertEquals(mean, standardizer.mean(0), 1e-10);
    assertEquals(deviation, standardizer.deviation(0), 1e-10);
    double[] z = new double[column.length];
    standardizer.standardize(0, column, 0, column.length, z);
    for (int i = 0; i < z.length; i++) {
      assertEquals((column[i] - mean) / deviation, z[i], 0x1p-24);
      assertEquals(Grid.round(z[i]), z[i], "on the grid");
    }
  }

  @Test
  void theModeOfACategoryIsItsFirstMostFrequentLevel() {
    List<Feature> levels = new ArrayList<>();
    for (CategoryLevel level : CategoryLevel.of("plan", List.of("a", "b", "c"), false)) {
      levels.add(new LevelFeature(level, MissingPolicy.MODE, null, FeatureWords.NONE));
    }
    UserSchema schema = schema(levels.toArray(Feature[]::new));
    double none = Double.NaN;
    // Users of a, b, b, c, c and nothing.
    double[] a = {1, 0, 0, 0, 0, none};
    double[] b = {0, 1, 1, 0, 0, none};
    double[] c = {0, 0, 0, 1, 1, none};
    double[] other = {0, 0, 0, 0, 0, none};
    Standardizer standardizer = standardizer(schema, a, b, c, other);
    assertArrayEquals(
        new double[] {0, 1, 0, 0},
        IntStream.range(0, 4).mapToDouble(standardizer::imputedValue).toArray());
    assertEquals(0.5, standardizer.mean(1), "3 of 6 users count as b");
  }

  @Test
  void aLargeMeanWithASmallSpreadKeepsItsDeviation() {
    double[] column = new double[1000];
    for (int i = 0; i < column.length; i++) {
      column[i] = 1e9 + (i % 2 == 0 ? 1e-3 : -1e-3);
    }
    Standardizer standardizer = standardizer(schema(Feature.of("a")), column);
    assertEquals((column[0] - column[1]) / 2, standardizer.deviation(0), 1e-18);
    assertEquals(1, standardizer.zScore(0, column[0]), 1e-3);
  }

  @Test
  void aConstantFeatureIsZero() {
    Standardizer standardizer = standardizer(schema(Feature.of("a")), new double[] {7.3, 7.3, 7.3});
    assertTrue(standardizer.isConstant(0));
    assertEquals(0, standardizer.zScore(0, 7.3));
  }

  @Test
  void missingValuesCountAsTheMean() {
    Feature filled =
        new ColumnFeature("a", Transform.LOG1P, MissingPolicy.MEAN, 0, Double.MAX_VALUE);
    double[] column = {1, Double.NaN, 5, 9, Double.NaN};
    double[] imputed = {1, 5, 5, 9, 5};
    Standardizer standardizer = standardizer(schema(filled), column);
    Standardizer expected = standardizer(schema(filled), imputed);
    assertEquals(5, standardizer.imputedValue(0));
    assertEquals(expected.mean(0), standardizer.mean(0));
    assertEquals(expected.deviation(0), standardizer.deviation(0));
    assertEquals(expected.zScore(0, 5), standardizer.zScore(0, Double.NaN));
  }

  @Test
  void aSavedStandardizerGivesTheSameBits() {
    UserSchema schema = schema(Feature.of("a"));
    double[] column = new Random(8).doubles(500, -3, 90).toArray();
    Standardizer trained = standardizer(schema, column);
    Standardizer saved =
        Standardizer.of(
            schema,
            List.of(
                FeatureScale.of(trained.mean(0), trained.deviation(0), trained.imputedValue(0))));
    double[] expected = new double[500];
    double[] z = new double[500];
    trained.standardize(0, column, 0, 500, expected);
    saved.standardize(0, column, 0, 500, z);
    assertArrayEquals(expected, z);
    assertEquals(trained, saved);
  }

  @Test
  void samplesMergeInAnyOrder() {
    double[][] columns = {new Random(4).doubles(1000).toArray()};
    UserSample whole = new UserSample(50, 1);
    UserSample left = new UserSample(50, 1);
    UserSample right = new UserSample(50, 1);
    for (int row = 0; row < 1000; row++) {
      long hash = personas.math.Hashing.mix(1, row % 900);
      whole.add(hash, columns, row);
      (row % 3 == 0 ? left : right).add(hash, columns, row);
    }
    UserSample other = new UserSample(50, 1);
    other.merge(right);
    other.merge(left);
    left.merge(right);
    assertEquals(whole, left);
    assertEquals(whole, other);
    assertEquals(50, whole.size());
  }
}
