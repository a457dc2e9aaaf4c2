package personas.persona;

import java.util.List;

/**
 * How well a cluster's centroid fits a declared profile.
 *
 * <p>Per feature of the profile: how many standard deviations the centroid lies from the level's
 * place. Lying further out than a level says is no deviation, save that {@code high} and {@code
 * low} lose a little beyond the place of {@code very_high} and {@code very_low}: enough that of two
 * clusters far out the outermost goes to the persona that says {@code very}, never so much that
 * {@code high} does not fit it where no other persona asks. The root of the mean square is the
 * misfit; the fit falls from 1 at no misfit to 0 at {@link #WORST}.
 */
final class ProfileFit {
  /** The misfit, in standard deviations, at which nothing of a profile is left. */
  static final double WORST = 2;

  /** Below this a persona is not given to a cluster: the misfit is more than a level, 0.8σ. */
  static final double LEAST = 0.6;

  /** The deviation that {@code high} and {@code low} approach the further out a cluster lies. */
  private static final double MOST_BEYOND = 0.25;

  private ProfileFit() {}

  /** 0..1. */
  static double of(PersonaProfile profile, List<String> features, double[] centroid) {
    double squares = 0;
    // In the order of the features, not of the profile's keys, which has no meaning.
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

  private static double beyond(double distance) {
    return distance <= 0 ? 0 : MOST_BEYOND * distance / (1 + distance);
  }
}
