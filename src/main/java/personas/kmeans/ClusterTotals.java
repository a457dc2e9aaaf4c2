package personas.kmeans;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import personas.feature.shard.Shard;
import personas.kmeans.sum.BlockSums;
import personas.math.ExactSum;
import personas.math.GridSum;

/**
 * The totals of the final assignment: per cluster the users, the outliers, the exact sums of raw
 * values and the missing values, and the inertia. Totals can be merged in any order.
 */
public final class ClusterTotals {
  /** The limit of small whole numbers. Most usage counts are below this limit. */
  private static final int SMALL_WHOLE = 1 << 26;

  private final int k;
  private final int d;
  private final long[] users;
  private final long[] outliers;
  private final ExactSum[] raw;
  private final long[] missing;
  private GridSum inertia;

  private final BlockSums wholeSums;

  /** The rows of a block, grouped by cluster. */
  private final int[] grouped = new int[LloydKernel.BLOCK];

  /** For each cluster the end of its rows in {@link #grouped}. */
  private final int[] ends;

  /** The values of one feature in the order of {@link #grouped}. */
  private final double[] gathered = new double[LloydKernel.BLOCK];

  /** Creates totals of 0 for k clusters and d features. */
  public ClusterTotals(int k, int d) {
    this.k = k;
    this.d = d;
    this.users = new long[k];
    this.outliers = new long[k];
    this.raw = new ExactSum[k * d];
    Arrays.setAll(raw, i -> new ExactSum());
    this.missing = new long[k * d];
    this.inertia = new GridSum();
    this.wholeSums = new BlockSums(k, d);
    this.ends = new int[k];
  }

  /**
   * Adds a block of users.
   *
   * @param columns d columns of raw values; NaN means missing
   * @param from the first row of the block
   * @param count the number of rows, at most {@link LloydKernel#BLOCK}
   * @param cluster the cluster of row {@code from + i} at i
   * @param squaredDistance the squared distance of row {@code from + i} to its centroid at i,
   *     standardized
   */
  public void addBlock(
      double[][] columns, int from, int count, int[] cluster, double[] squaredDistance) {
    inertia.addBlock(squaredDistance, 0, count);
    if (areSmallWhole(columns, from, count)) {
      addWhole(columns, from, count, cluster);
      return;
    }
    group(count, cluster);
    for (int f = 0; f < d; f++) {
      double[] column = columns[f];
      for (int i = 0; i < count; i++) {
        gathered[i] = column[from + grouped[i]];
      }
      int start = 0;
      for (int j = 0; j < k; j++) {
        int present = compactPresent(start, ends[j]);
        raw[j * d + f].addAll(gathered, start, present);
        missing[j * d + f] += ends[j] - present;
        start = ends[j];
      }
    }
  }

  /**
   * Adds a block of users of a shard. A row of weight w counts as w users.
   *
   * @param from the first row of the block
   * @param count the number of rows, at most {@link LloydKernel#BLOCK}
   * @param cluster the cluster of row {@code from + i} at i
   * @param squaredDistance the squared distance of row {@code from + i} to its centroid at i,
   *     standardized
   */
  public void addBlock(Shard shard, int from, int count, int[] cluster, double[] squaredDistance) {
    if (shard.weights() == null) {
      addBlock(shard.columns(), from, count, cluster, squaredDistance);
    } else {
      addWeighted(shard, from, count, cluster, squaredDistance);
    }
  }

  private void addWeighted(
      Shard shard, int from, int count, int[] cluster, double[] squaredDistance) {
    double[][] columns = shard.columns();
    for (int i = 0; i < count; i++) {
      int weight = shard.weights()[from + i];
      users[cluster[i]] += weight;
      inertia.addCopies(squaredDistance[i], weight);
      for (int f = 0; f < d; f++) {
        double value = columns[f][from + i];
        int at = cluster[i] * d + f;
        if (Double.isNaN(value)) {
          missing[at] += weight;
        } else {
          raw[at].addCopies(value, weight);
        }
      }
    }
  }

  /**
   * Moves the values of a range of {@link #gathered} that are not missing to the front of the
   * range. Returns the end of these values.
   */
  private int compactPresent(int from, int to) {
    int present = from;
    for (int i = from; i < to; i++) {
      double value = gathered[i];
      gathered[present] = value;
      present += Double.isNaN(value) ? 0 : 1;
    }
    return present;
  }

  /**
   * Returns whether all values are whole numbers that are so small that doubles add up a block
   * exactly.
   */
  private boolean areSmallWhole(double[][] columns, int from, int count) {
    int bits = 0;
    for (int f = 0; f < d; f++) {
      double[] column = columns[f];
      for (int i = from; i < from + count; i++) {
        int whole = (int) column[i];
        bits |= whole == column[i] ? whole + SMALL_WHOLE : -1;
      }
    }
    return (bits & -2 * SMALL_WHOLE) == 0;
  }

  private void addWhole(double[][] columns, int from, int count, int[] cluster) {
    wholeSums.add(columns, from, count, cluster);
    for (int i = 0; i < raw.length; i++) {
      raw[i].add(wholeSums.at(i));
    }
    wholeSums.clear();
    for (int i = 0; i < count; i++) {
      users[cluster[i]]++;
    }
  }

  /** Groups the rows of a block by cluster. */
  private void group(int count, int[] cluster) {
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[cluster[i]]++;
    }
    int start = 0;
    for (int j = 0; j < k; j++) {
      users[j] += ends[j];
      int clusterRows = ends[j];
      ends[j] = start;
      start += clusterRows;
    }
    for (int i = 0; i < count; i++) {
      grouped[ends[cluster[i]]++] = i;
    }
  }

  /** Adds a number of users that are outliers of a cluster. */
  public void addOutliers(int cluster, int users) {
    outliers[cluster] += users;
  }

  /** Adds the totals of other users. */
  public void merge(ClusterTotals other) {
    for (int j = 0; j < k; j++) {
      outliers[j] += other.outliers[j];
      users[j] += other.users[j];
    }
    for (int i = 0; i < raw.length; i++) {
      raw[i].merge(other.raw[i]);
      missing[i] += other.missing[i];
    }
    inertia.merge(other.inertia);
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

  /** Returns the number of users in a cluster that are outliers. */
  public long outliers(int cluster) {
    return outliers[cluster];
  }

  /** Returns the number of all users. */
  public long users() {
    return Arrays.stream(users).sum();
  }

  /**
   * Returns the sum of the squared distances of the users to the centroids of their clusters, in
   * standardized units.
   */
  public double inertia() {
    return inertia.value();
  }

  /** Returns the number of users in a cluster whose value of a feature is missing. */
  public long missing(int cluster, int feature) {
    return missing[cluster * d + feature];
  }

  /** Returns whether any value of any user is missing. */
  public boolean hasMissing() {
    return Arrays.stream(missing).anyMatch(count -> count > 0);
  }

  /**
   * Returns the mean of the raw values of a cluster's users that are not missing, correctly
   * rounded; 0 if all are missing.
   */
  public double rawMean(int cluster, int feature) {
    long present = users[cluster] - missing(cluster, feature);
    return present == 0 ? 0 : raw[cluster * d + feature].mean(present);
  }

  /** Writes the totals. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(k);
    out.writeInt(d);
    for (long count : users) {
      out.writeLong(count);
    }
    for (int i = 0; i < raw.length; i++) {
      raw[i].write(out);
      out.writeLong(missing[i]);
    }
    inertia.write(out);
    for (long count : outliers) {
      out.writeLong(count);
    }
  }

  /** Reads totals that {@link #write} wrote. */
  public static ClusterTotals read(DataInput in) throws IOException {
    ClusterTotals totals = new ClusterTotals(in.readInt(), in.readInt());
    for (int j = 0; j < totals.k; j++) {
      totals.users[j] = in.readLong();
    }
    for (int i = 0; i < totals.raw.length; i++) {
      totals.raw[i] = ExactSum.read(in);
      totals.missing[i] = in.readLong();
    }
    totals.inertia = GridSum.read(in);
    for (int j = 0; j < totals.k; j++) {
      totals.outliers[j] = in.readLong();
    }
    return totals;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClusterTotals that
        && Arrays.equals(users, that.users)
        && Arrays.equals(outliers, that.outliers)
        && Arrays.equals(raw, that.raw)
        && Arrays.equals(missing, that.missing)
        && inertia.equals(that.inertia);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(users);
  }
}
