package personas.run.shard;

import java.util.List;
import personas.feature.moments.Standardizer;
import personas.feature.shard.Shard;
import personas.kmeans.KnownAssignment;
import personas.kmeans.LloydKernel;
import personas.kmeans.PointBlocks;

/**
 * The numbers of one shard in memory. Callers synchronize on the shard, because a retried bundle
 * may run at the same time as its first attempt.
 */
final class CachedShard {
  private final int rows;

  /** The number of users that each row stands for; null if each row is one user. */
  private final int[] weights;

  /** Raw values, or z-scores in the columns that {@link #isStandardized} marks. */
  private final double[][] columns;

  private final boolean[] isStandardized;

  /** Whether vectorized loops can standardize each column; null before the first pass. */
  private boolean[] canVectorize;

  /** One entry per number of clusters that the run trains; null before the first pass with it. */
  private final KnownAssignment[] assignments;

  private final long bytesPerRow;

  /**
   * Keeps the columns and weights of a shard; the shard does not change.
   *
   * @param shard the shard
   * @param candidates the numbers of clusters that the run trains
   */
  CachedShard(Shard shard, List<Integer> candidates) {
    this.columns = shard.columns().clone();
    this.isStandardized = new boolean[columns.length];
    this.rows = shard.rows();
    this.weights = shard.weights();
    this.assignments = new KnownAssignment[candidates.size()];
    long assignmentBytes = candidates.stream().mapToLong(KnownAssignment::bytesPerPoint).sum();
    this.bytesPerRow =
        (long) Double.BYTES * columns.length
            + assignmentBytes
            + (weights == null ? 0 : Integer.BYTES);
  }

  int rows() {
    return rows;
  }

  /** Returns the number of users that each row stands for; null if each row is one user. */
  int[] weights() {
    return weights;
  }

  /** Returns the size in memory in kB, including the assignments that passes will add. */
  int kilobytes() {
    return 1 + (int) (bytesPerRow * rows / 1024);
  }

  /**
   * Returns the z-scores. A column keeps its raw values if its z-scores are cheap to compute, and
   * each pass computes them again.
   */
  PointBlocks points(Standardizer standardizer) {
    if (canVectorize == null) {
      canVectorize = new boolean[columns.length];
      for (int f = 0; f < columns.length; f++) {
        canVectorize[f] = standardizer.canVectorize(f, columns[f], 0, rows);
      }
    }
    for (int f = 0; f < columns.length; f++) {
      if (!isStandardized[f] && !standardizer.isCheapToStandardize(f)) {
        double[] zScores = new double[rows];
        standardizer.standardize(f, columns[f], 0, rows, zScores);
        columns[f] = zScores;
        isStandardized[f] = true;
      }
    }
    double[][] block = new double[columns.length][LloydKernel.BLOCK];
    return (from, count) -> {
      for (int f = 0; f < columns.length; f++) {
        if (isStandardized[f]) {
          System.arraycopy(columns[f], from, block[f], 0, count);
        } else if (canVectorize[f]) {
          standardizer.standardizeVectorized(f, columns[f], from, from + count, block[f]);
        } else {
          standardizer.standardize(f, columns[f], from, from + count, block[f]);
        }
      }
      return block;
    };
  }

  /**
   * Returns the assignment of the rows by the last pass of a candidate. The centroids may have
   * moved since this pass.
   *
   * @param candidate the index of the candidate
   * @param k the number of clusters
   */
  KnownAssignment assignment(int candidate, int k) {
    if (assignments[candidate] == null || !assignments[candidate].isFor(k)) {
      assignments[candidate] = new KnownAssignment(rows, k);
    }
    return assignments[candidate];
  }
}
