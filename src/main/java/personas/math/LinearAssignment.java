package personas.math;

import java.util.Arrays;

/**
 * The optimal one-to-one assignment of rows to columns: shortest augmenting paths with potentials,
 * O(rows² · columns). H. W. Kuhn, <i>The Hungarian method for the assignment problem</i>, 1955; R.
 * Jonker and A. Volgenant, <i>A shortest augmenting path algorithm for dense and sparse linear
 * assignment problems</i>, 1987.
 */
public final class LinearAssignment {
  private static final int NONE = 0;

  private final double[][] cost;
  private final int rows;
  private final int columns;
  // Counted from 1; 0 stands for none.
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
   * The column of each row such that the sum of the costs is least. Deterministic.
   *
   * @param cost rows × columns, finite, with at least as many columns as rows
   * @throws IllegalArgumentException where it is not
   */
  public static int[] minimize(double[][] cost) {
    if (cost.length == 0) {
      return new int[0];
    }
    if (cost.length > cost[0].length) {
      throw new IllegalArgumentException(
          cost.length + " rows are more than " + cost[0].length + " columns");
    }
    for (double[] row : cost) {
      if (row.length != cost[0].length) {
        throw new IllegalArgumentException(
            "rows of " + cost[0].length + " and of " + row.length + " columns");
      }
      for (double each : row) {
        // The search for the next column would never end.
        if (!Double.isFinite(each)) {
          throw new IllegalArgumentException("cost " + each + " is not finite");
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

  /** Gives the row a column, moving others along the cheapest path of exchanges. */
  private void assign(int row) {
    double[] slack = new double[columns + 1];
    int[] before = new int[columns + 1];
    boolean[] visited = new boolean[columns + 1];
    Arrays.fill(slack, Double.POSITIVE_INFINITY);
    rowOf[0] = row;
    int column = 0;
    do {
      visited[column] = true;
      column = nearest(column, slack, before, visited);
    } while (rowOf[column] != NONE);
    while (column != 0) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
  }

  private int nearest(int from, double[] slack, int[] before, boolean[] visited) {
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
        before[column] = from;
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
