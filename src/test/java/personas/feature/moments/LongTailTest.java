package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.UserSchema;

/** Checks which simulated columns get the logarithm by {@code transform: auto}. */
class LongTailTest {
  private static final int USERS = 4_000;

  private final SplittableRandom random = new SplittableRandom(19);

  @Test
  void amountsOfMoneyGetTheLogarithm() {
    expect(Transform.LOG1P, "exponential with 1.2 times its tail", () -> spend(1.2));
    for (double sigma : new double[] {0.8, 1, 1.5, 2.5}) {
      expect(Transform.LOG1P, "log-normal " + sigma, () -> 300 * Math.exp(sigma * normal()));
    }
    expect(
        Transform.LOG1P,
        "amounts of which a quarter is 0",
        () -> random.nextInt(4) == 0 ? 0 : Math.rint(300 * Math.exp(normal())));
  }

  @Test
  void symmetricColumnsAndGroupsDoNot() {
    expect(Transform.NONE, "normal", () -> Math.abs(100 + 10 * normal()));
    expect(Transform.NONE, "uniform", () -> random.nextDouble());
    expect(Transform.NONE, "half of a normal", () -> Math.abs(normal()));
    expect(Transform.NONE, "gamma of shape 4", () -> spend(1) + spend(1) + spend(1) + spend(1));
    for (int share : new int[] {15, 20, 33, 50}) {
      expect(
          Transform.NONE,
          "two groups, " + share + " % with large values",
          () -> Math.abs(random.nextInt(100) < share ? 1000 + 50 * normal() : 100 + 20 * normal()));
    }
    expect(Transform.NONE, "skewed, with a debt", () -> Math.exp(normal()) - 0.1);
  }

  @Test
  void aColumnOfTwoValuesNeverGetsTheLogarithm() {
    for (int share : new int[] {1, 2, 5, 10, 50, 99}) {
      expect(Transform.NONE, share + " % yes", () -> random.nextInt(100) < share ? 1 : 0);
      expect(Transform.NONE, share + " % 1e6", () -> random.nextInt(100) < share ? 1e6 : -0.0);
    }
    expect(Transform.NONE, "constant", () -> 7);
  }

  @Test
  void oneExtremeUserMakesNoTail() {
    double[] values = values(() -> 100 + 10 * normal());
    values[0] = 500;
    assertEquals(Transform.NONE, chosen(values), "one value of 5 times the mean");
  }

  /** Whales are a few, but their values would decide everything. */
  @Test
  void aFewThousandfoldUsersGetTheLogarithm() {
    double[] values = values(() -> 100 + 10 * normal());
    Arrays.fill(values, 0, 4, 100_000);
    assertEquals(Transform.LOG1P, chosen(values));
  }

  @Test
  void theUnitOfTheAmountsDoesNotMatter() {
    double[] amounts = values(() -> 300 * Math.exp(normal()));
    for (double unit : new double[] {1, 100, 1e9, 1e290}) {
      assertEquals(
          Transform.LOG1P, chosen(Arrays.stream(amounts).map(v -> v * unit).toArray()), "" + unit);
    }
    double[] largest = values(() -> Double.MAX_VALUE * random.nextDouble());
    assertEquals(Transform.NONE, chosen(largest), "near the largest double");
  }

  private void expect(Transform expected, String shape, DoubleSupplier next) {
    for (int seed = 0; seed < 5; seed++) {
      assertEquals(expected, chosen(values(next)), shape);
    }
  }

  private double[] values(DoubleSupplier next) {
    return DoubleStream.generate(next).limit(USERS).toArray();
  }

  /** Exponentially distributed, its tail above the mean stretched by a factor. */
  private double spend(double factor) {
    double value = -Math.log(1 - random.nextDouble());
    return value < 1 ? value : 1 + (value - 1) * factor;
  }

  private double normal() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** The choice for a column, counted in three parts. */
  private static Transform chosen(double[] values) {
    UserSchema schema =
        new UserSchema("id", List.of(Feature.of("spend").with(Transform.AUTO)), List.of());
    Moments all = new Moments(1);
    for (int part = 0; part < 3; part++) {
      int from = values.length * part / 3;
      double[] some = Arrays.copyOfRange(values, from, values.length * (part + 1) / 3);
      Moments moments = new Moments(1);
      moments.add(schema, new double[][] {some}, some.length);
      all.merge(moments);
    }
    return all.withChosenTransforms(schema).features().get(0).transform();
  }
}
