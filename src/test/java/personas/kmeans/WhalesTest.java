package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.feature.moments.Moments;
import personas.feature.moments.Standardizer;
import personas.kmeans.seeding.Seeding;

/**
 * Checks five log-normal features with 0.1% whales: users with values a thousand times as large in
 * all features, or single values of this size in each feature.
 */
class WhalesTest {
  private static final int USERS = 6_000;
  private static final int FEATURES = 5;

  /** What a feature has of which a spec says nothing but the name. */
  private static final Feature DEFAULTS = feature(Transform.AUTO, Winsorizing.AUTO);

  @Test
  void makeNoSegmentOfTheirOwnWithTheDefaults() {
    StringBuilder table = new StringBuilder("whales  spread  k  smallest share of 3 seeds\n");
    for (boolean users : new boolean[] {true, false}) {
      for (double spread : new double[] {0.5, 1, 1.5}) {
        for (int k : new int[] {3, 5, 8}) {
          int clusters = k;
          double smallest =
              LongStream.range(0, 3)
                  .parallel()
                  .mapToObj(seed -> whales(users, spread, seed))
                  .mapToDouble(columns -> smallestShare(columns, DEFAULTS, clusters))
                  .min()
                  .orElseThrow();
          String row =
              String.format(
                  Locale.ROOT,
                  "%-6s  %6.1f  %d  %.3f",
                  users ? "users" : "values",
                  spread,
                  k,
                  smallest);
          table.append(row).append('\n');
          assertTrue(smallest >= 0.01, row);
        }
      }
    }
    System.out.println(table);
  }

  @Test
  void whalesAreASegmentIfLogarithmsAreNotLimited() {
    double[][] users = whales(true, 0.5, 0);
    double share = smallestShare(users, feature(Transform.AUTO, Winsorizing.NONE), 3);
    assertTrue(share < 0.01, "nothing to prevent: " + share);
  }

  @Test
  void whalesAreASegmentIfRawValuesAreClustered() {
    double share = smallestShare(whales(false, 1, 0), feature(Transform.NONE, Winsorizing.NONE), 3);
    assertTrue(share < 0.01, "nothing to prevent: " + share);
  }

  @Test
  void theTransformIsChosenFromAllUsersInAnyOrderAndSplit() {
    double[][] columns = whales(false, 1, 7);
    Standardizer whole = standardizer(columns, DEFAULTS, USERS);
    Winsorizing limit = new Winsorizing(Winsorizing.AUTO_QUANTILE);
    Standardizer declared = standardizer(columns, feature(Transform.LOG1P, limit), USERS);
    for (int f = 0; f < FEATURES; f++) {
      assertEquals(Transform.LOG1P, whole.schema().features().get(f).transform());
      assertEquals(declared.limits(f), whole.limits(f));
      assertEquals(declared.mean(f), whole.mean(f));
      assertEquals(declared.deviation(f), whole.deviation(f));
    }
    for (double[] column : columns) {
      List<Double> shuffled = new ArrayList<>(Arrays.stream(column).boxed().toList());
      Collections.shuffle(shuffled, new Random(3));
      for (int i = 0; i < USERS; i++) {
        column[i] = shuffled.get(i);
      }
    }
    assertEquals(whole, standardizer(columns, DEFAULTS, 333));
  }

  @Test
  void aNegativeValueOrAnEvenColumnKeepsRawValues() {
    double[][] negative = whales(false, 1, 1);
    for (double[] column : negative) {
      column[USERS - 1] = -0.5;
    }
    double[][] even = new double[FEATURES][USERS];
    for (double[] column : even) {
      Arrays.setAll(column, i -> i % 100);
    }
    for (double[][] columns : List.of(negative, even)) {
      Standardizer open = standardizer(columns, DEFAULTS, 777);
      Standardizer raw = standardizer(columns, Feature.of("f"), USERS);
      for (int f = 0; f < FEATURES; f++) {
        assertEquals(Transform.NONE, open.schema().features().get(f).transform());
        assertEquals(null, open.limits(f));
        assertEquals(raw.mean(f), open.mean(f));
        assertEquals(raw.deviation(f), open.deviation(f));
      }
    }
  }

  private static double[][] whales(boolean users, double spread, long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[FEATURES][USERS];
    for (int i = 0; i < USERS; i++) {
      boolean user = random.nextInt(1000) == 0;
      for (double[] column : columns) {
        boolean whale = users ? user : random.nextInt(1000) == 0;
        column[i] = StrictMath.exp(spread * random.nextGaussian()) * (whale ? 1000 : 1);
      }
    }
    return columns;
  }

  /** In parts of {@code part} users, merged from the last to the first. */
  private static Standardizer standardizer(double[][] columns, Feature feature, int part) {
    UserSchema schema = schema(feature);
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

  private static Feature feature(Transform transform, Winsorizing winsorize) {
    return new ColumnFeature(
            "f", transform, MissingPolicy.REJECT, -Double.MAX_VALUE, Double.MAX_VALUE)
        .with(winsorize);
  }

  private static UserSchema schema(Feature like) {
    return new UserSchema(
        null,
        IntStream.range(0, FEATURES)
            .<Feature>mapToObj(
                f ->
                    new ColumnFeature(
                            "f" + f, like.transform(), like.missing(), like.min(), like.max())
                        .with(like.winsorize()))
            .toList(),
        List.of());
  }

  private static double smallestShare(double[][] columns, Feature feature, int k) {
    Standardizer standardizer = standardizer(columns, feature, USERS);
    double[][] z = new double[FEATURES][USERS];
    for (int f = 0; f < FEATURES; f++) {
      standardizer.standardize(f, columns[f], 0, USERS, z[f]);
    }
    Centroids centroids = new Seeding(z, USERS).best(k, 42, 16).centroids();
    return Collections.min(Points.pass(z, centroids).users()) / (double) USERS;
  }
}
