package personas.feature.moments;

import personas.feature.ValueLimits;

/**
 * The scale of one feature: how {@link Standardizer} maps raw values to coordinates.
 *
 * @param mean the mean in transformed space
 * @param deviation the population standard deviation in transformed space; 0 for a constant feature
 * @param unit the size of one unit of a coordinate in transformed space; 0 for a constant feature
 * @param imputed the raw imputed value
 * @param limits the limits of raw values; null if the feature is not winsorized
 */
public record FeatureScale(
    double mean, double deviation, double unit, double imputed, ValueLimits limits) {

  public FeatureScale {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean: " + mean + " is not a finite number");
    }
    if (!(deviation >= 0 && unit >= 0)) {
      throw new IllegalArgumentException(
          "deviation " + deviation + " and unit " + unit + " are not both at least 0");
    }
    if (deviation == 0 && unit != 0) {
      throw new IllegalArgumentException(
          "deviation " + deviation + " and unit " + unit + ": a constant feature has unit 0");
    }
  }

  /** Returns the scale of a feature without limits and without a weight. */
  public static FeatureScale of(double mean, double deviation, double imputed) {
    return new FeatureScale(mean, deviation, deviation, imputed, null);
  }
}
