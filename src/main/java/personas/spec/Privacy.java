package personas.spec;

import java.io.Serializable;
import personas.math.Require;

/**
 * The size below which the report hides the figures of a group, because people pass reports on. The
 * model and the assignments do not depend on this setting.
 *
 * @param minGroup the smallest number of users about which the report shows a figure; 0 if the
 *     report may show single users
 */
public record Privacy(int minGroup) implements Serializable {
  /** The report shows figures only for groups of five or more users. */
  public static final Privacy DEFAULT = new Privacy(5);

  /** The report may show single users. */
  public static final Privacy OFF = new Privacy(0);

  public Privacy {
    Require.atLeast(0, "minGroup", minGroup);
  }

  /** Returns whether the report may show single users. */
  public boolean isOff() {
    return minGroup == 0;
  }
}
