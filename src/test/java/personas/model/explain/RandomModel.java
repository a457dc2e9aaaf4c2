package personas.model.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import personas.feature.CategoryLevel;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.Winsorizing;
import personas.feature.moments.FeatureScale;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.NearestTwo;

/** A model of random features and centroids, and random users for it. */
final class RandomModel {
  private static final List<String> LEVELS = List.of("free", "pro", "team");

  final Standardizer standardizer;
  final Centroids centroids;
  final List<ChangeRule> rules = new ArrayList<>();
  private final List<Feature> features = new ArrayList<>();
  private final SplittableRandom random;
  private final double[][] point;
  private final LloydKernel kernel;

  /** The kinds of features. */
  enum Kind {
    PLAIN,
    LOGARITHM,
    LIMITED,
    WHOLE,
    WHOLE_LOGARITHM,
    BOOLEAN,
    CATEGORY,
    FIXED
  }

  RandomModel(long seed, int k, List<Kind> kinds) {
    random = new SplittableRandom(seed);
    List<double[]> scales = new ArrayList<>();
    List<ValueLimits> limits = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      Kind kind = kinds.get(i);
      String name = "f" + i;
      boolean isLimited = kind == Kind.LIMITED;
      if (kind == Kind.CATEGORY) {
        for (CategoryLevel level : CategoryLevel.of(name, LEVELS, false)) {
          add(new LevelFeature(level, MissingPolicy.REJECT, null, words()), scales, 0.3, 0.7);
          limits.add(null);
        }
        continue;
      }
      boolean isLogarithm = kind == Kind.LOGARITHM || kind == Kind.WHOLE_LOGARITHM;
      boolean isBoolean = kind == Kind.BOOLEAN;
      Feature feature =
          new ColumnFeature(
              name,
              isLogarithm ? Transform.LOG1P : Transform.NONE,
              MissingPolicy.MEAN,
              isBoolean ? -Double.MAX_VALUE : 0,
              kind == Kind.PLAIN ? Double.MAX_VALUE : 1000,
              Winsorizing.NONE,
              isBoolean ? FeatureType.BOOLEAN : null,
              Set.of(),
              null,
              kind == Kind.FIXED ? FeatureWords.NONE : words());
      double mean = isBoolean ? 0.4 : isLogarithm ? 3 : 20 + 10 * random.nextDouble();
      double unit = isBoolean ? 0.5 : isLogarithm ? 1.3 : 3 + 10 * random.nextDouble();
      add(feature, scales, mean, unit);
      limits.add(isLimited ? new ValueLimits(mean - 1.25 * unit, mean + 1.5 * unit, 1, 1) : null);
    }
    for (int f = 0; f < features.size(); f++) {
      Kind kind = kinds.get(Integer.parseInt(features.get(f).column().substring(1)));
      boolean isWhole = kind == Kind.WHOLE || kind == Kind.WHOLE_LOGARITHM;
      rules.add(ChangeRule.of(features.get(f), isWhole ? List.of(0.0, 3.0) : List.of(0.5, 3.0)));
    }
    int d = features.size();
    double[] means = scales.stream().mapToDouble(scale -> scale[0]).toArray();
    double[] units = scales.stream().mapToDouble(scale -> scale[1]).toArray();
    List<FeatureScale> scaleOf = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      double imputed = features.get(f).transform().invert(means[f] + 0.1 * units[f]);
      scaleOf.add(new FeatureScale(means[f], units[f], units[f], imputed, limits.get(f)));
    }
    standardizer = Standardizer.of(new UserSchema("id", features, List.of()), scaleOf);
    double[] coordinates = new double[k * d];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = 3 * random.nextDouble() - 1.5;
    }
    centroids = Centroids.of(k, d, coordinates);
    point = new double[d][1];
    kernel = new LloydKernel(centroids);
  }

  private static FeatureWords words() {
    return new FeatureWords(null, null, null, true);
  }

  private void add(Feature feature, List<double[]> scales, double mean, double unit) {
    features.add(feature);
    scales.add(new double[] {mean, unit});
  }

  /** The raw values of a user; some are missing, and some lie far out. */
  double[] user() {
    double[] raw = new double[features.size()];
    int chosen = random.nextInt(LEVELS.size() + 1);
    int level = 0;
    for (int f = 0; f < raw.length; f++) {
      Feature feature = features.get(f);
      if (feature instanceof LevelFeature) {
        raw[f] = level++ % (LEVELS.size() + 1) == chosen ? 1 : 0;
        continue;
      }
      double z = 4 * random.nextDouble() - 2 + (random.nextInt(50) == 0 ? 5 : 0);
      double value = feature.transform().invert(standardizer.mean(f) + z * standardizer.unit(f));
      value = Math.max(rules.get(f).lowest(), Math.min(rules.get(f).highest(), value));
      raw[f] = rules.get(f).isWhole() ? Math.rint(value) : Math.rint(value * 100) / 100;
      if (random.nextInt(40) == 0) {
        raw[f] = Double.NaN;
      }
    }
    return raw;
  }

  /** The coordinates of a user. */
  double[] zScores(double[] raw) {
    double[] zScores = new double[raw.length];
    for (int f = 0; f < raw.length; f++) {
      zScores[f] = standardizer.zScore(f, raw[f]);
    }
    return zScores;
  }

  /** The nearest and the second nearest cluster of a user, by the kernel. */
  int[] nearestTwo(double[] raw) {
    double[] zScores = zScores(raw);
    for (int f = 0; f < raw.length; f++) {
      point[f][0] = zScores[f];
    }
    NearestTwo found = new NearestTwo(1);
    kernel.nearestTwo(point, 0, 1, found);
    return new int[] {found.nearest()[0], found.second()[0]};
  }

  /** The distance of two users. */
  double distance(double[] raw, double[] other) {
    double sum = 0;
    for (int f = 0; f < raw.length; f++) {
      double difference = standardizer.zScore(f, raw[f]) - standardizer.zScore(f, other[f]);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
