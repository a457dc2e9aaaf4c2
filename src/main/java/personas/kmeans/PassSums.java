package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.math.GridSum;

/**
 * What one pass over a part of the users adds up to: per cluster the users and the sum of their
 * points, the inertia of each, the users that changed cluster, and the farthest points. Mergeable:
 * all sums are whole numbers of grid steps, so any order and any grouping gives the same bits.
 */
public final class PassSums {
  /** |z| ≤ 2¹⁷ has 2⁴¹ steps: 2¹² such values add up exactly in a double. */
  private static final int EXACT_ADDS = 1 << 12;

  private static final double STEPS_PER_UNIT = 1 << 24;

  /** 2⁴⁴ steps, of which 2⁹ make 2⁵³. */
  private static final double SMALL_SQUARE = 1 << 20;

  private final int k;
  private final int d;
  private final long[] steps;
  private final long[] users;
  private final GridSum[] within;
  private final FarthestPoints farthest;
  private long changedUsers;

  private final double[] block;
  private final double[] blockWithin;
  private int blockAdds;

  public PassSums(int k, int d) {
    this(k, d, new long[k * d], new long[k], new GridSum[k], new FarthestPoints(k), 0);
    Arrays.setAll(within, j -> new GridSum());
  }

  private PassSums(
      int k,
      int d,
      long[] steps,
      long[] users,
      GridSum[] within,
      FarthestPoints farthest,
      long changedUsers) {
    this.k = k;
    this.d = d;
    this.steps = steps;
    this.users = users;
    this.within = within;
    this.farthest = farthest;
    this.changedUsers = changedUsers;
    this.block = new double[k * d];
    this.blockWithin = new double[k];
  }

  /** Adds all points of d columns, as the other one does. */
  public void addShard(double[][] columns, int rows, LloydKernel kernel, int[] assignment) {
    addShard(PointBlocks.of(columns), rows, kernel, assignment);
  }

  /**
   * Adds all points of a shard by their nearest centroid.
   *
   * @param points standardised, on the grid
   * @param rows how many points
   * @param kernel holds the centroids of this pass
   * @param assignment the clusters of the pass before, or -1 where none is known; gets those of
   *     this pass
   */
  public void addShard(PointBlocks points, int rows, LloydKernel kernel, int[] assignment) {
    int[] nearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    for (int from = 0; from < rows; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, rows - from);
      double[][] block = points.block(from, count);
      kernel.nearest(block, 0, count, nearest, best);
      addBlock(block, count, nearest, best);
      changedUsers += assign(nearest, count, assignment, from);
    }
    foldBlock();
  }

  /** Returns how many had another cluster before. */
  private static int assign(int[] nearest, int count, int[] assignment, int from) {
    int changed = 0;
    for (int i = 0; i < count; i++) {
      changed += assignment[from + i] == nearest[i] ? 0 : 1;
    }
    System.arraycopy(nearest, 0, assignment, from, count);
    return changed;
  }

  private void addBlock(double[][] columns, int count, int[] nearest, double[] best) {
    if (blockAdds + count > EXACT_ADDS) {
      foldBlock();
    }
    blockAdds += count;
    int f = d % 2;
    if (f == 1) {
      double[] column = columns[0];
      for (int i = 0; i < count; i++) {
        block[nearest[i] * d] += column[i];
      }
    }
    // Two features at a time: an addition to a cluster waits for the one before it.
    for (; f < d; f += 2) {
      double[] first = columns[f];
      double[] second = columns[f + 1];
      for (int i = 0; i < count; i++) {
        int at = nearest[i] * d + f;
        block[at] += first[i];
        block[at + 1] += second[i];
      }
    }
    for (int i = 0; i < count; i++) {
      users[nearest[i]]++;
    }
    offerFarthest(columns, count, best);
    addWithin(count, nearest, best);
  }

  private void offerFarthest(double[][] columns, int count, double[] best) {
    double threshold = farthest.threshold();
    for (int i = 0; i < count; i++) {
      if (best[i] > threshold) {
        farthest.offer(best[i], columns, i);
        threshold = farthest.threshold();
      }
    }
  }

  /** At most 2⁹ values below 2²⁰: their steps add up exactly in a double. */
  private void addWithin(int count, int[] nearest, double[] best) {
    for (int i = 0; i < count; i++) {
      if (best[i] < SMALL_SQUARE) {
        blockWithin[nearest[i]] += Math.rint(best[i] * STEPS_PER_UNIT);
      } else {
        within[nearest[i]].add(best[i]);
      }
    }
    for (int j = 0; j < k; j++) {
      within[j].add(blockWithin[j] / STEPS_PER_UNIT);
      blockWithin[j] = 0;
    }
  }

  private void foldBlock() {
    for (int i = 0; i < block.length; i++) {
      steps[i] = Math.addExact(steps[i], (long) (block[i] * STEPS_PER_UNIT));
      block[i] = 0;
    }
    blockAdds = 0;
  }

  public void merge(PassSums other) {
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.addExact(steps[i], other.steps[i]);
    }
    for (int j = 0; j < k; j++) {
      users[j] += other.users[j];
      within[j].merge(other.within[j]);
    }
    farthest.merge(other.farthest);
    changedUsers += other.changedUsers;
  }

  public int k() {
    return k;
  }

  public int d() {
    return d;
  }

  public long users(int cluster) {
    return users[cluster];
  }

  /** Users per cluster. */
  public List<Long> users() {
    return Arrays.stream(users).boxed().toList();
  }

  /** Points whose cluster differs from the one that {@link #addShard} was given. */
  public long changedUsers() {
    return changedUsers;
  }

  /** Sum of the squared distances to the nearest centroid. */
  public GridSum inertia() {
    GridSum inertia = new GridSum();
    for (GridSum each : within) {
      inertia.merge(each);
    }
    return inertia;
  }

  /** The part of one cluster's users in the inertia. */
  GridSum within(int cluster) {
    return within[cluster];
  }

  /** Clusters without a user. */
  public int emptyClusters() {
    return (int) Arrays.stream(users).filter(count -> count == 0).count();
  }

  /**
   * The means of the clusters. An empty cluster gets the farthest point that no other empty cluster
   * got; where there is none left (fewer distinct points than clusters) it stays where it was.
   */
  public Centroids means(Centroids before) {
    if (emptyClusters() == 0) {
      return plainMeans(before);
    }
    double[] means = plainMeans(before).toArray();
    List<double[]> spare = farthest.coordinates();
    int used = 0;
    for (int j = 0; j < k; j++) {
      if (users[j] == 0 && used < spare.size()) {
        System.arraycopy(spare.get(used++), 0, means, j * d, d);
      }
    }
    return Centroids.of(k, d, means);
  }

  /** The means of the clusters; an empty one stays where it was. */
  Centroids plainMeans(Centroids before) {
    double[] means = before.toArray();
    for (int j = 0; j < k; j++) {
      for (int f = 0; f < d && users[j] > 0; f++) {
        means[j * d + f] = steps[j * d + f] / STEPS_PER_UNIT / users[j];
      }
    }
    return Centroids.of(k, d, means);
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(k);
    out.writeInt(d);
    for (long sum : steps) {
      out.writeLong(sum);
    }
    for (long count : users) {
      out.writeLong(count);
    }
    for (GridSum each : within) {
      each.write(out);
    }
    farthest.write(out);
    out.writeLong(changedUsers);
  }

  public static PassSums read(DataInput in) throws IOException {
    int k = in.readInt();
    int d = in.readInt();
    long[] steps = new long[k * d];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = in.readLong();
    }
    long[] users = new long[k];
    for (int j = 0; j < k; j++) {
      users[j] = in.readLong();
    }
    GridSum[] within = new GridSum[k];
    for (int j = 0; j < k; j++) {
      within[j] = GridSum.read(in);
    }
    FarthestPoints farthest = FarthestPoints.read(in, k, d);
    return new PassSums(k, d, steps, users, within, farthest, in.readLong());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PassSums that
        && k == that.k
        && d == that.d
        && Arrays.equals(steps, that.steps)
        && Arrays.equals(users, that.users)
        && Arrays.equals(within, that.within)
        && farthest.equals(that.farthest)
        && changedUsers == that.changedUsers;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(steps) + Arrays.hashCode(users);
  }
}
