package personas.feature.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.moments.FeatureMoments.MeanAndDeviation;
import personas.math.Grid;

/**
 * Standardizes raw values: {@code z = (transform(winsorized(raw)) - mean) / unit}, rounded to the
 * {@link Grid}. The unit is the standard deviation divided by the weight of the feature. The mean
 * and the population standard deviation include imputed and winsorized values, as in scikit-learn's
 * {@code StandardScaler} after a {@code SimpleImputer} and clipping. A constant feature has the
 * standard deviation 0, and all its z-scores are 0.
 *
 * <p>The levels of a category share one unit, the root of the sum of their variances p (1 - p). So
 * a category has the variance of one standardized feature, however many levels it has, and all
 * pairs of users with different levels have the same distance. If each level were divided by its
 * own standard deviation, the rarest level would decide the distances. Factor analysis of mixed
 * data scales categories in the same way, but with inverse frequency weights instead of equal
 * weights (J. Pagès, Analyse factorielle de données mixtes, 2004).
 */
public final class Standardizer implements Serializable {
  private static final long serialVersionUID = 1;

  private final UserSchema schema;
  private final double[] means;
  private final double[] deviations;

  /** For each feature, the size of one unit of z in transformed space; 0 for a constant feature. */
  private final double[] units;

  private final double[] imputed;

  /** For each feature, the raw limits; null if values are not winsorized. */
  private final ArrayList<ValueLimits> limits;

  private Standardizer(UserSchema schema, List<FeatureScale> scales) {
    this.schema = schema;
    this.means = scales.stream().mapToDouble(FeatureScale::mean).toArray();
    this.deviations = scales.stream().mapToDouble(FeatureScale::deviation).toArray();
    this.units = scales.stream().mapToDouble(FeatureScale::unit).toArray();
    this.imputed = scales.stream().mapToDouble(FeatureScale::imputed).toArray();
    this.limits = new ArrayList<>();
    scales.forEach(scale -> limits.add(scale.limits()));
  }

  /**
   * Returns the standardizer for the exact moments of all users. The transform of a feature with
   * {@link Transform#AUTO} is chosen here.
   */
  public static Standardizer of(Moments moments, UserSchema declaredSchema) {
    UserSchema schema = moments.withChosenTransforms(declaredSchema);
    int d = schema.features().size();
    List<MeanAndDeviation> meansAndDeviations = new ArrayList<>();
    double[] imputed = new double[d];
    List<ValueLimits> limits = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      Feature feature = schema.features().get(f);
      FeatureMoments featureMoments = moments.feature(f);
      ValueLimits featureLimits =
          featureMoments.limits(declaredSchema.features().get(f), feature.transform());
      imputed[f] = imputed(moments, schema, f);
      double winsorized = featureLimits == null ? imputed[f] : featureLimits.winsorized(imputed[f]);
      meansAndDeviations.add(
          featureMoments.meanAndDeviation(
              feature.transform(), featureLimits, feature.transformed(winsorized)));
      limits.add(featureLimits);
    }
    double[] deviations =
        meansAndDeviations.stream().mapToDouble(MeanAndDeviation::deviation).toArray();
    double[] units = units(schema, deviations);
    List<FeatureScale> scales = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      double mean = meansAndDeviations.get(f).mean();
      scales.add(new FeatureScale(mean, deviations[f], units[f], imputed[f], limits.get(f)));
    }
    return new Standardizer(schema, scales);
  }

  /** Returns the raw imputed value of a feature. */
  private static double imputed(Moments moments, UserSchema schema, int f) {
    Feature feature = schema.features().get(f);
    if (feature instanceof ColumnFeature || feature.missing() != MissingPolicy.MODE) {
      return moments.feature(f).imputed(feature);
    }
    return f == mostFrequentLevel(moments, schema, feature.column()) ? 1 : 0;
  }

  /**
   * Returns the most frequent level of a category; the first one if several are equally frequent.
   */
  private static int mostFrequentLevel(Moments moments, UserSchema schema, String column) {
    int mostFrequent = -1;
    for (int f = 0; f < schema.features().size(); f++) {
      if (schema.features().get(f).isLevelOf(column)
          && (mostFrequent < 0
              || moments.feature(f).rawMean() > moments.feature(mostFrequent).rawMean())) {
        mostFrequent = f;
      }
    }
    return mostFrequent;
  }

  /** Returns for each feature the size of one unit of z in transformed space. */
  private static double[] units(UserSchema schema, double[] deviations) {
    double[] units = deviations.clone();
    for (int f = 0; f < units.length; f++) {
      Feature feature = schema.features().get(f);
      if (units[f] != 0 && feature instanceof LevelFeature) {
        units[f] = categoryDeviation(schema, feature.column(), deviations);
      }
      if (feature.weight() != null) {
        units[f] /= feature.weight();
      }
    }
    return units;
  }

  /** Returns the root of the sum of the variances of all levels of a category. */
  private static double categoryDeviation(UserSchema schema, String column, double[] deviations) {
    double variance = 0;
    for (int f = 0; f < deviations.length; f++) {
      if (schema.features().get(f).isLevelOf(column)) {
        variance += deviations[f] * deviations[f];
      }
    }
    return Math.sqrt(variance);
  }

  /**
   * Returns the standardizer of a saved model, which gives the same z-score for the same raw value,
   * bit for bit.
   *
   * @param scales one per feature of the schema
   * @throws IllegalArgumentException if the number of scales is not the number of features
   */
  public static Standardizer of(UserSchema schema, List<FeatureScale> scales) {
    int d = schema.features().size();
    if (scales.size() != d) {
      throw new IllegalArgumentException("scales: " + scales.size() + " for " + d + " features");
    }
    return new Standardizer(schema, scales);
  }

  /** Returns the schema with chosen transforms. */
  public UserSchema schema() {
    return schema;
  }

  /** Returns the mean of a feature in transformed space. */
  public double mean(int feature) {
    return means[feature];
  }

  /** Returns the population standard deviation of a feature in transformed space. */
  public double deviation(int feature) {
    return deviations[feature];
  }

  /** Returns the size of one unit of z in transformed space; 0 for a constant feature. */
  public double unit(int feature) {
    return units[feature];
  }

  /**
   * Converts coordinates to standard deviations, without the weights of features.
   *
   * @param rows rows of d coordinates
   * @return new rows of d distances from the mean in standard deviations
   */
  public double[][] inDeviations(double[][] rows) {
    double[][] result = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      result[i] = rows[i].clone();
      for (int f = 0; f < units.length; f++) {
        if (units[f] != deviations[f]) {
          result[i][f] = rows[i][f] * units[f] / deviations[f];
        }
      }
    }
    return result;
  }

  /** Returns the raw imputed value of a feature. */
  public double imputedValue(int feature) {
    return imputed[feature];
  }

  /** Returns the limits of a feature's raw values; null if the values are not winsorized. */
  public ValueLimits limits(int feature) {
    return limits.get(feature);
  }

  /** Returns whether all users have the same value, so that the feature has no influence. */
  public boolean isConstant(int feature) {
    return deviations[feature] == 0;
  }

  /** Returns the z-score of one raw value; NaN is a missing value. */
  public double zScore(int feature, double raw) {
    double[] z = new double[1];
    standardize(feature, new double[] {raw}, 0, 1, z);
    return z[0];
  }

  /**
   * Standardizes a part of a column.
   *
   * @param raw raw values; NaN for a missing value
   * @param from the first row
   * @param to the row after the last row
   * @param out gets the z-score of {@code raw[from + i]} at index i
   * @throws IllegalArgumentException if a value is infinite, or not above -1 for log1p
   */
  public void standardize(int feature, double[] raw, int from, int to, double[] out) {
    if (canVectorize(feature, raw, from, to)) {
      standardizeVectorized(feature, raw, from, to, out);
    } else if (isConstant(feature)) {
      Arrays.fill(out, 0, to - from, 0);
    } else {
      for (int i = from; i < to; i++) {
        out[i - from] = zScoreOf(feature, raw[i]);
      }
    }
  }

  /**
   * Standardizes a part of a column for which {@link #canVectorize} is true, or that lies within
   * such a part. The caller computes {@code canVectorize} only once, because it standardizes the
   * part repeatedly.
   *
   * @param raw raw values
   * @param from the first row
   * @param to the row after the last row
   * @param out gets the z-score of {@code raw[from + i]} at index i
   */
  public void standardizeVectorized(int feature, double[] raw, int from, int to, double[] out) {
    int count = to - from;
    if (isConstant(feature)) {
      Arrays.fill(out, 0, count, 0);
      return;
    }
    // The compiler vectorizes these simple loops.
    System.arraycopy(raw, from, out, 0, count);
    if (limits.get(feature) != null) {
      winsorize(out, count, limits.get(feature).lower(), limits.get(feature).upper());
    }
    divide(out, count, means[feature], units[feature]);
    round(out, count);
  }

  /**
   * Returns whether a part of a column is not transformed and holds only numbers within the range
   * of the grid. Such values can be standardized by vectorized loops.
   */
  public boolean canVectorize(int feature, double[] raw, int from, int to) {
    if (!isCheapToStandardize(feature)) {
      return false;
    }
    if (Math.abs(means[feature]) > Double.MAX_VALUE / 2) {
      return false;
    }
    // With half of the range, rounding cannot move a value beyond the range, and differences cannot
    // overflow.
    double distance = units[feature] * (Grid.LARGEST / 2);
    double least = Math.max(-Double.MAX_VALUE / 2, means[feature] - distance);
    double greatest = Math.min(Double.MAX_VALUE / 2, means[feature] + distance);
    int outside = 0;
    for (int i = from; i < to; i++) {
      outside += raw[i] >= least && raw[i] <= greatest ? 0 : 1;
    }
    return outside == 0;
  }

  /**
   * Returns whether standardizing a feature again costs less than storing the result. This holds
   * for a feature without a transform and for a constant feature.
   */
  public boolean isCheapToStandardize(int feature) {
    return schema.features().get(feature).transform() == Transform.NONE || isConstant(feature);
  }

  private static void winsorize(double[] values, int count, double lower, double upper) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(lower, Math.min(upper, values[i]));
    }
  }

  private static void divide(double[] values, int count, double mean, double unit) {
    for (int i = 0; i < count; i++) {
      values[i] = (values[i] - mean) / unit;
    }
  }

  private static void round(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Grid.roundSmall(values[i]);
    }
  }

  /** Standardizes one raw value. Requires a non-zero standard deviation. */
  private double zScoreOf(int feature, double raw) {
    double value = Double.isNaN(raw) ? imputed[feature] : raw;
    ValueLimits featureLimits = limits.get(feature);
    double winsorized = featureLimits == null ? value : featureLimits.winsorized(value);
    double transformed = schema.features().get(feature).transformed(winsorized);
    return Grid.round(quotient(transformed, means[feature], units[feature]));
  }

  private static double quotient(double transformed, double mean, double unit) {
    double difference = transformed - mean;
    return Double.isInfinite(difference)
        // Halves of the largest doubles do not overflow.
        ? (transformed / 2 - mean / 2) / unit * 2
        : difference / unit;
  }

  /**
   * Standardizes rows and returns columns.
   *
   * @param rows n rows of d raw values
   * @return d columns of n z-scores, rounded to the {@link Grid}
   */
  public double[][] standardizeRows(double[][] rows) {
    double[][] columns = new double[means.length][rows.length];
    double[] raw = new double[rows.length];
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < rows.length; i++) {
        raw[i] = rows[i][f];
      }
      standardize(f, raw, 0, raw.length, columns[f]);
    }
    return columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardizer that
        && schema.equals(that.schema)
        && Arrays.equals(means, that.means)
        && Arrays.equals(deviations, that.deviations)
        && Arrays.equals(units, that.units)
        && Arrays.equals(imputed, that.imputed)
        && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
  }
}
