package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.Winsorizing;
import personas.math.ArbitraryDoubles;
import personas.math.ArbitraryDoubles.Kind;

class QuantileSketchTest {
  private static final long SEED = 77;

  private static QuantileSketch of(Transform transform, double... raw) {
    QuantileSketch buckets = new QuantileSketch(transform);
    buckets.addAll(Feature.of("x").with(transform), raw, 0, raw.length);
    return buckets;
  }

  private static byte[] bytes(QuantileSketch buckets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    buckets.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** Values that a transform takes. */
  private static double[] column(Kind kind, Transform transform, int n) {
    double[] column = new ArbitraryDoubles(SEED).column(kind, n);
    return transform == Transform.NONE
        ? column
        : Arrays.stream(column).map(value -> value > -1 ? value : Math.abs(value)).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void anyOrderAndSplitGivesTheSameBytes(Kind kind) throws IOException {
    for (Transform transform : List.of(Transform.NONE, Transform.LOG1P)) {
      double[] raw = column(kind, transform, 2_000);
      String where = kind + ", " + transform + ", seed " + SEED;
      byte[] whole = bytes(of(transform, raw));
      Random random = new Random(SEED);
      for (int i = raw.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double kept = raw[i];
        raw[i] = raw[j];
        raw[j] = kept;
      }
      QuantileSketch merged = new QuantileSketch(transform);
      for (int from = raw.length, to = from; from > 0; to = from) {
        from = Math.max(0, to - 1 - random.nextInt(700));
        merged.merge(of(transform, Arrays.copyOfRange(raw, from, to)));
      }
      assertArrayEquals(whole, bytes(merged), where);
    }
  }

  /** The definition: what a column has that was limited value by value before all else. */
  @ParameterizedTest
  @EnumSource
  void aScaleWithLimitsMatchesTheLimitedValues(Kind kind) {
    for (Transform transform : List.of(Transform.NONE, Transform.LOG1P)) {
      for (double quantile : new double[] {0.6, 0.9, 0.99}) {
        double[] raw = column(kind, transform, 1_000);
        raw[17] = Double.NaN;
        Feature feature =
            new ColumnFeature(
                    "x", transform, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE)
                .with(new Winsorizing(quantile));
        Standardizer standardizer = standardizer(feature, raw);
        ValueLimits limits = standardizer.limits(0);
        if (limits == null) {
          assertEquals(
              standardizer(Feature.of("x").with(transform), raw).mean(0), mean(feature, raw));
          continue;
        }
        double[] limited = Arrays.stream(raw).map(limits::winsorized).toArray();
        limited[17] = limits.winsorized(standardizer.imputedValue(0));
        Standardizer plain = standardizer(Feature.of("x").with(transform), limited);
        String where = kind + ", " + transform + ", " + quantile + ", seed " + SEED;
        assertEquals(plain.mean(0), standardizer.mean(0), where);
        assertEquals(plain.deviation(0), standardizer.deviation(0), where);
        for (int i = 0; i < raw.length; i++) {
          assertEquals(plain.zScore(0, limited[i]), standardizer.zScore(0, raw[i]), where);
        }
      }
    }
  }

  private static double mean(Feature feature, double[] raw) {
    return standardizer(feature, raw).mean(0);
  }

  private static Standardizer standardizer(Feature feature, double... raw) {
    UserSchema schema = new UserSchema(null, List.of(feature), List.of());
    Moments moments = new Moments(1);
    moments.add(schema, new double[][] {raw}, raw.length);
    return Standardizer.of(moments, schema);
  }

  @ParameterizedTest
  @EnumSource
  void limitsLieWithinASixtyFourthOfTheQuantiles(Kind kind) {
    double[] raw = column(kind, Transform.NONE, 3_001);
    double[] sorted = Arrays.stream(raw).map(value -> value + 0.0).sorted().toArray();
    for (double quantile : new double[] {0.5, 0.75, 0.9, 0.99, 0.999}) {
      ValueLimits limits = of(Transform.NONE, raw).limits(quantile);
      if (limits != null) {
        int rank = (int) Math.ceil(quantile * raw.length);
        String where = kind + ", " + quantile + ", seed " + SEED + ": " + limits;
        checkLimit(limits.upper(), sorted[rank - 1], where);
        checkLimit(limits.lower(), sorted[raw.length - rank], where);
        assertEquals(Arrays.stream(sorted).filter(v -> v > limits.upper()).count(), limits.above());
        assertEquals(Arrays.stream(sorted).filter(v -> v < limits.lower()).count(), limits.below());
        assertTrue(limits.above() <= raw.length - rank && limits.below() <= raw.length - rank);
        assertTrue(Arrays.binarySearch(sorted, limits.upper()) >= 0, where);
        assertTrue(Arrays.binarySearch(sorted, limits.lower()) >= 0, where);
      }
    }
  }

  private static void checkLimit(double limit, double exact, String where) {
    double off = Math.abs(limit / 2 - exact / 2) * 2;
    assertTrue(off <= Math.max(Math.abs(exact) / 64, Double.MIN_NORMAL), where + ", " + exact);
  }

  @Test
  void smallWholeNumbersHaveTheirExactQuantiles() {
    double[] raw = new double[1_000];
    Arrays.setAll(raw, i -> i % 100);
    assertEquals(new ValueLimits(1, 98, 10, 10), of(Transform.LOG1P, raw).limits(0.985));
  }

  @Test
  void aFeatureIsNeverMadeConstant() {
    double[] rare = new double[1_000];
    rare[5] = 1;
    assertNull(of(Transform.NONE, rare).limits(0.99));
    assertNull(of(Transform.NONE, 4, 4, 4).limits(0.99));
    assertNull(of(Transform.NONE).limits(0.99));
    rare[6] = 1;
    rare[7] = 2;
    assertNull(of(Transform.NONE, rare).limits(0.99));
    assertNotNull(of(Transform.NONE, rare).limits(0.999));
  }

  @Test
  void fewUsersAreNotLimited() {
    double[] raw = new double[100];
    Arrays.setAll(raw, i -> Math.pow(1.5, i));
    assertEquals(1, of(Transform.NONE, raw).limits(0.99).above());
    assertNull(of(Transform.NONE, Arrays.copyOf(raw, 99)).limits(0.99));
  }

  @Test
  void whatATransformDoesNotTakeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> of(Transform.LOG1P, 1, -1));
    assertThrows(
        IllegalArgumentException.class, () -> of(Transform.NONE, Double.POSITIVE_INFINITY));
  }
}
