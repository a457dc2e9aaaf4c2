package personas.report.privacy;

import java.util.Arrays;

/**
 * Decides which counts of users a report hides. A count of 1 to {@code least - 1} users is hidden.
 * Further counts are hidden so that nobody can compute a hidden count from a total: a total has no
 * hidden count, or at least two with a sum of at least {@code least} users. This is cell
 * suppression (L. Willenborg and T. de Waal, <i>Elements of statistical disclosure control</i>,
 * 2001).
 */
public final class SmallGroups {
  private final int least;

  /**
   * Creates the rule.
   *
   * @param least number of users of the smallest group that is not small; 0 if no group is small
   */
  public SmallGroups(int least) {
    this.least = least;
  }

  /** Whether a group is small. A group of 0 users is not small. */
  public boolean isSmall(long users) {
    return users > 0 && users < least;
  }

  /** Returns the count; null if the group is small. */
  public Long shown(long users) {
    return isSmall(users) ? null : (Long) users;
  }

  /** Returns which counts are hidden if their total is known. */
  public boolean[] hidden(long[] counts) {
    return hidden(new long[][] {counts})[0];
  }

  /** Returns which cells of a table are hidden if the totals of all rows and columns are known. */
  public boolean[][] hidden(long[][] table) {
    int columns = table.length == 0 ? 0 : table[0].length;
    boolean[][] hidden = new boolean[table.length][columns];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < columns; j++) {
        hidden[i][j] = isSmall(table[i][j]);
      }
    }
    boolean changes = true;
    while (changes) {
      changes = false;
      for (int i = 0; i < table.length; i++) {
        changes |= protect(table, hidden, i, i + 1, 0, columns);
      }
      for (int j = 0; j < columns && table.length > 1; j++) {
        changes |= protect(table, hidden, 0, table.length, j, j + 1);
      }
    }
    return hidden;
  }

  /**
   * Hides the smallest visible cell of a row or a column if the hidden cells would follow from the
   * total.
   */
  private boolean protect(
      long[][] table, boolean[][] hidden, int fromRow, int toRow, int fromColumn, int toColumn) {
    long users = 0;
    int cells = 0;
    int[] smallest = null;
    for (int i = fromRow; i < toRow; i++) {
      for (int j = fromColumn; j < toColumn; j++) {
        if (hidden[i][j]) {
          users += table[i][j];
          cells++;
        } else if (table[i][j] > 0
            && (smallest == null || table[i][j] < table[smallest[0]][smallest[1]])) {
          smallest = new int[] {i, j};
        }
      }
    }
    boolean isOpen = cells > 0 && (cells == 1 || users < least) && smallest != null;
    if (isOpen) {
      hidden[smallest[0]][smallest[1]] = true;
    }
    return isOpen;
  }

  /** Whether any of the values is true. */
  static boolean any(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the values without the {@code least - 1} smallest and the {@code least - 1} largest.
   */
  public double[] trimmed(double[] sorted) {
    int n = sorted.length;
    if (least < 2) {
      return sorted;
    }
    if (n < least) {
      return new double[0];
    }
    return Arrays.copyOfRange(
        sorted, Math.min(least - 1, n - least), Math.max(least - 1, n - least) + 1);
  }
}
