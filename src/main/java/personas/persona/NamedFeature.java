package personas.persona;

/**
 * What a made name needs to know of a feature.
 *
 * @param name as it stands in a spec
 * @param column the column that it is read from; the levels of a category share one
 * @param isShare whether its values are only 0 and 1, so that a mean is a share
 * @param mean of all users, raw; only used for shares
 * @param deviation of all users, raw; only used for shares
 */
public record NamedFeature(
    String name, String column, boolean isShare, double mean, double deviation) {
  private static final double VERY = 1.5;
  private static final double ALL = 0.95;

  /** A feature of numbers. */
  public static NamedFeature of(String name) {
    return new NamedFeature(name, name, false, 0, 0);
  }

  /**
   * How much of the feature the average user of a cluster has, in words.
   *
   * @param z of the centroid, in standard deviations
   */
  String words(double z) {
    if (!isShare) {
      return (Math.abs(z) >= VERY ? "very " : "") + (z > 0 ? "high " : "low ") + name;
    }
    double share = mean + z * deviation;
    if (share >= ALL) {
      return name;
    }
    if (share <= 1 - ALL) {
      return "no " + name;
    }
    return (z < 0 ? "less " : share >= 0.5 ? "mostly " : "more ") + name;
  }
}
