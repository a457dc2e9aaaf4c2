package personas.report.data;

import java.io.Serializable;
import personas.text.sql.SqlDialect;

/**
 * The settings of the rules of a report.
 *
 * @param depth the maximum number of questions that decide the persona of a user, {@value #LEAST}
 *     to {@value #MOST}; null for the default of {@link #depthFor}
 * @param dialect the database that runs the SQL; null for standard SQL
 */
public record RuleSettings(Integer depth, SqlDialect dialect) implements Serializable {
  public static final int LEAST = 1;
  public static final int MOST = 6;

  /** The default depth for up to eight personas. */
  private static final int DEFAULT_DEPTH = 3;

  /** The default settings. */
  public static final RuleSettings NONE = new RuleSettings(null, null);

  /**
   * Returns the declared depth. Without a declared depth, returns 3, or more if k personas need
   * more questions.
   */
  public int depthFor(int k) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, k) - 1);
    return depth != null ? depth : Math.min(MOST, Math.max(DEFAULT_DEPTH, needed));
  }
}
