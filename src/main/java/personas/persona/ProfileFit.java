package personas.persona;

import java.util.List;

/**
 * The fit of a centroid to a declared profile.
 *
 * <p>For each feature of the profile, the deviation is the distance from the centroid to the
 * position of the level, in standard deviations. A centroid beyond the position of its level has no
 * deviation, with one exception: {@code high} and {@code low} get a small deviation beyond the
 * position of {@code very_high} and {@code very_low}. So the outermost of two distant clusters goes
 * to the persona with the level {@code very_high} or {@code very_low}, while {@code high} still
 * fits if no other persona claims the cluster. The misfit is the root mean square of the
 * deviations. The fit falls linearly from 1 for no misfit to 0 at {@link #WORST}.
 */
final class ProfileFit {
  /** A misfit of this many standard deviations or more gives the fit 0. */
  static final double WORST = 2;

  /**
   * The smallest fit of a persona that a cluster gets. It corresponds to a misfit of 0.8 standard
   * deviations, about the distance between two neighboring levels.
   */
  static final double MIN_FIT = 0.6;

  /** The largest deviation of a centroid beyond the position of {@code high} or {@code low}. */
  private static final double MAX_BEYOND = 0.25;

  private ProfileFit() {}

  /**
   * Returns the fit, 0..1.
   *
   * @param features the names of the d features
   * @param centroid d coordinates in standard deviations from the mean of all users
   */
  static double of(PersonaProfile profile, List<String> features, double[] centroid) {
    double squares = 0;
    // The sum follows the order of the features, so the order of keys in the spec does not matter.
    for (int f = 0; f < centroid.length; f++) {
      Level level = profile.levels().get(features.get(f));
      if (level != null) {
        double deviation = deviation(level, centroid[f]);
        squares += deviation * deviation;
      }
    }
    double misfit = Math.sqrt(squares / profile.levels().size());
    return Math.max(0, 1 - misfit / WORST);
  }

  private static double deviation(Level level, double z) {
    double outward = level.zScore() < 0 ? -z : z;
    double shortfall = Math.abs(level.zScore()) - outward;
    return switch (level) {
      case MODERATE -> Math.abs(z);
      case VERY_LOW, VERY_HIGH -> Math.max(0, shortfall);
      case LOW, HIGH -> shortfall > 0 ? shortfall : beyond(outward - Level.VERY_HIGH.zScore());
    };
  }

  /** Returns the deviation at a distance beyond the position of the outermost level. */
  private static double beyond(double distance) {
    return distance <= 0 ? 0 : MAX_BEYOND * distance / (1 + distance);
  }
}
