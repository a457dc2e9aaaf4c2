package personas.spec;

import java.io.Serializable;

/**
 * What the report keeps to itself, because people pass a report on. It changes no result: neither
 * the model nor the assignments.
 *
 * @param minGroup the report says nothing about fewer users than these; 0 if the report may show
 *     single users
 */
public record Privacy(int minGroup) implements Serializable {
  /** The report says nothing about fewer than five users. */
  public static final Privacy DEFAULT = new Privacy(5);

  /** The report may show single users. */
  public static final Privacy OFF = new Privacy(0);

  /** Whether the report may show single users. */
  public boolean isOff() {
    return minGroup == 0;
  }
}
