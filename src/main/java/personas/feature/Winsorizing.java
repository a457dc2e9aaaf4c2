package personas.feature;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * The quantile at which the values of a feature are winsorized on both sides, so that a few extreme
 * users neither stretch the scale nor form a cluster. Means in raw units are computed from the
 * original values.
 *
 * <p>Source: C. P. Winsor, in J. W. Tukey, <i>The future of data analysis</i>, Annals of
 * Mathematical Statistics 33, 1962.
 *
 * @param quantile the quantile in 0.5..1; 1 does not winsorize; NaN lets the data choose
 */
public record Winsorizing(double quantile) implements Serializable {
  /** Values are not winsorized. */
  public static final Winsorizing NONE = new Winsorizing(1);

  /**
   * {@link #AUTO_QUANTILE} is used if {@link Transform#AUTO} found the feature heavily skewed and
   * took the logarithm. Otherwise values are not winsorized.
   */
  public static final Winsorizing AUTO = new Winsorizing(Double.NaN);

  /**
   * One percent of the users is winsorized on either side. This is the default of {@code
   * minSegmentShare}, so the winsorized users are too few to be a segment. If a true segment of
   * more than one percent is extreme in a feature, the limit lies within the segment, and the
   * segment keeps its distance from the other users. In 5 log-normal features, 0.1% of users with
   * values 1,000 times as large form a separate segment in most runs with logarithms alone, and in
   * no run with this limit.
   */
  public static final double AUTO_QUANTILE = 0.99;

  public Winsorizing {
    if (quantile < 0.5 || quantile > 1) {
      throw new IllegalArgumentException("winsorize: " + quantile + " is not in 0.5..1");
    }
  }

  /** Returns whether the data choose the quantile. */
  public boolean isAuto() {
    return Double.isNaN(quantile);
  }

  /**
   * Returns the quantile in use.
   *
   * @param foundSkewed whether {@link Transform#AUTO} took the logarithm of the feature
   */
  public double quantile(boolean foundSkewed) {
    return isAuto() ? (foundSkewed ? AUTO_QUANTILE : 1) : quantile;
  }

  /** Returns the value for a spec: a number, {@code auto} or {@code none}. */
  @JsonValue
  public Object specValue() {
    return isAuto() ? "auto" : quantile == 1 ? "none" : (Object) quantile;
  }
}
