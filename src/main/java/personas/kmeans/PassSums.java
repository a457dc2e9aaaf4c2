package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.kmeans.sum.BlockSums;
import personas.kmeans.sum.DistanceHistogram;
import personas.kmeans.sum.FarthestPoints;
import personas.math.GridSum;

/**
 * The sums of one pass over a part of the users: per cluster the number of users, the sum of their
 * points, the inertia and the distances; the number of users that changed cluster; and the farthest
 * points. All sums are whole numbers of grid steps, so merging in any order and grouping gives the
 * same bits.
 */
public final class PassSums {
  /** Values with |z| ≤ 2¹⁷ have at most 2⁴¹ steps, so a double adds up 2¹² values exactly. */
  private static final int EXACT_ADDS = 1 << 12;

  private static final double STEPS_PER_UNIT = 1 << 24;

  /** A block of 2⁹ smaller values has fewer than 2⁵³ steps. */
  private static final double SMALL_STEPS = 1L << 44;

  private final int k;
  private final int d;
  private final long[] steps;
  private final long[] users;

  /** The inertia of each cluster. */
  private final GridSum[] within;

  private FarthestPoints farthest;
  private DistanceHistogram distances;
  private long changedUsers;

  private final BlockSums block;
  private final double[] blockWithin;
  private final int[] blockUsers;
  private final double[] stepsWithin = new double[LloydKernel.BLOCK];
  private int blockAdds;

  /** Creates sums of 0 for k clusters and d features. */
  public PassSums(int k, int d) {
    this.k = k;
    this.d = d;
    this.steps = new long[k * d];
    this.users = new long[k];
    this.within = new GridSum[k];
    Arrays.setAll(within, j -> new GridSum());
    this.farthest = new FarthestPoints(k);
    this.distances = new DistanceHistogram(k);
    this.block = new BlockSums(k, d);
    this.blockWithin = new double[2 * k];
    this.blockUsers = new int[2 * k];
  }

  /**
   * Adds all points of a shard and compares each with all centroids. Each point is one user.
   *
   * @param columns d columns of standardized values on the grid
   * @param rows number of points
   * @param kernel holds the centroids of this pass
   * @param assignment the cluster of each point in the previous pass, or -1; gets the clusters of
   *     this pass
   */
  public void addShard(double[][] columns, int rows, LloydKernel kernel, int[] assignment) {
    BoundedKernel.Search search =
        (block, from, count, nearest, best) -> kernel.nearest(block, 0, count, nearest, best);
    addUsers(PointBlocks.of(columns), rows, search, assignment);
  }

  /**
   * Adds all points of a shard to the clusters of their nearest centroids.
   *
   * @param points standardized points on the grid
   * @param weights number of users at each point; null if each point is one user. A point of weight
   *     0 is assigned but not added
   * @param kernel holds the centroids of this pass
   * @param known clusters and bounds of these points from the previous pass; gets the results of
   *     this pass
   * @throws ArithmeticException if a sum overflows a long. Then the absolute z-scores of a feature
   *     add up to at least 2³⁹
   */
  public void addShard(
      PointBlocks points, int[] weights, BoundedKernel kernel, KnownAssignment known) {
    BoundedKernel.Search search = kernel.search(known, known.begin());
    int rows = known.clusters().length;
    if (weights == null) {
      addUsers(points, rows, search, known.clusters());
    } else {
      addWeighted(points, weights, search, known.clusters());
    }
    known.complete(kernel.centroids());
  }

  private void addWeighted(
      PointBlocks points, int[] weights, BoundedKernel.Search search, int[] assignment) {
    int rows = assignment.length;
    int[] nearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    for (int from = 0; from < rows; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, rows - from);
      double[][] columns = points.block(from, count);
      search.nearest(columns, from, count, nearest, best);
      for (int i = 0; i < count; i++) {
        if (weights[from + i] > 0) {
          addWeighted(columns, i, weights[from + i], nearest[i], best[i]);
          changedUsers += assignment[from + i] == nearest[i] ? 0 : weights[from + i];
        }
      }
      System.arraycopy(nearest, 0, assignment, from, count);
    }
  }

  private void addWeighted(double[][] columns, int i, int weight, int cluster, double best) {
    users[cluster] += weight;
    distances.add(cluster, best, weight);
    within[cluster].addCopies(best, weight);
    for (int f = 0; f < d; f++) {
      int at = cluster * d + f;
      long pointSteps = (long) (columns[f][i] * STEPS_PER_UNIT);
      steps[at] = Math.addExact(steps[at], Math.multiplyExact(pointSteps, (long) weight));
    }
    if (best > farthest.threshold()) {
      farthest.offer(best, columns, i);
    }
  }

  /**
   * Adds all points of a shard. Each point is one user.
   *
   * @param assignment the cluster of each point in the previous pass, or -1; gets the clusters of
   *     this pass
   */
  private void addUsers(
      PointBlocks points, int rows, BoundedKernel.Search search, int[] assignment) {
    int[] nearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    for (int from = 0; from < rows; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, rows - from);
      double[][] block = points.block(from, count);
      search.nearest(block, from, count, nearest, best);
      addBlock(block, count, nearest, best);
      changedUsers += assign(nearest, count, assignment, from);
    }
    foldBlock();
  }

  /** Stores the clusters of a block and returns how many of them changed. */
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
    block.add(columns, 0, count, nearest);
    addWithin(count, nearest, best);
    distances.add(nearest, best, count);
    offerFarthest(columns, count, best);
  }

  private void offerFarthest(double[][] columns, int count, double[] best) {
    double threshold = farthest.threshold();
    int above = 0;
    for (int i = 0; i < count; i++) {
      above += best[i] > threshold ? 1 : 0;
    }
    for (int i = 0; above > 0 && i < count; i++) {
      if (best[i] > threshold) {
        farthest.offer(best[i], columns, i);
        threshold = farthest.threshold();
      }
    }
  }

  /**
   * Adds the squared distances of a block to the inertia of the clusters. The steps of at most 2⁹
   * values below 2²⁰ add up exactly in a double. Users alternate between two sums per cluster,
   * because an addition waits for the previous addition to the same sum.
   */
  private void addWithin(int count, int[] nearest, double[] best) {
    toSteps(best, count, stepsWithin);
    for (int i = 0; i < count; i++) {
      if (stepsWithin[i] >= SMALL_STEPS) {
        within[nearest[i]].add(best[i]);
        stepsWithin[i] = 0;
      }
    }
    int[] counts = blockUsers;
    double[] sums = blockWithin;
    double[] added = stepsWithin;
    for (int i = 0; i < count; i++) {
      int at = 2 * nearest[i] + (i & 1);
      counts[at]++;
      sums[at] += added[i];
    }
    for (int j = 0; j < k; j++) {
      users[j] += counts[2 * j] + counts[2 * j + 1];
      within[j].add((sums[2 * j] + sums[2 * j + 1]) / STEPS_PER_UNIT);
    }
    Arrays.fill(counts, 0);
    Arrays.fill(sums, 0);
  }

  private static void toSteps(double[] squared, int count, double[] steps) {
    for (int i = 0; i < count; i++) {
      steps[i] = Math.rint(squared[i] * STEPS_PER_UNIT);
    }
  }

  private void foldBlock() {
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.addExact(steps[i], (long) (block.at(i) * STEPS_PER_UNIT));
    }
    block.clear();
    blockAdds = 0;
  }

  /** Adds the sums of other users in the same pass. */
  public void merge(PassSums other) {
    for (int i = 0; i < steps.length; i++) {
      steps[i] = Math.addExact(steps[i], other.steps[i]);
    }
    for (int j = 0; j < k; j++) {
      users[j] += other.users[j];
      within[j].merge(other.within[j]);
    }
    farthest.merge(other.farthest);
    distances.merge(other.distances);
    changedUsers += other.changedUsers;
  }

  /** Returns the number of clusters. */
  public int k() {
    return k;
  }

  /** Returns the number of features. */
  public int d() {
    return d;
  }

  /** Returns the number of users in a cluster. */
  public long users(int cluster) {
    return users[cluster];
  }

  /** Returns the number of users in each cluster. */
  public List<Long> users() {
    return Arrays.stream(users).boxed().toList();
  }

  /** Returns the number of users whose cluster differs from their cluster in the previous pass. */
  public long changedUsers() {
    return changedUsers;
  }

  /** Returns the sum of the squared distances to the nearest centroid. */
  public GridSum inertia() {
    GridSum inertia = new GridSum();
    for (GridSum inertiaOfCluster : within) {
      inertia.merge(inertiaOfCluster);
    }
    return inertia;
  }

  /** Returns the sum of the squared distances of a cluster's users to its centroid. */
  GridSum within(int cluster) {
    return within[cluster];
  }

  /**
   * Returns the smallest bucket edge of the histogram of distances below which at least {@code
   * share} of a cluster's users lie.
   */
  double distanceEdge(int cluster, double share) {
    return distances.edge(cluster, share);
  }

  /** Returns the number of clusters without a user. */
  public int emptyClusters() {
    return (int) Arrays.stream(users).filter(count -> count == 0).count();
  }

  /**
   * Returns the means of the clusters. Each empty cluster gets the farthest point that no other
   * empty cluster got. If no point is left, because there are fewer distinct points than clusters,
   * the empty cluster keeps its centroid.
   *
   * @param before the centroids of this pass
   */
  public Centroids means(Centroids before) {
    if (emptyClusters() == 0) {
      return plainMeans(before);
    }
    double[] means = plainMeans(before).toArray();
    List<double[]> farthestPoints = farthest.coordinates();
    int used = 0;
    for (int j = 0; j < k; j++) {
      if (users[j] == 0 && used < farthestPoints.size()) {
        System.arraycopy(farthestPoints.get(used++), 0, means, j * d, d);
      }
    }
    return Centroids.of(k, d, means);
  }

  /** Returns the means of the clusters. An empty cluster keeps its centroid. */
  Centroids plainMeans(Centroids before) {
    double[] means = before.toArray();
    for (int j = 0; j < k; j++) {
      for (int f = 0; f < d && users[j] > 0; f++) {
        means[j * d + f] = steps[j * d + f] / STEPS_PER_UNIT / users[j];
      }
    }
    return Centroids.of(k, d, means);
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(k);
    out.writeInt(d);
    for (long sum : steps) {
      out.writeLong(sum);
    }
    for (long count : users) {
      out.writeLong(count);
    }
    for (GridSum inertiaOfCluster : within) {
      inertiaOfCluster.write(out);
    }
    farthest.write(out);
    distances.write(out);
    out.writeLong(changedUsers);
  }

  /** Reads sums that {@link #write} wrote. */
  public static PassSums read(DataInput in) throws IOException {
    PassSums sums = new PassSums(in.readInt(), in.readInt());
    for (int i = 0; i < sums.steps.length; i++) {
      sums.steps[i] = in.readLong();
    }
    for (int j = 0; j < sums.k; j++) {
      sums.users[j] = in.readLong();
    }
    for (int j = 0; j < sums.k; j++) {
      sums.within[j] = GridSum.read(in);
    }
    sums.farthest = FarthestPoints.read(in, sums.k, sums.d);
    sums.distances = DistanceHistogram.read(in, sums.k);
    sums.changedUsers = in.readLong();
    return sums;
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
        && distances.equals(that.distances)
        && changedUsers == that.changedUsers;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(steps) + Arrays.hashCode(users);
  }
}
