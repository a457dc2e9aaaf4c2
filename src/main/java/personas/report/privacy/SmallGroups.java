package personas.report.privacy;

import java.util.Arrays;

/**
 * Decides which counts of users a report hides. A count of 1 to {@code minUsers - 1} users is
 * hidden. Further counts are hidden so that nobody can compute a hidden count from a total: a total
 * has no hidden count, or at least two with a sum of at least {@code minUsers} users. This is cell
 * suppression (L. Willenborg and T. de Waal, <i>Elements of statistical disclosure control</i>,
 * 2001).
 */
public final class SmallGroups {
  private final int minUsers;

  /**
   * Creates the rule.
   *
   * @param minUsers the number of users of the smallest group that is shown; 0 if every group is
   *     shown
   */
  public SmallGroups(int minUsers) {
    this.minUsers = minUsers;
  }

  /** Returns whether a group is small. A group of 0 users is not small. */
  public boolean isSmall(long users) {
    return users > 0 && users < minUsers;
  }

  /** Returns the count; null if the group is small. */
  public Long countOrNull(long users) {
    return isSmall(users) ? null : (Long) users;
  }

  /** Returns for each count whether it is hidden if the reader knows the total of all counts. */
  public boolean[] hidden(long[] counts) {
    return hidden(new long[][] {counts})[0];
  }

  /**
   * Returns for each cell of a table whether it is hidden if the reader knows the totals of all
   * rows and columns.
   */
  public boolean[][] hidden(long[][] table) {
    int columns = table.length == 0 ? 0 : table[0].length;
    boolean[][] hidden = new boolean[table.length][columns];
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < columns; j++) {
        hidden[i][j] = isSmall(table[i][j]);
      }
    }
    boolean hasChanged = true;
    while (hasChanged) {
      hasChanged = false;
      for (int i = 0; i < table.length; i++) {
        int cell = cellToHide(table[i], hidden[i]);
        if (cell >= 0) {
          hidden[i][cell] = true;
          hasChanged = true;
        }
      }
      for (int j = 0; j < columns && table.length > 1; j++) {
        int cell = cellToHide(column(table, j), column(hidden, j));
        if (cell >= 0) {
          hidden[cell][j] = true;
          hasChanged = true;
        }
      }
    }
    return hidden;
  }

  private static long[] column(long[][] table, int j) {
    return Arrays.stream(table).mapToLong(row -> row[j]).toArray();
  }

  private static boolean[] column(boolean[][] table, int j) {
    boolean[] column = new boolean[table.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = table[i][j];
    }
    return column;
  }

  /**
   * Returns the index of the first of the smallest shown counts if another count must be hidden.
   * Returns -1 if no further count must be hidden, or if every count above 0 is hidden.
   */
  private int cellToHide(long[] counts, boolean[] hidden) {
    long users = 0;
    int hiddenCells = 0;
    int smallest = -1;
    for (int i = 0; i < counts.length; i++) {
      if (hidden[i]) {
        users += counts[i];
        hiddenCells++;
      } else if (counts[i] > 0 && (smallest < 0 || counts[i] < counts[smallest])) {
        smallest = i;
      }
    }
    return hiddenCells == 1 || (hiddenCells > 0 && users < minUsers) ? smallest : -1;
  }

  /** Returns whether any of the values is true. */
  static boolean any(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the values without the {@code minUsers - 1} smallest and the {@code minUsers - 1}
   * largest. If there are fewer than {@code 2 * minUsers - 1} values, only the middle value
   * remains, or the two middle values of an even number. If there are fewer than {@code minUsers}
   * values, none remains.
   */
  public double[] trimmed(double[] sorted) {
    int n = sorted.length;
    if (minUsers < 2) {
      return sorted;
    }
    if (n < minUsers) {
      return new double[0];
    }
    return Arrays.copyOfRange(
        sorted, Math.min(minUsers - 1, (n - 1) / 2), Math.max(n - minUsers, n / 2) + 1);
  }
}
