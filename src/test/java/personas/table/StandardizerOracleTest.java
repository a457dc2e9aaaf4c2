package personas.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.moments.FeatureScale;
import personas.feature.moments.Moments;
import personas.feature.moments.Standardizer;
import personas.math.ArbitraryDoubles;
import personas.math.ArbitraryDoubles.Kind;
import personas.math.Grid;
import personas.math.Oracle;

class StandardizerOracleTest {
  private static final long SEED = 31;
  private static final double NONE = Double.NaN;

  private static UserSchema schema(Transform transform) {
    Feature feature =
        new ColumnFeature(
            "visits", transform, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE);
    return new UserSchema("id", List.of(feature), List.of());
  }

  private static Standardizer of(Transform transform, double... raw) {
    Moments moments = new Moments(1);
    moments.add(schema(transform), new double[][] {raw}, raw.length);
    return Standardizer.of(moments, schema(transform));
  }

  private static double[] zScores(Standardizer standardizer, double... raw) {
    return Arrays.stream(raw).map(value -> standardizer.zScore(0, value)).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void meanAndDeviationAreTheExactOnesRounded(Kind kind) {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    for (int n : new int[] {1, 2, 3, 1_500}) {
      double[] raw = some.column(kind, n);
      Standardizer standardizer = of(Transform.NONE, raw);
      String where = kind + ", " + n + " users, seed " + SEED;
      Oracle oracle = Oracle.of(raw);
      Oracle.assertNearest(standardizer.mean(0), oracle.sum(), n, where);
      oracle.assertIsDeviation(standardizer.deviation(0), n, where);
      assertEquals(standardizer.deviation(0) == 0, standardizer.isConstant(0), where);
      double most = Math.sqrt(n - 1.0) + 1e-3;
      for (double z : zScores(standardizer, raw)) {
        // A deviation of few bits, among subnormals, bounds z less sharply.
        assertTrue(Math.abs(z) <= most * 2, where + ": z " + z);
      }
    }
  }

  @Test
  void ordinaryColumnsAgreeWithCommonsMath() {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    for (Transform transform : List.of(Transform.NONE, Transform.LOG1P)) {
      double[] raw = some.column(Kind.DECIMAL, 2_000);
      double[] transformed =
          transform == Transform.NONE ? raw : Arrays.stream(raw).map(Math::log1p).toArray();
      double mean = new Mean().evaluate(transformed);
      double deviation = new StandardDeviation(false).evaluate(transformed);
      Standardizer standardizer = of(transform, raw);
      assertEquals(mean, standardizer.mean(0), 1e-12 * Math.abs(mean));
      assertEquals(deviation, standardizer.deviation(0), 1e-12 * deviation);
      for (int i = 0; i < raw.length; i++) {
        double z = (transformed[i] - mean) / deviation;
        assertEquals(z, standardizer.zScore(0, raw[i]), 0x1p-25 + 1e-12, "seed " + SEED);
      }
    }
  }

  @Test
  void aSmallSpreadOnALargeOffsetIsKept() {
    double[] raw = new double[1_000];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = 1e9 + (i % 2 == 0 ? 1e-3 : -1e-3);
    }
    Standardizer standardizer = of(Transform.NONE, raw);
    // Doubles near 1e9 are 1.2e-7 apart, so the column's own deviation is 1e-3 to within that.
    assertEquals((raw[0] - raw[1]) / 2, standardizer.deviation(0));
    assertArrayEquals(new double[] {1, -1}, zScores(standardizer, raw[0], raw[1]));
  }

  @Test
  void theExtremesOfTheDoublesAreStandardized() {
    double[] wanted = {-Math.sqrt(1.5), 0, Math.sqrt(1.5)};
    for (double unit : new double[] {1e300, 1e-200, 1e-300, 0x1p-1050, 0x1p1022 / 3}) {
      double[] raw = {unit, 2 * unit, 3 * unit};
      double[] z = zScores(of(Transform.NONE, raw), raw);
      assertArrayEquals(wanted, z, 1e-6, () -> "unit " + unit);
    }
    double most = Double.MAX_VALUE;
    double[] raw = {most, -most, -most};
    double[] z = zScores(of(Transform.NONE, raw), raw);
    assertArrayEquals(new double[] {Math.sqrt(2), -Math.sqrt(0.5), -Math.sqrt(0.5)}, z, 1e-7);
  }

  @Test
  void aConstantColumnIsZeroEverywhere() {
    for (double value : new double[] {0, 0.1, 1e300, Double.MIN_VALUE}) {
      Standardizer standardizer = of(Transform.NONE, value, value, NONE, value);
      assertTrue(standardizer.isConstant(0));
      assertEquals(0, standardizer.deviation(0));
      assertEquals(value, standardizer.mean(0));
      assertArrayEquals(new double[3], zScores(standardizer, value, 77, NONE));
    }
  }

  @Test
  void columnsThatDifferInTheLeastBitAreNotConstant() {
    Standardizer standardizer = of(Transform.NONE, 0, Double.MIN_VALUE);
    assertFalse(standardizer.isConstant(0));
    Standardizer offset = of(Transform.NONE, 1e300, 1e300, Math.nextUp(1e300));
    assertFalse(offset.isConstant(0));
  }

  @Test
  void aColumnWithoutAnyValueIsConstantZero() {
    for (Transform transform : Transform.values()) {
      for (double[] raw : new double[][] {{}, {NONE}, {NONE, NONE}}) {
        Standardizer standardizer = of(transform, raw);
        assertTrue(standardizer.isConstant(0));
        assertEquals(0, standardizer.mean(0));
        assertEquals(0, standardizer.imputedValue(0));
        assertEquals(0, standardizer.zScore(0, NONE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingValuesCountAsTheRawMean(Transform transform) {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    double[] raw = some.withMissing(some.column(Kind.DECIMAL, 1_500), 4);
    Oracle present = Oracle.of(raw);
    long count = Arrays.stream(raw).filter(value -> !Double.isNaN(value)).count();
    Standardizer standardizer = of(transform, raw);
    double imputed = standardizer.imputedValue(0);
    Oracle.assertNearest(imputed, present.sum(), count, "seed " + SEED);

    double[] filled = Arrays.stream(raw).map(v -> Double.isNaN(v) ? imputed : v).toArray();
    Standardizer ofFilled = of(transform, filled);
    assertEquals(ofFilled.mean(0), standardizer.mean(0), "seed " + SEED);
    assertEquals(ofFilled.deviation(0), standardizer.deviation(0), "seed " + SEED);
    assertArrayEquals(zScores(ofFilled, filled), zScores(standardizer, raw), "seed " + SEED);
  }

  @Test
  void aKnownColumnHasTheDeviationsOfScikitLearn() {
    // StandardScaler on SimpleImputer of [2, 4, 4, 4, 5, 5, 7, 9, nan]: 5 and sqrt(32 / 9).
    Standardizer standardizer = of(Transform.NONE, 2, 4, 4, 4, 5, 5, 7, 9, NONE);
    assertEquals(5, standardizer.mean(0));
    assertEquals(Math.sqrt(32.0 / 9), standardizer.deviation(0), 1e-15);
    assertEquals(0, standardizer.zScore(0, NONE));
  }

  @Test
  void aPartOfAColumnIsStandardizedOntoTheGrid() {
    double[] raw = new ArbitraryDoubles(SEED).column(Kind.DECIMAL, 100);
    Standardizer standardizer = of(Transform.LOG1P, raw);
    double[] part = new double[10];
    standardizer.standardize(0, raw, 30, 40, part);
    for (int i = 0; i < part.length; i++) {
      assertEquals(standardizer.zScore(0, raw[30 + i]), part[i]);
      assertEquals(Grid.round(part[i]), part[i]);
    }
    double[][] columns = standardizer.standardizeRows(new double[][] {{raw[30]}, {raw[31]}});
    assertArrayEquals(Arrays.copyOf(part, 2), columns[0]);
  }

  @Test
  void usersBeyondASavedModelGoToTheBorderOfTheGrid() {
    Standardizer saved =
        Standardizer.of(schema(Transform.NONE), List.of(FeatureScale.of(-1e308, 1, 0)));
    assertEquals(Grid.LARGEST, saved.zScore(0, 1.7e308));
    assertEquals(Grid.LARGEST, saved.zScore(0, 0));
    assertEquals(-Grid.LARGEST, saved.zScore(0, -1.7e308));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "LOG1P"})
  void aSavedModelStandardizesBitForBit(Transform transform) throws Exception {
    ArbitraryDoubles some = new ArbitraryDoubles(SEED);
    double[] raw = some.withMissing(some.column(Kind.DECIMAL, 500), 10);
    Standardizer fresh = of(transform, raw);
    Standardizer saved =
        Standardizer.of(
            schema(transform),
            List.of(FeatureScale.of(fresh.mean(0), fresh.deviation(0), fresh.imputedValue(0))));
    assertArrayEquals(zScores(fresh, raw), zScores(saved, raw));
    assertEquals(fresh, saved);
    assertEquals(fresh.hashCode(), saved.hashCode());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(fresh);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(fresh, in.readObject());
    }
  }

  @Test
  void valuesThatTheTransformDoesNotTakeAreNamed() {
    Standardizer standardizer = of(Transform.LOG1P, 1, 2);
    for (double raw : new double[] {-1, -2}) {
      String wanted = "visits: " + raw + " is not above -1";
      assertMessage(wanted, () -> standardizer.zScore(0, raw));
      assertMessage(wanted, () -> of(Transform.LOG1P, 1, raw));
    }
    Standardizer plain = of(Transform.NONE, 1, 2);
    assertMessage(
        "visits: Infinity is not finite", () -> plain.zScore(0, Double.POSITIVE_INFINITY));
    assertMessage(
        "scales: 0 for 1 features", () -> Standardizer.of(schema(Transform.NONE), List.of()));
    assertMessage(
        "deviation 0.0 and unit 1.0: a constant feature has unit 0",
        () -> new FeatureScale(0, 0, 1, 0, null));
  }

  private static void assertMessage(String wanted, Runnable refused) {
    assertEquals(wanted, assertThrows(IllegalArgumentException.class, refused::run).getMessage());
  }
}
