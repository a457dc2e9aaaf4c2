package personas.table.ledger;

import java.io.Serializable;

/**
 * What the numbers of a column show of their decimal mark, which may group thousands instead: in
 * {@code 1.900} and {@code 200} it may, in {@code 1.5}, {@code 0.125} or {@code 1900} it cannot.
 *
 * @param grouped numbers of one to three digits, the mark and three digits more; 0 if decided
 * @param small whole numbers of up to three digits, which show nothing; 0 if decided
 * @param isDecided whether a number, or the spec, shows that the mark does not group
 */
public record DecimalMarks(long grouped, long small, boolean isDecided) implements Serializable {
  public static final DecimalMarks NONE = new DecimalMarks(0, 0, false);
  public static final DecimalMarks DECIDED = new DecimalMarks(0, 0, true);

  /** What two parts of a column show. */
  public DecimalMarks plus(DecimalMarks other) {
    return isDecided || other.isDecided
        ? DECIDED
        : new DecimalMarks(grouped + other.grouped, small + other.small, false);
  }

  /** Whether a reader of the numbers cannot tell what the mark means. */
  public boolean mayGroup() {
    return grouped > 0 && small > 0;
  }
}
