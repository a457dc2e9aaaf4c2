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
  /** The number of digits in a group of thousands. */
  private static final int GROUP_DIGITS = 3;

  private final byte mark;
  private final long[] grouped;
  private final long[] small;

  /**
   * Whether the mark of a column may still group thousands; always false if the spec names a mark
   * for thousands.
   */
  private final boolean[] isUndecided;

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
    isUndecided = new boolean[columns];
    Arrays.fill(isUndecided, syntax.thousands() == null);
  }

  /** Returns whether the mark of a column may still group thousands. */
  boolean isUndecided(int column) {
    return isUndecided[column];
  }

  /** Adds the text of a number in a column whose mark may still group thousands. */
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
    int wholeDigits = digits(text, start, end);
    if (start + wholeDigits == end && wholeDigits <= GROUP_DIGITS) {
      small[column]++;
    } else if (wholeDigits >= 1
        && wholeDigits <= GROUP_DIGITS
        && text[start] != '0'
        && end - start == wholeDigits + 1 + GROUP_DIGITS
        && text[start + wholeDigits] == mark
        && digits(text, start + wholeDigits + 1, end) == GROUP_DIGITS) {
      grouped[column]++;
    } else {
      isUndecided[column] = false;
    }
  }

  /** Returns the counts of the first {@code columns} columns. */
  List<DecimalMarks> marks(int columns) {
    List<DecimalMarks> marks = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      marks.add(
          isUndecided[i] ? new DecimalMarks(grouped[i], small[i], false) : DecimalMarks.DECIDED);
    }
    return marks;
  }

  /**
   * Returns whether a text consists of one to three digits. A column of such numbers stays
   * undecided, so this test runs for each of its values. The test has no loop, because the
   * processor mispredicts the end of a loop over one to three digits.
   */
  private static boolean isSmallWhole(byte[] text, int from, int to) {
    int length = to - from;
    return length >= 1
        && length <= GROUP_DIGITS
        && isDigit(text[from])
        && isDigit(text[from + length / 2])
        && isDigit(text[to - 1]);
  }

  /** Returns the number of digits at the beginning of a text. */
  private static int digits(byte[] text, int from, int to) {
    int index = from;
    while (index < to && isDigit(text[index])) {
      index++;
    }
    return index - from;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
