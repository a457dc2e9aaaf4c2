package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;

/** Which columns {@code transform: auto} takes the logarithm of. */
class HeavySkewTest {
  private static final int USERS = 5_000;

  private static Transform chosen(Feature feature, double[] column) {
    UserSchema schema = new UserSchema(null, List.of(feature), List.of());
    Moments moments = new Moments(1);
    moments.add(schema, new double[][] {column}, column.length);
    return Standardizer.of(moments, schema).schema().features().get(0).transform();
  }

  private static Transform chosen(double[] column) {
    return chosen(open(Winsorizing.AUTO, null), column);
  }

  private static Feature open(Winsorizing winsorize, FeatureType type) {
    return new Feature(
        "x",
        Transform.AUTO,
        MissingPolicy.MEAN,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        winsorize,
        type,
        Set.of(),
        null,
        null);
  }

  private static double[] column(int users, int seed, ToDoubleFunction<Random> draw) {
    Random random = new Random(seed);
    double[] column = new double[users];
    Arrays.setAll(column, i -> draw.applyAsDouble(random));
    return column;
  }

  /** Shapes of columns, with the transform that each should get. */
  private enum Shape {
    EXPONENTIAL(Transform.LOG1P),
    LOG_NORMAL_07(Transform.LOG1P),
    LOG_NORMAL_1(Transform.LOG1P),
    MANY_ZEROS_AND_A_TAIL(Transform.LOG1P),
    WHALES(Transform.LOG1P),
    BELL(Transform.NONE),
    EVEN(Transform.NONE),
    LOG_NORMAL_03(Transform.NONE),
    TWO_GROUPS(Transform.NONE),
    SMALL_COUNTS(Transform.NONE),
    RARE_FLAG(Transform.NONE),
    TWO_VALUES(Transform.NONE),
    NEGATIVE(Transform.NONE);

    private final Transform expected;

    Shape(Transform expected) {
      this.expected = expected;
    }

    private double draw(Random random) {
      return switch (this) {
        case EXPONENTIAL -> -1_000 * StrictMath.log(1 - random.nextDouble());
        case LOG_NORMAL_07 -> StrictMath.exp(7 + 0.7 * random.nextGaussian());
        case LOG_NORMAL_1 -> StrictMath.exp(7 + random.nextGaussian());
        case MANY_ZEROS_AND_A_TAIL ->
            random.nextInt(3) == 0 ? StrictMath.exp(5 + random.nextGaussian()) : 0;
        case WHALES -> (50 + 10 * random.nextDouble()) * (random.nextInt(500) == 0 ? 1_000 : 1);
        case BELL -> 100 + 10 * random.nextGaussian();
        case EVEN -> 100 * random.nextDouble();
        case LOG_NORMAL_03 -> StrictMath.exp(7 + 0.3 * random.nextGaussian());
        case TWO_GROUPS ->
            random.nextInt(5) == 0
                ? 2_300 + 400 * random.nextGaussian()
                : 100 + 20 * random.nextGaussian();
        case SMALL_COUNTS -> random.nextInt(5);
        case RARE_FLAG -> random.nextInt(100) == 0 ? 1 : 0;
        case TWO_VALUES -> random.nextInt(100) == 0 ? 5_000.5 : 1.25;
        case NEGATIVE -> StrictMath.exp(2 * random.nextGaussian()) - 0.5;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void tailsGetTheLogarithmAndGroupsAndFlagsDoNot(Shape shape) {
    for (int seed = 0; seed < 10; seed++) {
      double[] column = column(USERS, seed, shape::draw);
      assertEquals(shape.expected, chosen(column), shape + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theUnitOfTheValuesDoesNotDecide(Shape shape) {
    double[] column = column(USERS, 3, shape::draw);
    for (double factor : new double[] {0x1p-30, 0.5, 4, 0x1p30}) {
      double[] scaled = Arrays.stream(column).map(value -> factor * value).toArray();
      assertEquals(shape.expected, chosen(scaled), shape + " times " + factor);
    }
  }

  @ParameterizedTest
  @EnumSource
  void winsorizingDoesNotChangeTheChoice(Shape shape) {
    double[] column = column(USERS, 4, shape::draw);
    for (Winsorizing winsorize : List.of(Winsorizing.NONE, new Winsorizing(0.95))) {
      assertEquals(shape.expected, chosen(open(winsorize, null), column), shape.toString());
    }
  }

  /** Log-normal amounts of 440 customers whose deviation is 0.9 to 2 times the mean. */
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.9, 1.0, 1.1, 1.2})
  void spendColumnsGetTheLogarithm(double spread) {
    NormalDistribution normal = new NormalDistribution();
    double[] spend = new double[440];
    Arrays.setAll(
        spend,
        i ->
            Math.rint(Math.exp(8 + spread * normal.inverseCumulativeProbability((i + 0.5) / 440))));
    double perMean =
        new StandardDeviation(false).evaluate(spend) / Arrays.stream(spend).average().orElseThrow();
    assertTrue(perMean > 0.85 && perMean < 2, "deviation per mean: " + perMean);
    assertEquals(Transform.LOG1P, chosen(spend));
  }

  @Test
  void aBooleanIsNeverTransformed() {
    double[] flag = column(USERS, 1, Shape.RARE_FLAG::draw);
    flag[0] = Double.NaN;
    assertEquals(Transform.NONE, chosen(open(Winsorizing.AUTO, FeatureType.BOOLEAN), flag));
  }

  /** A spread of 30% of the mean is not skewed, and one record does not make it so. */
  @Test
  void oneLargerRecordDoesNotDecide() {
    double[] column = column(60, 2, random -> 100 + 10 * random.nextGaussian());
    column[30] = 400;
    assertEquals(Transform.NONE, chosen(column));
  }

  @Test
  void aTableOfAFewRecordsIsNotTransformed() {
    for (int n = 1; n <= 3; n++) {
      assertEquals(Transform.NONE, chosen(Arrays.copyOf(new double[] {1, 2, 4}, n)));
    }
  }
}
