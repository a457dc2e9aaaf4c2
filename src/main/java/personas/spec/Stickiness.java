package personas.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import personas.math.Require;

/**
 * How much nearer another centroid must be before a user of the previous run changes persona.
 *
 * @param margin the limit of {@code (d2 - d1) / d2}, above 0 and at most 1; a user changes persona
 *     only above this limit. Here d1 is the distance to the nearest centroid, and d2 is the
 *     distance to the centroid of the previous persona; null for {@code auto}
 * @param maxFlipBack the largest share, 0..1, of the users of three consecutive runs who may return
 *     in the third run to the persona that they left in the second; null if the margin is given
 */
public record Stickiness(
    @JsonInclude(JsonInclude.Include.NON_NULL) Double margin,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double maxFlipBack)
    implements Serializable {
  /** The default of {@link #maxFlipBack}, a share of the users of three consecutive runs. */
  public static final double DEFAULT_MAX_FLIP_BACK = 0.02;

  public Stickiness {
    if ((margin == null) == (maxFlipBack == null)) {
      throw new IllegalArgumentException("exactly one of margin and maxFlipBack must be given");
    }
    Require.between(0, 1, "stickiness", margin == null ? maxFlipBack : margin);
  }

  /**
   * Returns the stickiness with a given margin; null for 0, because with the margin 0 no user stays
   * in the previous persona if another centroid is nearer.
   */
  public static Stickiness of(double margin) {
    return margin > 0 ? new Stickiness(margin, null) : null;
  }

  /**
   * Returns the stickiness {@code auto}: earlier runs choose the smallest margin with which at most
   * {@code maxFlipBack} of the users flip back.
   */
  public static Stickiness auto(double maxFlipBack) {
    // Adding 0 turns -0 into 0, so that both have the same digest.
    return new Stickiness(null, maxFlipBack + 0.0);
  }

  /** Returns whether earlier runs choose the margin. */
  @JsonIgnore
  public boolean isAuto() {
    return margin == null;
  }
}
