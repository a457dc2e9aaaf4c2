package personas.report.data;

import java.io.Serializable;
import personas.math.Require;
import personas.text.sql.SqlDialect;

/**
 * The settings of the rules of a report.
 *
 * @param depth the maximum number of questions that decide the persona of a user, {@value
 *     #MIN_DEPTH} to {@value #MAX_DEPTH}; null for the default of {@link #depthFor}
 * @param dialect the database that runs the SQL; null for standard SQL
 */
public record RuleSettings(Integer depth, SqlDialect dialect) implements Serializable {
  /** The smallest allowed depth. */
  public static final int MIN_DEPTH = 1;

  /** The largest allowed depth. */
  public static final int MAX_DEPTH = 6;

  /** The default depth for up to eight personas. */
  private static final int DEFAULT_DEPTH = 3;

  /** The default settings. */
  public static final RuleSettings DEFAULT = new RuleSettings(null, null);

  public RuleSettings {
    if (depth != null) {
      Require.between(MIN_DEPTH, MAX_DEPTH, "depth", depth);
    }
  }

  /**
   * Returns the declared depth. If the depth is not declared, returns 3, or more if k personas need
   * more questions, up to {@value #MAX_DEPTH}.
   *
   * @param k the number of personas
   */
  public int depthFor(int k) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, k) - 1);
    return depth != null ? depth : Math.min(MAX_DEPTH, Math.max(DEFAULT_DEPTH, needed));
  }
}
