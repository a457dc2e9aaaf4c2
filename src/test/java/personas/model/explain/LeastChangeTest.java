package personas.model.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.feature.moments.FeatureScale;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.model.explain.RandomModel.Kind;

/** Checks that a suggested change moves the user, keeps the rules and is the shortest one. */
class LeastChangeTest {
  private static final List<List<Kind>> MODELS =
      List.of(
          List.of(Kind.PLAIN, Kind.PLAIN, Kind.FIXED),
          List.of(Kind.LOGARITHM, Kind.LOGARITHM, Kind.PLAIN),
          List.of(Kind.LIMITED, Kind.LIMITED, Kind.LOGARITHM, Kind.FIXED),
          List.of(Kind.WHOLE, Kind.WHOLE, Kind.WHOLE),
          List.of(Kind.WHOLE, Kind.WHOLE_LOGARITHM, Kind.BOOLEAN, Kind.PLAIN),
          List.of(Kind.CATEGORY, Kind.BOOLEAN, Kind.FIXED),
          List.of(Kind.CATEGORY, Kind.PLAIN, Kind.WHOLE, Kind.FIXED),
          List.of(Kind.CATEGORY, Kind.CATEGORY, Kind.LOGARITHM, Kind.LIMITED),
          List.of(Kind.PLAIN, Kind.LOGARITHM, Kind.LIMITED, Kind.FIXED, Kind.PLAIN, Kind.PLAIN),
          List.of(Kind.FIXED, Kind.PLAIN, Kind.FIXED));

  private static final int USERS_PER_MODEL = 10_000;

  /** Two thousandths: one for the search of whole numbers, one for the rounding. */
  private static final double TOLERANCE = 0.002;

  private static double[] change(RandomModel model, LeastChange changes, double[] user) {
    return changes.find(user, model.zScores(user), model.nearestTwo(user)[1]);
  }

  private static LeastChange changes(RandomModel model) {
    return new LeastChange(model.standardizer, model.centroids, model.rules);
  }

  @Test
  void theChangeGivesTheSecondPersonaAndKeepsTheRules() {
    for (int m = 0; m < MODELS.size(); m++) {
      RandomModel model = new RandomModel(m, 2 + m % 4, MODELS.get(m));
      LeastChange changes = changes(model);
      int found = 0;
      for (int i = 0; i < USERS_PER_MODEL; i++) {
        double[] user = model.user();
        double[] changed = change(model, changes, user);
        if (changed != null) {
          found++;
          assertEquals(model.nearestTwo(user)[1], model.nearestTwo(changed)[0], "model " + m);
          assertKeepsRules(model, user, changed);
        }
      }
      assertTrue(found > USERS_PER_MODEL / 5, "model " + m + ": " + found);
    }
  }

  private static void assertKeepsRules(RandomModel model, double[] user, double[] changed) {
    double levels = 0;
    for (int f = 0; f < user.length; f++) {
      Feature feature = model.standardizer.schema().features().get(f);
      levels += feature instanceof LevelFeature ? changed[f] : 0;
      if (Double.compare(user[f], changed[f]) == 0) {
        continue;
      }
      ChangeRule rule = model.rules.get(f);
      assertTrue(rule.isActionable(), feature.name());
      assertTrue(rule.lowest() <= changed[f] && changed[f] <= rule.highest(), feature.name());
      assertTrue(!rule.isWhole() || changed[f] == Math.rint(changed[f]), feature.name());
      assertTrue(
          !(feature instanceof LevelFeature indicator)
              || !indicator.level().isOfOthers()
              || changed[f] == 0);
    }
    double present = 0;
    for (int f = 0; f < user.length; f++) {
      present +=
          model.standardizer.schema().features().get(f).type() == FeatureType.CATEGORY
              ? user[f]
              : 0;
    }
    assertEquals(present, levels);
  }

  @Test
  void almostTheChangeOfContinuousFeaturesDoesNotMoveTheUser() {
    int checked = 0;
    for (int m : new int[] {0, 1, 2, 8, 9}) {
      RandomModel model = new RandomModel(m, 2 + m % 4, MODELS.get(m));
      LeastChange changes = changes(model);
      for (int i = 0; i < USERS_PER_MODEL; i++) {
        double[] user = model.user();
        double[] changed = change(model, changes, user);
        if (changed == null || model.distance(user, changed) < 0x1p-10) {
          continue;
        }
        double[] almost = user.clone();
        for (int f = 0; f < user.length; f++) {
          if (Double.compare(user[f], changed[f]) != 0) {
            double from = Double.isNaN(user[f]) ? model.standardizer.imputedValue(f) : user[f];
            almost[f] = from + 0.999 * (changed[f] - from);
          }
        }
        assertNotEquals(model.nearestTwo(user)[1], model.nearestTwo(almost)[0], "model " + m);
        checked++;
      }
    }
    assertTrue(checked > 20_000, "" + checked);
  }

  @Test
  void noPointOfAGridIsNearer() {
    List<List<Kind>> models =
        List.of(
            List.of(Kind.PLAIN, Kind.FIXED),
            List.of(Kind.LOGARITHM, Kind.LIMITED, Kind.FIXED),
            List.of(Kind.PLAIN, Kind.LIMITED, Kind.PLAIN),
            List.of(Kind.WHOLE, Kind.WHOLE, Kind.FIXED),
            List.of(Kind.WHOLE, Kind.WHOLE_LOGARITHM, Kind.WHOLE),
            List.of(Kind.BOOLEAN, Kind.WHOLE, Kind.PLAIN));
    int moved = 0;
    int stayed = 0;
    for (int m = 0; m < models.size() * 4; m++) {
      RandomModel model = new RandomModel(100 + m, 3 + m % 3, models.get(m % models.size()));
      LeastChange changes = changes(model);
      for (int i = 0; i < 12; i++) {
        double[] user = model.user();
        double[] changed = change(model, changes, user);
        double least = leastOnGrid(model, user, model.nearestTwo(user)[1]);
        if (changed == null) {
          assertEquals(Double.POSITIVE_INFINITY, least, "model " + m + ", user " + i);
          stayed++;
        } else {
          double found = model.distance(user, changed);
          assertTrue(
              found <= least * (1 + TOLERANCE),
              "model " + m + ", user " + i + ": " + found + " is above " + least);
          moved++;
        }
      }
    }
    assertTrue(moved > 100 && stayed > 3, moved + " moved, " + stayed + " stayed");
  }

  /** The distance of the nearest allowed point of a grid that the kernel gives the cluster. */
  private static double leastOnGrid(RandomModel model, double[] user, int cluster) {
    List<double[]> values = new ArrayList<>();
    for (int f = 0; f < user.length; f++) {
      values.add(values(model, user, f));
    }
    double least = Double.POSITIVE_INFINITY;
    int[] places = new int[user.length];
    double[] candidate = user.clone();
    while (true) {
      for (int f = 0; f < user.length; f++) {
        candidate[f] = values.get(f)[places[f]];
      }
      double distance = model.distance(user, candidate);
      if (distance < least && model.nearestTwo(candidate)[0] == cluster) {
        least = distance;
      }
      int f = 0;
      while (f < user.length && ++places[f] == values.get(f).length) {
        places[f++] = 0;
      }
      if (f == user.length) {
        return least;
      }
    }
  }

  /** The allowed values of a feature that lie at most four units away: 41 of them, or all whole. */
  private static double[] values(RandomModel model, double[] user, int f) {
    ChangeRule rule = model.rules.get(f);
    List<Double> values = new ArrayList<>(List.of(user[f]));
    double z = model.standardizer.zScore(f, user[f]);
    for (int i = -20; i <= 20 && rule.isActionable(); i++) {
      double value =
          model
              .standardizer
              .schema()
              .features()
              .get(f)
              .transform()
              .invert(model.standardizer.mean(f) + (z + i / 5.0) * model.standardizer.unit(f));
      value = rule.isWhole() ? Math.rint(value) : value;
      value = Math.max(rule.lowest(), Math.min(rule.highest(), value));
      if (!values.contains(value)) {
        values.add(value);
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void aTieBelongsToTheLowerCluster() {
    assertEquals(6, wholeNumberBetween(0, 10, 1));
    assertEquals(5, wholeNumberBetween(10, 0, 0));
  }

  /** The whole number that moves a user from 2 to another cluster of a line. */
  private static double wholeNumberBetween(double first, double second, int target) {
    Feature feature =
        new ColumnFeature(
            "visits",
            Transform.NONE,
            MissingPolicy.REJECT,
            0,
            100,
            Winsorizing.NONE,
            null,
            Set.of(),
            null,
            new FeatureWords(null, null, null, true));
    Standardizer standardizer =
        Standardizer.of(
            new UserSchema("id", List.of(feature), List.of()), List.of(FeatureScale.of(0, 1, 0)));
    Centroids centroids = Centroids.of(2, 1, new double[] {first, second});
    List<ChangeRule> rules = List.of(ChangeRule.of(feature, List.of(0.0, 10.0)));
    return new LeastChange(standardizer, centroids, rules)
        .find(new double[] {2}, new double[] {2}, target)[0];
  }

  @Test
  void withoutAnActionableFeatureNothingIsSuggested() {
    RandomModel model = new RandomModel(1, 3, List.of(Kind.FIXED, Kind.FIXED));
    double[] user = model.user();
    assertNull(change(model, changes(model), user));
  }
}
