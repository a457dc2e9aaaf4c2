package personas.run.shard;

import java.util.List;
import personas.feature.moments.Standardizer;
import personas.feature.shard.Shard;
import personas.kmeans.KnownAssignment;
import personas.kmeans.LloydKernel;
import personas.kmeans.PointBlocks;

/**
 * The numbers of one shard. Its users lock it while they work: a bundle that is tried again may
 * meet the first try.
 */
final class CachedShard {
  private final int rows;

  /** Null if each row is one user. */
  private final int[] weights;

  /** Raw, but standardized where that is kept. */
  private final double[][] columns;

  private final boolean[] standardized;

  /** Per column; null where no pass has asked yet. */
  private boolean[] withinFastRange;

  /** Per number of clusters that the run trains; null where no pass has asked yet. */
  private final KnownAssignment[] assignments;

  private final long bytesPerRow;

  /**
   * The numbers of a shard, which stays as it is.
   *
   * @param candidates the numbers of clusters that the run trains
   */
  CachedShard(Shard shard, List<Integer> candidates) {
    this.columns = shard.columns().clone();
    this.standardized = new boolean[columns.length];
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

  /** How many users each row stands for; null if each is one user. */
  int[] weights() {
    return weights;
  }

  /** With the assignments that passes will add. */
  int kilobytes() {
    return 1 + (int) (bytesPerRow * rows / 1024);
  }

  /**
   * The standardized values. What is quickly computed is computed again for each pass: that costs
   * less than the memory to keep it in.
   */
  PointBlocks points(Standardizer standardizer) {
    if (withinFastRange == null) {
      withinFastRange = new boolean[columns.length];
      for (int f = 0; f < columns.length; f++) {
        withinFastRange[f] = standardizer.isUsual(f, columns[f], 0, rows);
      }
    }
    for (int f = 0; f < columns.length; f++) {
      if (!standardized[f] && !standardizer.isQuick(f)) {
        double[] zScores = new double[rows];
        standardizer.standardize(f, columns[f], 0, rows, zScores);
        columns[f] = zScores;
        standardized[f] = true;
      }
    }
    double[][] block = new double[columns.length][LloydKernel.BLOCK];
    return (from, count) -> {
      for (int f = 0; f < columns.length; f++) {
        if (standardized[f]) {
          System.arraycopy(columns[f], from, block[f], 0, count);
        } else if (withinFastRange[f]) {
          standardizer.standardizeUsual(f, columns[f], from, from + count, block[f]);
        } else {
          standardizer.standardize(f, columns[f], from, from + count, block[f]);
        }
      }
      return block;
    };
  }

  /**
   * What the last pass of a candidate left here, which may be a pass of other centroids.
   *
   * @param k the number of clusters
   */
  KnownAssignment assignment(int candidate, int k) {
    if (assignments[candidate] == null || !assignments[candidate].isFor(k)) {
      assignments[candidate] = new KnownAssignment(rows, k);
    }
    return assignments[candidate];
  }
}
