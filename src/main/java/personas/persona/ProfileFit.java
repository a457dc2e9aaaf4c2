package personas.persona;

import java.util.List;

/**
 * How well a cluster's centroid fits a declared profile.
 *
 * <p>Per feature of the profile: how many standard deviations the centroid lies from the level's
 * place, where lying further out than {@code high} or {@code low} says is no deviation. The root of
 * their mean square is the misfit; the fit falls from 1 at no misfit to 0 at {@link #WORST}.
 */
final class ProfileFit {
  /** The misfit, in standard deviations, at which nothing of a profile is left. */
  static final double WORST = 2;

  /** Below this a persona is not given to a cluster: the misfit is more than a level, 0.8σ. */
  static final double LEAST = 0.6;

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
    double difference = z - level.zScore();
    return switch (level) {
      case VERY_LOW, LOW -> Math.max(0, difference);
      case MODERATE -> Math.abs(difference);
      case HIGH, VERY_HIGH -> Math.max(0, -difference);
    };
  }
}
