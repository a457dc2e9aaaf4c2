package personas.math;

import java.util.Arrays;

/**
 * The optimal one-to-one assignment of rows to columns. The algorithm searches shortest augmenting
 * paths with potentials in O(rows² · columns) steps. Sources: H. W. Kuhn, <i>The Hungarian method
 * for the assignment problem</i>, 1955; R. Jonker and A. Volgenant, <i>A shortest augmenting path
 * algorithm for dense and sparse linear assignment problems</i>, 1987.
 */
public final class LinearAssignment {
  private static final int NONE = 0;

  private final double[][] cost;
  private final int rows;
  private final int columns;

  /** The row of each column. Rows and columns count from 1; 0 means none. */
  private final int[] rowOf;

  private final double[] rowPotential;
  private final double[] columnPotential;

  private LinearAssignment(double[][] cost) {
    this.cost = cost;
    this.rows = cost.length;
    this.columns = cost[0].length;
    this.rowOf = new int[columns + 1];
    this.rowPotential = new double[rows + 1];
    this.columnPotential = new double[columns + 1];
  }

  /**
   * Returns the column of each row such that the sum of the costs is smallest. Equal inputs give
   * equal results, even if several assignments have the smallest sum.
   *
   * @param cost rows × columns, finite, with at least as many columns as rows
   * @return one column per row, counted from 0; empty if there are no rows
   * @throws IllegalArgumentException if a cost is not finite, if rows differ in length, or if there
   *     are more rows than columns
   */
  public static int[] minimize(double[][] cost) {
    if (cost.length == 0) {
      return new int[0];
    }
    if (cost.length > cost[0].length) {
      throw new IllegalArgumentException(
          cost.length + " rows need at least as many columns, but there are " + cost[0].length);
    }
    for (double[] row : cost) {
      if (row.length != cost[0].length) {
        throw new IllegalArgumentException(
            "all rows need " + cost[0].length + " costs, but a row has " + row.length);
      }
      for (double value : row) {
        // With an infinite cost or NaN, the search for the next column would never end.
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("cost " + value + " is not finite");
        }
      }
    }
    return new LinearAssignment(cost).solve();
  }

  private int[] solve() {
    for (int row = 1; row <= rows; row++) {
      assign(row);
    }
    int[] columnOf = new int[rows];
    for (int column = 1; column <= columns; column++) {
      if (rowOf[column] != NONE) {
        columnOf[rowOf[column] - 1] = column - 1;
      }
    }
    return columnOf;
  }

  /** Assigns a column to the row and moves other rows along the cheapest augmenting path. */
  private void assign(int row) {
    double[] slack = new double[columns + 1];
    int[] previousColumn = new int[columns + 1];
    boolean[] visited = new boolean[columns + 1];
    Arrays.fill(slack, Double.POSITIVE_INFINITY);
    rowOf[0] = row;
    int column = 0;
    do {
      visited[column] = true;
      column = nearestColumn(column, slack, previousColumn, visited);
    } while (rowOf[column] != NONE);
    while (column != 0) {
      rowOf[column] = rowOf[previousColumn[column]];
      column = previousColumn[column];
    }
  }

  /**
   * Updates the slack of all columns with the row of a visited column, and all potentials. Returns
   * the column with the least slack among the columns that are not visited.
   */
  private int nearestColumn(int from, double[] slack, int[] previousColumn, boolean[] visited) {
    int row = rowOf[from];
    double least = Double.POSITIVE_INFINITY;
    int nearest = 0;
    for (int column = 1; column <= columns; column++) {
      if (visited[column]) {
        continue;
      }
      double reduced = cost[row - 1][column - 1] - rowPotential[row] - columnPotential[column];
      if (reduced < slack[column]) {
        slack[column] = reduced;
        previousColumn[column] = from;
      }
      if (slack[column] < least) {
        least = slack[column];
        nearest = column;
      }
    }
    for (int column = 0; column <= columns; column++) {
      if (visited[column]) {
        rowPotential[rowOf[column]] += least;
        columnPotential[column] -= least;
      } else {
        slack[column] -= least;
      }
    }
    return nearest;
  }
}
