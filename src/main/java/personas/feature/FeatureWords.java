package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How people speak of a feature: in names, sentences and headings, never in a calculation.
 *
 * @param label what it is called, such as {@code last order}; null for the name of its column
 * @param unit what follows a figure, such as {@code days ago}; null for none
 * @param betterIs which end is good; null if the spec does not say, which counts as {@link
 *     Direction#HIGHER}
 * @param actionable whether people can change it, so that a suggested change may use it; null if
 *     the spec does not say, which counts as no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureWords(String label, String unit, Direction betterIs, Boolean actionable)
    implements Serializable {
  /** The words of a feature of which a spec says nothing. */
  public static final FeatureWords NONE = new FeatureWords(null, null, null, null);

  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

  /** Which end of a feature is good. */
  public enum Direction {
    /** More is better, as of orders. */
    @JsonProperty("higher")
    HIGHER,
    /** Less is better, as of the days since the last order. */
    @JsonProperty("lower")
    LOWER
  }

  /** What the feature is called. */
  public String labelOr(String name) {
    return label == null ? name : label;
  }

  /** Whether a suggested change may use the feature. */
  public boolean canBeChanged() {
    return Boolean.TRUE.equals(actionable);
  }

  /** Whether less of the feature is better. */
  @JsonIgnore
  public boolean isBetterLow() {
    return betterIs == Direction.LOWER;
  }

  /**
   * A figure with its unit: {@code last order 12 days ago}. The figure has two digits, or all
   * digits before its point if there are more.
   *
   * @param name of the feature, which is said if it has no label
   * @param value raw
   */
  public String figure(String name, double value) {
    return labelOr(name) + " " + quantity(value);
  }

  /** The same without the label: {@code 12 days ago}. */
  public String quantity(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal shown =
        Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(TWO_DIGITS);
    String figure = shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    return unit == null ? figure : figure + " " + unit;
  }
}
