package personas.kmeans.seeding;

import java.util.Arrays;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;

/**
 * Lloyd's iteration that compares the points of a cluster with neighboring clusters only. By the
 * triangle inequality, if two centroids are farther apart than twice the radius of the first
 * cluster, the second centroid cannot be nearer to a point of that cluster than the first centroid.
 * A cluster whose centroid did not move is compared only with neighbors whose centroids moved. So
 * the cost of moving two centroids depends on the clusters around them, not on the number of all
 * points and clusters.
 *
 * <p>Sources: T. Kaukoranta, P. Fränti and O. Nevalainen, <i>A fast exact GLA based on code vector
 * activity detection</i>, IEEE Transactions on Image Processing 9, 2000; C. Elkan, <i>Using the
 * triangle inequality to accelerate k-means</i>, ICML 2003. One thread handles the points in one
 * order, so equal inputs give equal bits.
 *
 * <p>An instance is not thread-safe, because it owns its buffers.
 */
final class NeighborLloyd {
  /** A factor slightly above 1, so that rounding does not exclude a neighbor. */
  private static final double SLACK = 1 + 1e-9;

  /** The iteration ends after a pass that lowers the inertia by at most this share. */
  private static final double LEAST_GAIN = 1e-6;

  private final double[][] columns;
  private final int n;
  private final int d;
  private final double[][] block;
  private final LloydKernel bufferKernel;
  private final int[] nearest = new int[LloydKernel.BLOCK];
  private final double[] squared = new double[LloydKernel.BLOCK];
  private long work;

  NeighborLloyd(double[][] columns, int n) {
    this.columns = columns;
    this.n = n;
    this.d = columns.length;
    this.block = new double[d][LloydKernel.BLOCK];
    this.bufferKernel = new LloydKernel(Centroids.of(1, d, new double[d]));
  }

  /** Returns the number of coordinate differences computed so far. */
  long work() {
    return work;
  }

  /**
   * Assigns all points to their nearest centroids, and moves each centroid to the mean of its
   * points.
   */
  Cell[] assign(double[] centroids, int k) {
    int[] allRows = new int[n];
    Arrays.setAll(allRows, i -> i);
    double[] sums = new double[d];
    for (int f = 0; f < d; f++) {
      for (int i = 0; i < n; i++) {
        sums[f] += columns[f][i];
      }
    }
    Cell[] cells = new Cell[k];
    boolean[] moved = new boolean[k];
    for (int j = 0; j < k; j++) {
      double[] centroid = Arrays.copyOfRange(centroids, j * d, (j + 1) * d);
      cells[j] = new Cell(new int[0], new double[d], centroid, 0, 0);
    }
    cells[0] = new Cell(allRows, sums, cells[0].centroid, Double.POSITIVE_INFINITY, 0);
    moved[0] = true;
    pass(cells, moved);
    return cells;
  }

  /**
   * Makes passes until a pass lowers the inertia by at most a millionth.
   *
   * @param cells the clusters; replaced by the clusters after the passes
   * @param moved whether the centroid of each cluster moved since its points were compared
   * @param maxPasses the largest number of passes
   * @param goal the inertia to reach. The passes end early if they would miss the goal even if
   *     every remaining pass lowered the inertia by as much as the last pass did
   * @return the inertia
   */
  double run(Cell[] cells, boolean[] moved, int maxPasses, double goal) {
    double inertia = Double.POSITIVE_INFINITY;
    for (int remaining = maxPasses - 1; remaining >= 0; remaining--) {
      boolean anyMoved = pass(cells, moved);
      double before = inertia;
      inertia = inertia(cells);
      double gain = before - inertia;
      if (!anyMoved || gain <= LEAST_GAIN * inertia || inertia - remaining * gain > goal) {
        return inertia;
      }
    }
    return inertia;
  }

  static double inertia(Cell[] cells) {
    double inertia = 0;
    for (Cell cell : cells) {
      inertia += cell.inertia;
    }
    return inertia;
  }

  /** Makes one pass and returns whether a centroid moved. */
  boolean pass(Cell[] cells, boolean[] moved) {
    CellChanges[] changes = new CellChanges[cells.length];
    for (int j = 0; j < cells.length; j++) {
      int[] compared = comparedClusters(cells, j, moved);
      if (moved[j] || compared.length > 1) {
        compare(cells, compared, changes);
      }
    }
    boolean anyMoved = false;
    for (int j = 0; j < cells.length; j++) {
      Cell before = cells[j];
      if (changes[j] != null) {
        cells[j] = changes[j].apply(before, columns);
      }
      moved[j] = cells[j] != before && !Arrays.equals(cells[j].centroid, before.centroid);
      anyMoved |= moved[j];
    }
    return anyMoved;
  }

  /**
   * Returns the index of a cluster, followed by the indices of the clusters whose centroids may be
   * nearer to one of the cluster's points than the centroid of the cluster.
   */
  private static int[] comparedClusters(Cell[] cells, int own, boolean[] moved) {
    int[] compared = new int[cells.length];
    int count = 1;
    compared[0] = own;
    double reach = 2 * cells[own].radius * SLACK;
    if (cells[own].members.length > 0) {
      for (int j = 0; j < cells.length; j++) {
        if (j != own && (moved[own] || moved[j]) && cells[own].distanceTo(cells[j]) < reach) {
          compared[count++] = j;
        }
      }
    }
    return Arrays.copyOf(compared, count);
  }

  private void compare(Cell[] cells, int[] compared, CellChanges[] changes) {
    CellChanges own = changesOf(changes, compared[0]);
    int[] members = cells[compared[0]].members;
    own.beginComparison(members.length);
    forEachBlock(
        cells,
        members,
        compared,
        (from, count) -> {
          for (int i = 0; i < count; i++) {
            int row = members[from + i];
            if (nearest[i] == 0) {
              own.stay(row, squared[i]);
            } else {
              own.leave(row);
              changesOf(changes, compared[nearest[i]]).join(row, squared[i]);
            }
          }
        });
  }

  private static CellChanges changesOf(CellChanges[] changes, int j) {
    if (changes[j] == null) {
      changes[j] = new CellChanges();
    }
    return changes[j];
  }

  /** Visits a block of points whose nearest clusters and squared distances are in the buffers. */
  interface BlockVisitor {
    void visit(int from, int count);
  }

  /**
   * Finds the nearest of the compared clusters for each member, block by block.
   *
   * @param cells all clusters
   * @param members the rows of the points
   * @param compared the indices of the compared clusters
   * @param visitor is called after each block
   */
  void forEachBlock(Cell[] cells, int[] members, int[] compared, BlockVisitor visitor) {
    double[] centroids = new double[compared.length * d];
    for (int c = 0; c < compared.length; c++) {
      System.arraycopy(cells[compared[c]].centroid, 0, centroids, c * d, d);
    }
    LloydKernel kernel = bufferKernel.sharingBuffers(centroids);
    work += (long) members.length * compared.length * d;
    for (int from = 0; from < members.length; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, members.length - from);
      for (int f = 0; f < d; f++) {
        double[] column = columns[f];
        double[] gathered = block[f];
        for (int i = 0; i < count; i++) {
          gathered[i] = column[members[from + i]];
        }
      }
      kernel.nearest(block, 0, count, nearest, squared);
      visitor.visit(from, count);
    }
  }

  /** Returns feature f of point i of the block. */
  double at(int f, int i) {
    return block[f][i];
  }

  /** Returns the nearest cluster of point i of the block, as an index of the compared clusters. */
  int nearest(int i) {
    return nearest[i];
  }

  /** Returns the squared distance of point i of the block to the nearest centroid. */
  double squared(int i) {
    return squared[i];
  }
}
