package personas.kmeans;

/** Standardized points that are read block by block. */
public interface PointBlocks {
  /**
   * Returns {@code count} points, of which the first has the index {@code from}.
   *
   * @param count at most {@link LloydKernel#BLOCK}
   * @return d columns in which the first of these points has the index 0; the next call may
   *     overwrite the columns
   */
  double[][] block(int from, int count);

  /** Returns the blocks of d columns that are in memory. */
  static PointBlocks of(double[][] columns) {
    double[][] block = new double[columns.length][LloydKernel.BLOCK];
    return (from, count) -> {
      for (int f = 0; f < columns.length; f++) {
        System.arraycopy(columns[f], from, block[f], 0, count);
      }
      return block;
    };
  }
}
