package personas.table.ledger;

import java.io.Serializable;
import personas.math.Require;

/**
 * Counts of numbers in a column that show whether the decimal mark could group thousands instead.
 * In {@code 1.900} and {@code 200} the mark could group; in {@code 1.5}, {@code 0.125} or {@code
 * 1900} it cannot.
 *
 * @param grouped the count of numbers with one to three digits, the mark and three more digits; 0
 *     if decided
 * @param small the count of whole numbers with up to three digits, which fit both meanings; 0 if
 *     decided
 * @param isDecided whether a number or the spec shows that the mark does not group
 */
public record DecimalMarks(long grouped, long small, boolean isDecided) implements Serializable {
  /** The counts of a column without numbers. */
  public static final DecimalMarks NONE = new DecimalMarks(0, 0, false);

  /** The counts of a column whose mark is known not to group thousands. */
  public static final DecimalMarks DECIDED = new DecimalMarks(0, 0, true);

  public DecimalMarks {
    Require.atLeast(0, "grouped", grouped);
    Require.atLeast(0, "small", small);
  }

  /** Returns the counts of two parts of a column together. */
  public DecimalMarks plus(DecimalMarks other) {
    return isDecided || other.isDecided
        ? DECIDED
        : new DecimalMarks(grouped + other.grouped, small + other.small, false);
  }

  /** Returns whether the mark may separate decimals or group thousands. */
  public boolean isAmbiguous() {
    return grouped > 0 && small > 0;
  }
}
