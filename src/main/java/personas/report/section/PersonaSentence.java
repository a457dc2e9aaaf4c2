package personas.report.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.feature.FeatureWords;
import personas.report.data.Decimals;

/**
 * Writes the sentence that describes a persona, such as {@code Generates 2.1× the average images
 * and has 0.2× …}.
 */
public final class PersonaSentence {
  private PersonaSentence() {}

  /**
   * How a persona differs from all users in a feature.
   *
   * @param mean raw mean of the persona
   * @param average raw mean of all users
   * @param hasNegativeValues whether at least one user has a value below 0, so that a ratio has no
   *     meaning
   * @param z distance of the centroid from the average, in standard deviations
   */
  public record Figures(double mean, double average, boolean hasNegativeValues, double z) {}

  /**
   * One feature of a persona.
   *
   * @param name name of the column
   * @param label label of the column
   * @param level what a user with the value 1 has, if the values are 0 and 1; null for numbers
   * @param figures how the persona differs from all users
   * @param words the label and the unit that the spec declares
   */
  public record Trait(
      String name, String label, String level, Figures figures, FeatureWords words) {
    /** Creates the trait of a number without declared words. */
    public Trait(String name, Figures figures) {
      this(name, name, null, figures, FeatureWords.NONE);
    }

    private String clause() {
      double mean = figures.mean;
      double average = figures.average;
      if (level != null) {
        return String.format(
            Locale.ROOT,
            "%s have %s (all users: %s)",
            mean == 0 ? "none" : mean == 1 ? "all" : percent(mean),
            label.endsWith(": " + level) ? label : label + ": " + level,
            percent(average));
      }
      if (words.unit() != null) {
        return String.format(
            Locale.ROOT, "%s (all users: %s)", words.figure(name, mean), words.quantity(average));
      }
      FeatureLabel featureLabel =
          words.label() == null ? FeatureLabel.of(name) : FeatureLabel.declared(words.label());
      if (figures.hasNegativeValues || average <= 0 || mean < 0) {
        return String.format(
            Locale.ROOT,
            "is %.1f standard deviations %s average in %s",
            Math.abs(figures.z),
            figures.z < 0 ? "below" : "above",
            featureLabel.noun());
      }
      String ratio = ratio(mean / average);
      return ratio.equals("1.0")
          ? featureLabel.verb() + " about the average " + featureLabel.noun()
          : featureLabel.verb() + " " + ratio + "× the average " + featureLabel.noun();
    }
  }

  private static String percent(double share) {
    return String.format(
        Locale.ROOT,
        "%s%%",
        Decimals.of(100 * share).setScale(0, RoundingMode.HALF_UP).toPlainString());
  }

  /**
   * Returns a ratio with two decimal places if the ratio is below 0.1, with one if it is below 10,
   * otherwise with none.
   */
  private static String ratio(double ratio) {
    BigDecimal exact = Decimals.of(ratio);
    if (ratio >= 9.95) {
      return String.format(
          Locale.ROOT, "%,d", exact.setScale(0, RoundingMode.HALF_UP).toBigInteger());
    }
    if (ratio >= 0.095) {
      return exact.setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
    BigDecimal rounded = exact.setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? (ratio == 0 ? "0" : "under 0.01") : rounded.toPlainString();
  }

  /**
   * Returns the sentence.
   *
   * @param traits the traits, strongest first; empty if the persona is like the average user
   */
  public static String of(List<Trait> traits) {
    if (traits.isEmpty()) {
      return "Close to the average user in every feature.";
    }
    List<String> parts = new ArrayList<>();
    for (Trait trait : traits) {
      parts.add(trait.clause());
    }
    int last = parts.size() - 1;
    String sentence =
        last == 0
            ? parts.get(0)
            : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
  }
}
