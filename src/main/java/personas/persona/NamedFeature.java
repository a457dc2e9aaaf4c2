package personas.persona;

import java.util.Objects;
import personas.feature.FeatureWords;
import personas.feature.Transform;

/**
 * A feature as the names of personas describe it.
 *
 * @param name the name in the spec
 * @param column the column of the values; the levels of a category share one column
 * @param isShare whether all values are 0 or 1, so that a mean is a share
 * @param scale converts distances from the mean to values
 * @param words the label, the unit and the better direction of the feature
 */
public record NamedFeature(
    String name, String column, boolean isShare, Scale scale, FeatureWords words) {
  /**
   * The distance to the mean, in standard deviations, from which on a value is very high or low.
   */
  private static final double VERY = 1.5;

  /** If at least this share of a cluster has the value, the phrase is the name alone. */
  private static final double ALMOST_ALL = 0.95;

  /**
   * Converts distances from the mean to values.
   *
   * @param mean the mean of all users, in transformed space
   * @param deviation the standard deviation of all users, in transformed space
   * @param transform the transform of the feature
   */
  public record Scale(double mean, double deviation, Transform transform) {
    public Scale {
      Objects.requireNonNull(transform, "transform");
    }

    /** Returns the raw value at a distance of z standard deviations from the mean. */
    double value(double z) {
      return transform.invert(mean + z * deviation);
    }
  }

  /** Returns a numeric feature without words. */
  public static NamedFeature of(String name) {
    return new NamedFeature(name, name, false, new Scale(0, 1, Transform.NONE), FeatureWords.NONE);
  }

  /**
   * Returns {@link #phrase} for the name of a persona: underscores become spaces, and a level
   * follows a colon.
   *
   * @param z the coordinate of the centroid, in standard deviations
   */
  String phraseInName(double z) {
    return phrase(z).replace(displayName(), nameInPersona());
  }

  /** Returns the name of the feature within the name of a persona. */
  String nameInPersona() {
    if (words.label() != null) {
      return displayName();
    }
    String columnWords = column.replace('_', ' ').strip();
    if (isShare && columnWords.matches("(?i)(has|is) .*")) {
      // For example "no loan" instead of "no has loan".
      columnWords = columnWords.substring(columnWords.indexOf(' ') + 1);
    }
    String result =
        name.equals(column)
            ? columnWords
            : columnWords + ": " + name.substring(column.length() + 1);
    return columnWords.isEmpty() ? name : result;
  }

  /**
   * Returns how much of the feature the average user of a cluster has, such as {@code very high
   * visits}.
   *
   * @param z the coordinate of the centroid, in standard deviations
   */
  String phrase(double z) {
    if (!isShare && words.unit() != null) {
      return words.figure(name, scale.value(z));
    }
    if (!isShare) {
      return (Math.abs(z) >= VERY ? "very " : "") + (z > 0 ? "high " : "low ") + displayName();
    }
    // The values 0 and 1 are not transformed.
    double share = scale.mean + z * scale.deviation;
    if (share >= ALMOST_ALL) {
      return displayName();
    }
    if (share <= 1 - ALMOST_ALL) {
      return "no " + displayName();
    }
    return (z < 0 ? "less " : share >= 0.5 ? "mostly " : "more ") + displayName();
  }

  /** Returns the name of the feature for people. A label replaces the name of the column. */
  String displayName() {
    if (name.equals(column) || words.label() == null) {
      return words.labelOr(name);
    }
    // The name of a level consists of the column, an equals sign and the level.
    return words.label() + ": " + name.substring(column.length() + 1);
  }

  /** Returns a distance from the mean of all users that is positive in the better direction. */
  double inTheBetterDirection(double z) {
    return words.isLowerBetter() ? -z : z;
  }
}
