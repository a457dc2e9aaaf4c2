package personas.report.data;

import java.io.Serializable;
import personas.text.sql.SqlDialect;

/**
 * What the user asks of the rules of a report.
 *
 * @param depth the most conditions of a rule of the set that covers all users, {@value #LEAST} to
 *     {@value #MOST}; null for {@link #depthFor}
 * @param dialect the database that the rules are for; null for standard SQL
 */
public record RuleSettings(Integer depth, SqlDialect dialect) implements Serializable {
  public static final int LEAST = 1;
  public static final int MOST = 6;

  /** The default depth of up to eight personas. */
  private static final int USUAL = 3;

  /** Nothing is asked. */
  public static final RuleSettings NONE = new RuleSettings(null, null);

  /** The depth that was asked for, else 3, or more if as many rules cannot name k personas. */
  public int depthFor(int k) {
    int needed = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, k) - 1);
    return depth != null ? depth : Math.min(MOST, Math.max(USUAL, needed));
  }
}
