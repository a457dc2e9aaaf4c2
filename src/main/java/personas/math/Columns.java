package personas.math;

/** Access to tables of numbers with one array per column. */
public final class Columns {
  private Columns() {}

  /**
   * Returns a copy of one row.
   *
   * @param columns arrays that are longer than {@code row}
   * @return one value per column
   */
  public static double[] row(double[][] columns, int row) {
    double[] values = new double[columns.length];
    for (int f = 0; f < columns.length; f++) {
      values[f] = columns[f][row];
    }
    return values;
  }
}
