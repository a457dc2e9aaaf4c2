package personas.persona;

import personas.feature.FeatureWords;
import personas.feature.Transform;

/**
 * What a made name needs to know of a feature.
 *
 * @param name as it stands in a spec
 * @param column the column that it is read from; the levels of a category share one
 * @param isShare whether its values are only 0 and 1, so that a mean is a share
 * @param mean of all users, transformed
 * @param deviation of all users, transformed
 * @param transform of the feature
 * @param words how people speak of it
 */
public record NamedFeature(
    String name,
    String column,
    boolean isShare,
    double mean,
    double deviation,
    Transform transform,
    FeatureWords words) {
  private static final double VERY = 1.5;
  private static final double ALL = 0.95;

  /** A feature of numbers. */
  public static NamedFeature of(String name) {
    return new NamedFeature(name, name, false, 0, 1, Transform.NONE, FeatureWords.NONE);
  }

  /** {@link #words} for a name: a column is in words, and a level stands behind a colon. */
  String spoken(double z) {
    return words(z).replace(shown(), spoken());
  }

  /** {@link #shown} in words. */
  String spoken() {
    if (words.label() != null) {
      return shown();
    }
    String columnWords = column.replace('_', ' ').strip();
    if (isShare && columnWords.matches("(?i)(has|is) .*")) {
      // No loan, and not no has loan.
      columnWords = columnWords.substring(columnWords.indexOf(' ') + 1);
    }
    String spoken =
        name.equals(column)
            ? columnWords
            : columnWords + ": " + name.substring(column.length() + 1);
    return columnWords.isEmpty() ? name : spoken;
  }

  /**
   * How much of the feature the average user of a cluster has, in words.
   *
   * @param z of the centroid, in standard deviations
   */
  String words(double z) {
    if (!isShare && words.unit() != null) {
      return words.figure(name, transform.invert(mean + z * deviation));
    }
    if (!isShare) {
      return (Math.abs(z) >= VERY ? "very " : "") + (z > 0 ? "high " : "low ") + shown();
    }
    double share = mean + z * deviation;
    if (share >= ALL) {
      return shown();
    }
    if (share <= 1 - ALL) {
      return "no " + shown();
    }
    return (z < 0 ? "less " : share >= 0.5 ? "mostly " : "more ") + shown();
  }

  /** What the feature is called: a label stands for the column of a category too. */
  String shown() {
    if (name.equals(column) || words.label() == null) {
      return words.labelOr(name);
    }
    // The name of a level is that of its column, a sign of equality and the level.
    return words.label() + ": " + name.substring(column.length() + 1);
  }

  /** A distance from the mean of all users, positive on the end that is better. */
  double inTheBetterDirection(double z) {
    return words.isBetterLow() ? -z : z;
  }
}
