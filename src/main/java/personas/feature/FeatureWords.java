package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The words for a feature in names, sentences and headings, and the direction in which the feature
 * is better. None of these components changes the clustering.
 *
 * @param label the label, such as {@code last order}; null if people see the name of the column
 * @param unit the unit after a figure, such as {@code days ago}; null if there is none
 * @param betterIs the better direction; null if the spec does not declare it, which means {@link
 *     Direction#HIGHER}
 * @param actionable whether people can change the feature, so that a suggested change may use it;
 *     null if the spec does not declare it, which means no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureWords(String label, String unit, Direction betterIs, Boolean actionable)
    implements Serializable {
  /** The words of a feature for which the spec does not declare any. */
  public static final FeatureWords NONE = new FeatureWords(null, null, null, null);

  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

  /** The better direction of a feature. */
  public enum Direction {
    /** More is better, for example more orders. */
    @JsonProperty("higher")
    HIGHER,
    /** Less is better, for example fewer days since the last order. */
    @JsonProperty("lower")
    LOWER
  }

  /** Returns the label of the feature, or the given name if there is no label. */
  public String labelOr(String name) {
    return label == null ? name : label;
  }

  /** Returns whether a suggested change may use the feature. */
  public boolean canBeChanged() {
    return Boolean.TRUE.equals(actionable);
  }

  /** Returns whether a lower value of the feature is better. */
  @JsonIgnore
  public boolean isLowerBetter() {
    return betterIs == Direction.LOWER;
  }

  /**
   * Returns a figure with label and unit, such as {@code last order 12 days ago}, rounded as in
   * {@link #quantity}.
   *
   * @param name the name of the feature, which is shown if there is no label
   * @param value the raw value
   */
  public String figure(String name, double value) {
    return labelOr(name) + " " + quantity(value);
  }

  /**
   * Returns a figure with its unit, such as {@code 12 days ago}. A figure below 100 is rounded to
   * two significant digits, a larger figure to a whole number.
   *
   * @param value the raw value
   */
  public String quantity(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(TWO_DIGITS);
    String digits = rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    return unit == null ? digits : digits + " " + unit;
  }
}
