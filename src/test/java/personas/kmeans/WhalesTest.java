package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.data.Feature;
import personas.data.MissingPolicy;
import personas.data.Moments;
import personas.data.Standardizer;
import personas.data.Transform;
import personas.data.UserSchema;

/**
 * Five log-normal features, in each 0.1 % of the values a thousand times as large. Users that are
 * so in all features at once are a segment also on the logarithmic scale.
 */
class WhalesTest {
  private static final int USERS = 10_000;
  private static final int FEATURES = 5;

  @Test
  void makeNoSegmentOfTheirOwnWhereTheTransformIsAuto() {
    for (long seed = 0; seed < 5; seed++) {
      double share = smallestShare(whales(seed), Transform.AUTO, 3);
      assertTrue(share >= 0.01, "seed " + seed + ": " + share);
    }
  }

  @Test
  void areASegmentWhereRawValuesAreClustered() {
    double share = smallestShare(whales(0), Transform.NONE, 3);
    assertTrue(share < 0.01, "nothing to prevent: " + share);
  }

  @Test
  void theTransformIsChosenFromAllUsersInAnyOrderAndSplit() {
    double[][] columns = whales(7);
    Standardizer whole = standardizer(columns, Transform.AUTO, USERS);
    assertEquals(standardizer(columns, Transform.LOG1P, USERS), whole);
    for (double[] column : columns) {
      List<Double> shuffled = new ArrayList<>(Arrays.stream(column).boxed().toList());
      Collections.shuffle(shuffled, new Random(3));
      for (int i = 0; i < USERS; i++) {
        column[i] = shuffled.get(i);
      }
    }
    assertEquals(whole, standardizer(columns, Transform.AUTO, 333));
  }

  @Test
  void aNegativeValueOrAnEvenColumnKeepsRawValues() {
    double[][] negative = whales(1);
    for (double[] column : negative) {
      column[USERS - 1] = -0.5;
    }
    assertEquals(
        standardizer(negative, Transform.NONE, USERS), standardizer(negative, Transform.AUTO, 777));
    double[][] even = new double[FEATURES][USERS];
    for (double[] column : even) {
      Arrays.setAll(column, i -> i % 100);
    }
    assertEquals(
        standardizer(even, Transform.NONE, USERS), standardizer(even, Transform.AUTO, 777));
  }

  private static double[][] whales(long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[FEATURES][USERS];
    for (int i = 0; i < USERS; i++) {
      for (double[] column : columns) {
        column[i] = StrictMath.exp(random.nextGaussian()) * (random.nextInt(1000) == 0 ? 1000 : 1);
      }
    }
    return columns;
  }

  /** In parts of {@code part} users, merged from the last to the first. */
  private static Standardizer standardizer(double[][] columns, Transform transform, int part) {
    UserSchema schema = schema(transform);
    Moments moments = new Moments(FEATURES);
    for (int from = (USERS - 1) / part * part; from >= 0; from -= part) {
      int start = from;
      int rows = Math.min(part, USERS - from);
      double[][] cut =
          IntStream.range(0, FEATURES)
              .mapToObj(f -> Arrays.copyOfRange(columns[f], start, start + rows))
              .toArray(double[][]::new);
      Moments some = new Moments(FEATURES);
      some.add(schema, cut, rows);
      moments.merge(some);
    }
    return Standardizer.of(moments, schema);
  }

  private static UserSchema schema(Transform transform) {
    return new UserSchema(
        null,
        IntStream.range(0, FEATURES)
            .mapToObj(
                f ->
                    new Feature(
                        "f" + f,
                        transform,
                        MissingPolicy.REJECT,
                        -Double.MAX_VALUE,
                        Double.MAX_VALUE))
            .toList(),
        List.of());
  }

  private static double smallestShare(double[][] columns, Transform transform, int k) {
    Standardizer standardizer = standardizer(columns, transform, USERS);
    double[][] z = new double[FEATURES][USERS];
    for (int f = 0; f < FEATURES; f++) {
      standardizer.standardize(f, columns[f], 0, USERS, z[f]);
    }
    Centroids centroids = new Seeding(z, USERS).best(k, 42, 16).centroids();
    return Collections.min(Points.pass(z, centroids).users()) / (double) USERS;
  }
}
