package personas.report.privacy;

import java.util.Arrays;

/**
 * Which counts of users a report hides. A count of 1 to {@code least - 1} users is hidden, and as
 * many further counts as it takes that nobody can compute the hidden ones from a total: the hidden
 * counts of a total are at least two and add up to at least {@code least} users. This is cell
 * suppression (L. Willenborg and T. de Waal, <i>Elements of statistical disclosure control</i>,
 * 2001).
 */
public final class SmallGroups {
  private final int least;

  /**
   * Groups of fewer users than {@code least} are small.
   *
   * @param least 0 if no group is small
   */
  public SmallGroups(int least) {
    this.least = least;
  }

  /** Whether a group is small; nobody is not a small group. */
  public boolean isSmall(long users) {
    return users > 0 && users < least;
  }

  /** The count, or null if it counts a small group. */
  public Long shown(long users) {
    return isSmall(users) ? null : (Long) users;
  }

  /** Which counts of one total are hidden. */
  public boolean[] hidden(long[] counts) {
    return hidden(new long[][] {counts})[0];
  }

  /** Which cells of a table are hidden if the totals of all rows and columns are known. */
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
        int disclosing = cellToHide(table[i], hidden[i]);
        if (disclosing >= 0) {
          hidden[i][disclosing] = true;
          changes = true;
        }
      }
      for (int j = 0; j < columns && table.length > 1; j++) {
        int disclosing = cellToHide(column(table, j), column(hidden, j));
        if (disclosing >= 0) {
          hidden[disclosing][j] = true;
          changes = true;
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
   * The first of the smallest shown counts, if the hidden counts follow from the total; -1 if no
   * further count has to be hidden, or none is left.
   */
  private int cellToHide(long[] counts, boolean[] hidden) {
    long users = 0;
    int cells = 0;
    int smallest = -1;
    for (int i = 0; i < counts.length; i++) {
      if (hidden[i]) {
        users += counts[i];
        cells++;
      } else if (counts[i] > 0 && (smallest < 0 || counts[i] < counts[smallest])) {
        smallest = i;
      }
    }
    return cells == 1 || (cells > 0 && users < least) ? smallest : -1;
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

  /** The values of a list without its smallest and its largest, of which each is one user's. */
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
