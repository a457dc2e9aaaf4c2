package personas.feature;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * How far the values of a feature may lie out: those beyond a quantile count as the value there, on
 * either side, so that a few extreme users neither stretch the scale nor make a cluster. What
 * people are shown stays as it is: means in raw units are of the true values.
 *
 * <p>Named after C. P. Winsor; J. W. Tukey, <i>The future of data analysis</i>, Annals of
 * Mathematical Statistics 33, 1962.
 *
 * @param quantile 0.5..1; 1 limits nothing; NaN leaves it to the data
 */
public record Winsorizing(double quantile) implements Serializable {
  /** Nothing is limited. */
  public static final Winsorizing NONE = new Winsorizing(1);

  /**
   * {@link #AUTO_QUANTILE} where {@link Transform#AUTO} found the feature heavily skewed and took
   * its logarithm, else nothing.
   */
  public static final Winsorizing AUTO = new Winsorizing(Double.NaN);

  /**
   * A hundredth on either side is limited: the default of {@code minSegmentShare}, so who is
   * limited are too few to be a segment. Of a true segment of a hundredth or more that is extreme
   * in one feature, the rest sets the limit, which then lies within the segment: it stays as far
   * from the other users as it begins. In 5 log-normal features 0.1 % of whales at 1000× have a
   * segment of their own in most runs where only logarithms are taken, and in none with this limit.
   */
  public static final double AUTO_QUANTILE = 0.99;

  public Winsorizing {
    if (quantile < 0.5 || quantile > 1) {
      throw new IllegalArgumentException("winsorize: " + quantile + " is not in 0.5..1");
    }
  }

  /** Whether the data decide. */
  public boolean isAuto() {
    return Double.isNaN(quantile);
  }

  /** The quantile for a feature whose transform was declared, or chosen by the data. */
  public double quantile(boolean foundSkewed) {
    return isAuto() ? (foundSkewed ? AUTO_QUANTILE : 1) : quantile;
  }

  /** As it would stand in a spec: a number, {@code auto} or {@code none}. */
  @JsonValue
  public Object written() {
    return isAuto() ? "auto" : quantile == 1 ? "none" : (Object) quantile;
  }
}
