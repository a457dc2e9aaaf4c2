package personas.table.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.TextSyntax;
import personas.table.ledger.DecimalMarks;

/**
 * Counts for each column the numbers that show what the decimal mark means, see {@link
 * DecimalMarks}.
 */
final class DecimalMarkCounter {
  private static final int GROUP = 3;

  private final byte mark;
  private final long[] grouped;
  private final long[] small;

  /**
   * Whether the mark of a column is still ambiguous; always false if the spec names a mark for
   * thousands.
   */
  private final boolean[] open;

  /**
   * Creates a counter.
   *
   * @param syntax the syntax of numbers in the input
   * @param columns the number of columns
   */
  DecimalMarkCounter(TextSyntax syntax, int columns) {
    mark = (byte) (syntax.decimal() == null ? '.' : syntax.decimal());
    grouped = new long[columns];
    small = new long[columns];
    open = new boolean[columns];
    Arrays.fill(open, syntax.thousands() == null);
  }

  /** Returns whether the mark of a column is still ambiguous. */
  boolean isOpen(int column) {
    return open[column];
  }

  /** Adds the text of a number in a column whose mark is still ambiguous. */
  void add(int column, byte[] text, int from, int to) {
    if (isSmallWhole(text, from, to)) {
      small[column]++;
      return;
    }
    int start = from;
    int end = to;
    while (start < end && !isDigit(text[start]) && text[start] != mark) {
      start++;
    }
    while (end > start && !isDigit(text[end - 1]) && text[end - 1] != mark) {
      end--;
    }
    int whole = digits(text, start, end);
    if (start + whole == end && whole <= GROUP) {
      small[column]++;
    } else if (whole >= 1
        && whole <= GROUP
        && text[start] != '0'
        && end - start == whole + 1 + GROUP
        && text[start + whole] == mark
        && digits(text, start + whole + 1, end) == GROUP) {
      grouped[column]++;
    } else {
      open[column] = false;
    }
  }

  /** Returns the counts of the first {@code columns} columns. */
  List<DecimalMarks> marks(int columns) {
    List<DecimalMarks> marks = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      marks.add(open[i] ? new DecimalMarks(grouped[i], small[i], false) : DecimalMarks.DECIDED);
    }
    return marks;
  }

  /**
   * Returns whether a text consists of one to three digits. A column of such numbers stays
   * ambiguous, so this test runs for each of its values. It has no loop, because the processor
   * mispredicts the end of a loop over one to three digits.
   */
  private static boolean isSmallWhole(byte[] text, int from, int to) {
    int length = to - from;
    return length >= 1
        && length <= GROUP
        && isDigit(text[from])
        && isDigit(text[from + length / 2])
        && isDigit(text[to - 1]);
  }

  private static int digits(byte[] text, int from, int to) {
    int p = from;
    while (p < to && isDigit(text[p])) {
      p++;
    }
    return p - from;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
