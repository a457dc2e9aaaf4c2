package personas.feature.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.moments.FeatureMoments.MeanAndDeviation;
import personas.math.Grid;

/**
 * Raw values to the coordinates that users are clustered in: {@code z = (transform(limited(raw)) -
 * mean) / unit}, rounded to the {@link Grid}. The unit is the standard deviation, divided by the
 * weight of the feature. Mean and population deviation as of scikit-learn's {@code StandardScaler}
 * behind a {@code SimpleImputer} and a clipping at the limits: a missing value counts as what
 * stands in for it. A constant feature has deviation 0, and its z is 0.
 *
 * <p>The levels of a category share one unit, the root of the sum of their variances p (1 - p). So
 * the category as a whole has the variance of one standardized feature, however many levels it has.
 * Two users of different levels are then always equally far apart, also if the levels are rare:
 * dividing each level by its own deviation would let the rarest level decide. This is the scaling
 * of the categories of a factor analysis of mixed data, with equal instead of inverse frequency
 * weights (J. Pagès, Analyse factorielle de données mixtes, 2004).
 */
public final class Standardizer implements Serializable {
  private static final long serialVersionUID = 1;

  private final UserSchema schema;
  private final double[] means;
  private final double[] deviations;

  /** Per feature what one step of z is, in transformed space; 0 for a constant feature. */
  private final double[] units;

  private final double[] imputed;

  /** Per feature; null where its values are not limited. */
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

  /** From the exact moments of all users; a transform that is open is chosen here. */
  public static Standardizer of(Moments moments, UserSchema declaredSchema) {
    UserSchema schema = moments.chosen(declaredSchema);
    int d = schema.features().size();
    List<MeanAndDeviation> values = new ArrayList<>();
    double[] imputed = new double[d];
    List<ValueLimits> limits = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      Feature feature = schema.features().get(f);
      FeatureMoments its = moments.feature(f);
      ValueLimits limit = its.limits(declaredSchema.features().get(f), feature.transform());
      imputed[f] = imputed(moments, schema, f);
      double stand = limit == null ? imputed[f] : limit.limited(imputed[f]);
      values.add(its.over(feature.transform(), limit, feature.transformed(stand)));
      limits.add(limit);
    }
    double[] units =
        units(schema, values.stream().mapToDouble(MeanAndDeviation::deviation).toArray());
    return new Standardizer(
        schema,
        IntStream.range(0, d)
            .mapToObj(
                f ->
                    new FeatureScale(
                        values.get(f).mean(),
                        values.get(f).deviation(),
                        units[f],
                        imputed[f],
                        limits.get(f)))
            .toList());
  }

  /** The raw value that stands in for a missing one. */
  private static double imputed(Moments moments, UserSchema schema, int f) {
    Feature feature = schema.features().get(f);
    if (feature.level() == null || feature.missing() != MissingPolicy.MODE) {
      return moments.feature(f).imputed(feature);
    }
    return f == mostFrequentLevel(moments, schema, feature.column()) ? 1 : 0;
  }

  /** The first of the most frequent levels of a category. */
  private static int mostFrequentLevel(Moments moments, UserSchema schema, String column) {
    int most = -1;
    for (int f = 0; f < schema.features().size(); f++) {
      Feature feature = schema.features().get(f);
      boolean isLevel = feature.level() != null && feature.column().equals(column);
      if (isLevel && (most < 0 || moments.feature(f).rawMean() > moments.feature(most).rawMean())) {
        most = f;
      }
    }
    return most;
  }

  private static double[] units(UserSchema schema, double[] deviations) {
    double[] units = deviations.clone();
    for (int f = 0; f < units.length; f++) {
      Feature feature = schema.features().get(f);
      if (units[f] != 0 && feature.level() != null) {
        units[f] = categoryDeviation(schema, feature.column(), deviations);
      }
      if (feature.weight() != null) {
        units[f] /= feature.weight();
      }
    }
    return units;
  }

  /** The root of the sum of the variances of all levels of a category. */
  private static double categoryDeviation(UserSchema schema, String column, double[] deviations) {
    double variance = 0;
    for (int f = 0; f < deviations.length; f++) {
      Feature feature = schema.features().get(f);
      if (feature.level() != null && feature.column().equals(column)) {
        variance += deviations[f] * deviations[f];
      }
    }
    return Math.sqrt(variance);
  }

  /**
   * From the numbers of a saved model: gives the same z for the same raw value, bit for bit.
   *
   * @param scales one per feature of the schema
   */
  public static Standardizer of(UserSchema schema, List<FeatureScale> scales) {
    int d = schema.features().size();
    if (scales.size() != d) {
      throw new IllegalArgumentException("scales: " + scales.size() + " for " + d + " features");
    }
    return new Standardizer(schema, scales);
  }

  /** Without an open transform. */
  public UserSchema schema() {
    return schema;
  }

  /** Mean of a feature in transformed space. */
  public double mean(int feature) {
    return means[feature];
  }

  /** Population standard deviation of a feature in transformed space. */
  public double deviation(int feature) {
    return deviations[feature];
  }

  /** What one step of z is in transformed space; 0 for a constant feature. */
  public double unit(int feature) {
    return units[feature];
  }

  /**
   * Coordinates in standard deviations, whatever the weights are.
   *
   * @param rows rows of d coordinates
   * @return new rows of d standard deviations from the mean
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

  /** The raw value that stands in for a missing one. */
  public double imputedValue(int feature) {
    return imputed[feature];
  }

  /** The limits of a feature's raw values; null where they are not limited. */
  public ValueLimits limits(int feature) {
    return limits.get(feature);
  }

  /** Whether all users have the same value, so that the feature has no influence. */
  public boolean isConstant(int feature) {
    return deviations[feature] == 0;
  }

  /** z of one raw value; NaN is a missing one. */
  public double zScore(int feature, double raw) {
    double[] z = new double[1];
    standardize(feature, new double[] {raw}, 0, 1, z);
    return z[0];
  }

  /**
   * Standardises a part of a column.
   *
   * @param raw raw values, NaN where one is missing
   * @param out gets the z of {@code raw[from + i]} at i
   * @throws IllegalArgumentException where a value is infinite, or not above -1 for log1p
   */
  public void standardize(int feature, double[] raw, int from, int to, double[] out) {
    if (isUsual(feature, raw, from, to)) {
      standardizeUsual(feature, raw, from, to, out);
    } else if (isConstant(feature)) {
      Arrays.fill(out, 0, to - from, 0);
    } else {
      for (int i = from; i < to; i++) {
        out[i - from] = zScoreOf(feature, raw[i]);
      }
    }
  }

  /**
   * Standardizes a part of a column that {@link #isUsual} said yes to, or that lies in such a part.
   * For parts of a column that are standardized again and again.
   *
   * @param raw raw values
   * @param out gets the z of {@code raw[from + i]} at i
   */
  public void standardizeUsual(int feature, double[] raw, int from, int to, double[] out) {
    int count = to - from;
    if (isConstant(feature)) {
      Arrays.fill(out, 0, count, 0);
      return;
    }
    // In loops that the compiler turns into vectors.
    System.arraycopy(raw, from, out, 0, count);
    if (limits.get(feature) != null) {
      limit(out, count, limits.get(feature).lower(), limits.get(feature).upper());
    }
    divide(out, count, means[feature], units[feature]);
    round(out, count);
  }

  /**
   * Whether a part of a column holds only numbers that come to lie within the grid's range, and is
   * not transformed: such values are standardised most quickly.
   */
  public boolean isUsual(int feature, double[] raw, int from, int to) {
    if (!isQuick(feature)) {
      return false;
    }
    if (Math.abs(means[feature]) > Double.MAX_VALUE / 2) {
      return false;
    }
    // Half of the range, so that no rounding brings a value to its border; and no difference of two
    // such numbers overflows.
    double reach = units[feature] * (Grid.LARGEST / 2);
    double least = Math.max(-Double.MAX_VALUE / 2, means[feature] - reach);
    double greatest = Math.min(Double.MAX_VALUE / 2, means[feature] + reach);
    int others = 0;
    for (int i = from; i < to; i++) {
      others += raw[i] >= least && raw[i] <= greatest ? 0 : 1;
    }
    return others == 0;
  }

  /** Whether it costs less to standardise a feature's values again than to keep them. */
  public boolean isQuick(int feature) {
    return schema.features().get(feature).transform() == Transform.NONE || isConstant(feature);
  }

  private static void limit(double[] values, int count, double lower, double upper) {
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

  /** Of any value; the deviation is not 0. */
  private double zScoreOf(int feature, double raw) {
    double present = Double.isNaN(raw) ? imputed[feature] : raw;
    ValueLimits limit = limits.get(feature);
    double limited = limit == null ? present : limit.limited(present);
    double transformed = schema.features().get(feature).transformed(limited);
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
   * Standardises rows into columns.
   *
   * @param rows n rows of d raw values
   * @return d columns of n values on the grid
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
