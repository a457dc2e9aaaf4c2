package personas.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * How much nearer another centroid must be before a user of the previous run changes persona.
 *
 * @param margin above 0 and at most 1: the least gain {@code (d2 - d1) / d2} that changes the
 *     persona, where d1 is the distance to the nearest centroid and d2 the distance to the centroid
 *     of the previous persona; null for {@code auto}
 * @param maxFlipBack for {@code auto}: the largest share, 0..1, of users of three runs in a row who
 *     may return to the persona that they left a run before; null if the margin is given
 */
public record Stickiness(
    @JsonInclude(JsonInclude.Include.NON_NULL) Double margin,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double maxFlipBack)
    implements Serializable {
  public static final double DEFAULT_MAX_FLIP_BACK = 0.02;

  /** A given margin; null for 0, because a run with the margin 0 holds nobody. */
  public static Stickiness of(double margin) {
    return margin > 0 ? new Stickiness(margin, null) : null;
  }

  /** The smallest margin that keeps the flip-backs of the earlier runs low. */
  public static Stickiness auto(double maxFlipBack) {
    return new Stickiness(null, maxFlipBack + 0.0); // -0 means what 0 means
  }

  /** Whether earlier runs choose the margin. */
  @JsonIgnore
  public boolean isAuto() {
    return margin == null;
  }
}
