package personas.feature.moments;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.UserSchema;
import personas.feature.ValueLimits;
import personas.feature.moments.FeatureMoments.MeanAndDeviation;
import personas.math.Grid;

/**
 * Raw values to standard deviations from the mean: {@code z = (transform(limited(raw)) - mean) /
 * deviation}, rounded to the {@link Grid}. Mean and population deviation as of scikit-learn's
 * {@code StandardScaler} behind a {@code SimpleImputer} and a clipping at the limits: a missing
 * value counts as what stands in for it. A constant feature has deviation 0, and its z is 0.
 */
public final class Standardizer implements Serializable {
  private static final long serialVersionUID = 1;

  private final UserSchema schema;
  private final double[] means;
  private final double[] deviations;
  private final double[] imputed;

  /** Per feature; null where its values are not limited. */
  private final ArrayList<ValueLimits> limits;

  private Standardizer(
      UserSchema schema,
      double[] means,
      double[] deviations,
      double[] imputed,
      List<ValueLimits> limits) {
    this.schema = schema;
    this.means = means;
    this.deviations = deviations;
    this.imputed = imputed;
    this.limits = new ArrayList<>(limits);
  }

  /** From the exact moments of all users; a transform that is open is chosen here. */
  public static Standardizer of(Moments moments, UserSchema declaredSchema) {
    UserSchema schema = moments.chosen(declaredSchema);
    int d = schema.features().size();
    double[] means = new double[d];
    double[] deviations = new double[d];
    double[] imputed = new double[d];
    List<ValueLimits> limits = new ArrayList<>();
    for (int f = 0; f < d; f++) {
      Feature feature = schema.features().get(f);
      FeatureMoments its = moments.feature(f);
      ValueLimits limit = its.limits(declaredSchema.features().get(f), feature.transform());
      imputed[f] = its.imputed(feature);
      double stand = limit == null ? imputed[f] : limit.limited(imputed[f]);
      MeanAndDeviation all = its.over(feature.transform(), limit, feature.transformed(stand));
      means[f] = all.mean();
      deviations[f] = all.deviation();
      limits.add(limit);
    }
    return new Standardizer(schema, means, deviations, imputed, limits);
  }

  /**
   * From the numbers of a saved model: gives the same z for the same raw value, bit for bit.
   *
   * @param means d, in transformed space
   * @param deviations d, in transformed space; 0 for a constant feature
   * @param imputed d raw values that stand in for missing ones
   * @param limits d limits of the raw values; null where they are not limited
   */
  public static Standardizer of(
      UserSchema schema,
      double[] means,
      double[] deviations,
      double[] imputed,
      List<ValueLimits> limits) {
    int d = schema.features().size();
    if (means.length != d || deviations.length != d || imputed.length != d || limits.size() != d) {
      throw new IllegalArgumentException(
          "means, deviations, imputed and limits are not all of length " + d);
    }
    return new Standardizer(schema, means.clone(), deviations.clone(), imputed.clone(), limits);
  }

  /** Likewise, without any limits. */
  public static Standardizer of(
      UserSchema schema, double[] means, double[] deviations, double[] imputed) {
    List<ValueLimits> none = Collections.nCopies(schema.features().size(), null);
    return of(schema, means, deviations, imputed, none);
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

  /** The raw value that stands in for a missing one. */
  public double imputedValue(int feature) {
    return imputed[feature];
  }

  /** A copy of all d values that stand in for missing ones. */
  public double[] imputedValues() {
    return imputed.clone();
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
    standardize(feature, raw, from, to, isUsual(feature, raw, from, to), out);
  }

  /**
   * The same where {@link #isUsual} was asked before: for parts of a column that are standardised
   * again and again.
   *
   * @param usual what it said of the part, or of more
   */
  public void standardize(
      int feature, double[] raw, int from, int to, boolean usual, double[] out) {
    int count = to - from;
    if (deviations[feature] == 0) {
      Arrays.fill(out, 0, count, 0);
    } else if (usual) {
      // In loops that the compiler turns into vectors.
      System.arraycopy(raw, from, out, 0, count);
      if (limits.get(feature) != null) {
        limit(out, count, limits.get(feature).lower(), limits.get(feature).upper());
      }
      divide(out, count, means[feature], deviations[feature]);
      round(out, count);
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = zScoreOf(feature, raw[from + i]);
      }
    }
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
    double reach = deviations[feature] * (Grid.LARGEST / 2);
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

  private static void divide(double[] values, int count, double mean, double deviation) {
    for (int i = 0; i < count; i++) {
      values[i] = (values[i] - mean) / deviation;
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
    return Grid.round(quotient(transformed, means[feature], deviations[feature]));
  }

  private static double quotient(double transformed, double mean, double deviation) {
    double difference = transformed - mean;
    return Double.isInfinite(difference)
        // Halves of the largest doubles do not overflow.
        ? (transformed / 2 - mean / 2) / deviation * 2
        : difference / deviation;
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
        && Arrays.equals(imputed, that.imputed)
        && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
  }
}
