package personas.kmeans.sum;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many users of each cluster lie how far from their centroid, in fixed buckets of the squared
 * distance: 16 for each doubling, so that an edge is at most 2.2% of the distance beyond the one
 * before it. Mergeable: all counts are whole numbers, so any order gives the same counts.
 */
public final class DistanceHistogram {
  /** Bits of a double's mantissa that tell the buckets of one doubling apart. */
  private static final int BITS = 4;

  private static final int SHIFT = 52 - BITS;

  /** All squared distances below 2⁻¹⁰ share the first bucket. */
  private static final int LEAST_EXPONENT = -10;

  /** No squared distance of standardized values is larger. */
  private static final int LARGEST_EXPONENT = 52;

  private static final int BEFORE = ((1023 + LEAST_EXPONENT) << BITS) - 1;
  private static final int BUCKETS = ((LARGEST_EXPONENT - LEAST_EXPONENT) << BITS) + 2;

  private final long[] counts;

  /** No users of k clusters. */
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

  /** Adds a point that stands for several users. */
  public void add(int cluster, double squared, int users) {
    counts[cluster * BUCKETS + bucket(squared)] += users;
  }

  private static int bucket(double squared) {
    int bucket = (int) (Double.doubleToRawLongBits(squared) >>> SHIFT) - BEFORE;
    return Math.max(0, Math.min(BUCKETS - 1, bucket));
  }

  /** Adds the users of another histogram of as many clusters. */
  public void merge(DistanceHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /**
   * The distance below which at least the given share of a cluster's users lie: the smallest edge
   * of a bucket for which this holds.
   *
   * @param share 0..1
   * @return standardized units; the edge of the first bucket for a cluster without users
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
    long bits = (long) (bucket + 1 + BEFORE) << SHIFT;
    return Math.sqrt(Double.longBitsToDouble(bits));
  }

  /** Writes the buckets that are not empty; equal histograms write equal bytes. */
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

  /** Reads what {@link #write} wrote. */
  public static DistanceHistogram read(DataInput in, int k) throws IOException {
    DistanceHistogram histogram = new DistanceHistogram(k);
    int at = -1;
    for (int left = in.readInt(); left > 0; left--) {
      at += (int) readVariable(in);
      histogram.counts[at] = readVariable(in);
    }
    return histogram;
  }

  /** Seven bits a byte, the low ones first. */
  private static void writeVariable(long value, DataOutput out) throws IOException {
    long left = value;
    while (left >= 128) {
      out.writeByte((int) ((left & 127) | 128));
      left >>>= 7;
    }
    out.writeByte((int) left);
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
