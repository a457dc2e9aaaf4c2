package personas.run.shard;

import java.util.Arrays;
import personas.feature.moments.Standardizer;
import personas.feature.shard.Shard;
import personas.kmeans.LloydKernel;
import personas.kmeans.PointBlocks;

/**
 * The numbers of one shard. Its users lock it while they work: a bundle that is tried again may
 * meet the first try.
 */
public final class CachedShard {
  private final int rows;

  /** Null if each row is one user. */
  private final int[] weights;

  /** Raw, but standardized where that is kept. */
  private final double[][] columns;

  private final boolean[] standardized;

  /** Per column; null where no pass has asked yet. */
  private boolean[] withinFastRange;

  private final int[][] assignment;
  private final int[] assignmentPass;

  /**
   * The numbers of a shard, which stays as it is.
   *
   * @param candidates clusterings that it keeps an assignment of
   */
  CachedShard(Shard shard, int candidates) {
    this.columns = shard.columns().clone();
    this.standardized = new boolean[columns.length];
    this.rows = shard.rows();
    this.weights = shard.weights();
    this.assignment = new int[candidates][];
    this.assignmentPass = new int[candidates];
    Arrays.fill(assignmentPass, -1);
  }

  int rows() {
    return rows;
  }

  /** How many users each row stands for; null if each is one user. */
  int[] weights() {
    return weights;
  }

  int kilobytes() {
    // Values and the assignments that a pass will add to them.
    long weightBytes = weights == null ? 0 : Integer.BYTES;
    return 1 + (int) ((8L * columns.length + 4L * assignment.length + weightBytes) * rows / 1024);
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
        } else {
          standardizer.standardize(f, columns[f], from, from + count, withinFastRange[f], block[f]);
        }
      }
      return block;
    };
  }

  /**
   * The clusters of one candidate that its pass {@code pass} left here, or null where it was not
   * its last one.
   */
  int[] assignmentOf(int candidate, int pass) {
    return assignmentPass[candidate] == pass ? assignment[candidate] : null;
  }

  /** An assignment to fill, all -1; to be handed back to {@link #keep}. */
  int[] freshAssignment(int candidate) {
    int[] fresh = assignment[candidate] == null ? new int[rows] : assignment[candidate];
    Arrays.fill(fresh, -1);
    return fresh;
  }

  void keep(int candidate, int pass, int[] filled) {
    assignment[candidate] = filled;
    assignmentPass[candidate] = pass;
  }
}
