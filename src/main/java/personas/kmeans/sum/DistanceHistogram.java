package personas.kmeans.sum;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A histogram, per cluster, of the squared distances of the users to their centroid. The buckets
 * are fixed: 16 of equal width for each doubling of the squared distance, so neighboring edges
 * differ by at most 3.1% of the distance. Counts are whole numbers, so histograms can be merged in
 * any order.
 */
public final class DistanceHistogram {
  /** The number of bits of a double's mantissa that distinguish the buckets of one doubling. */
  private static final int BITS = 4;

  private static final int SHIFT = 52 - BITS;

  /** All squared distances below 2⁻¹⁰ share the first bucket. */
  private static final int SMALLEST_EXPONENT = -10;

  /**
   * Squared distances of standardized values are smaller than 2 to this power. Larger squared
   * distances share the last bucket.
   */
  private static final int LARGEST_EXPONENT = 52;

  private static final int BITS_BEFORE_FIRST = ((1023 + SMALLEST_EXPONENT) << BITS) - 1;
  private static final int BUCKETS = ((LARGEST_EXPONENT - SMALLEST_EXPONENT) << BITS) + 2;

  private final long[] counts;

  /** Creates an empty histogram of k clusters. */
  public DistanceHistogram(int k) {
    this(new long[k * BUCKETS]);
  }

  private DistanceHistogram(long[] counts) {
    this.counts = counts;
  }

  /** Adds the first {@code count} users by their clusters and squared distances. */
  public void add(int[] cluster, double[] squared, int count) {
    for (int i = 0; i < count; i++) {
      counts[cluster[i] * BUCKETS + bucket(squared[i])]++;
    }
  }

  /** Adds several users at the same point. */
  public void add(int cluster, double squared, int users) {
    counts[cluster * BUCKETS + bucket(squared)] += users;
  }

  private static int bucket(double squared) {
    int bucket = (int) (Double.doubleToRawLongBits(squared) >>> SHIFT) - BITS_BEFORE_FIRST;
    return Math.max(0, Math.min(BUCKETS - 1, bucket));
  }

  /** Adds the users of another histogram with the same number of clusters. */
  public void merge(DistanceHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /**
   * Returns the smallest bucket edge below which at least the given share of a cluster's users lie.
   *
   * @param share 0..1
   * @return a distance in standardized units; the edge of the first bucket if the cluster is empty
   */
  public double edge(int cluster, double share) {
    long users = 0;
    for (int b = 0; b < BUCKETS; b++) {
      users += counts[cluster * BUCKETS + b];
    }
    long below = 0;
    int bucket = 0;
    for (int b = 0; b < BUCKETS; b++) {
      below += counts[cluster * BUCKETS + b];
      if (below >= share * users) {
        bucket = b;
        break;
      }
    }
    long bits = (long) (bucket + 1 + BITS_BEFORE_FIRST) << SHIFT;
    return Math.sqrt(Double.longBitsToDouble(bits));
  }

  /** Writes the buckets that are not empty; equal histograms are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt((int) Arrays.stream(counts).filter(count -> count > 0).count());
    int last = -1;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        writeVariable(i - last, out);
        writeVariable(counts[i], out);
        last = i;
      }
    }
  }

  /** Reads a histogram of k clusters that {@link #write} wrote. */
  public static DistanceHistogram read(DataInput in, int k) throws IOException {
    DistanceHistogram histogram = new DistanceHistogram(k);
    int index = -1;
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      index += (int) readVariable(in);
      histogram.counts[index] = readVariable(in);
    }
    return histogram;
  }

  /** Writes seven bits per byte, low bits first. */
  private static void writeVariable(long value, DataOutput out) throws IOException {
    long rest = value;
    while (rest >= 128) {
      out.writeByte((int) ((rest & 127) | 128));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readVariable(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 127L) << shift;
      if (next < 128) {
        return value;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistanceHistogram that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }
}
