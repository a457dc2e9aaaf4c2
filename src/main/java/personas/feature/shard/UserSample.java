package personas.feature.shard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import personas.math.SplitMix64;

/**
 * A uniform sample of users: the {@code capacity} users with the smallest hashes. The sample
 * depends only on the ids and the seed, not on the order, files or workers, so samples can be
 * merged in any order (bottom-k sampling: E. Cohen and H. Kaplan, PODC 2007).
 */
public final class UserSample implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int RANK_BITS = 12;

  private final int capacity;
  private final int d;

  /**
   * The hashes of the users. The array has room for 64 users at first and grows up to twice the
   * capacity. If it is full then, the users beyond the capacity are removed together.
   */
  private long[] hashes = new long[64];

  /** The raw values, row-major, with d values per user. */
  private double[] raw;

  private int size;

  /** Whether the users are sorted, and the users beyond the capacity are removed. */
  private boolean isSorted;

  /** The hash, in the order of {@link #signed}, above which a user cannot be in the sample. */
  private long largest = Long.MAX_VALUE;

  /** Creates an empty sample. */
  public UserSample(int capacity, int d) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " is below 1");
    }
    this.capacity = capacity;
    this.d = d;
    this.raw = new double[hashes.length * d];
  }

  /** Adds the user of one row of raw columns, unless the hash is too large for the sample. */
  public void add(long hash, double[][] columns, int row) {
    if (signed(hash) > largest) {
      return;
    }
    int index = makeRoom();
    hashes[index] = hash;
    for (int f = 0; f < d; f++) {
      raw[index * d + f] = columns[f][row];
    }
  }

  /**
   * Adds the users that a record stands for, as if each user had a separate hash. The hashes are
   * derived from the hash of the record as order statistics of {@code weight} uniform numbers, in
   * ascending order (D. Lurie and H. O. Hartley, <i>Machine-generation of order statistics for
   * Monte Carlo computations</i>, 1972). So the time depends on the number of users that the sample
   * may keep, not on the weight.
   *
   * @param weight the number of users that the record stands for; 0 adds none, 1 adds one user with
   *     the hash
   */
  public void add(long hash, int weight, double[][] columns, int row) {
    if (weight == 1) {
      add(hash, columns, row);
      return;
    }
    SplitMix64 random = new SplitMix64(hash);
    double exponent = 0;
    for (int remaining = weight; remaining > weight - Math.min(weight, capacity); remaining--) {
      exponent -= StrictMath.log1p(-random.nextDouble()) / remaining;
      long userHash = (long) (-StrictMath.expm1(-exponent) * 0x1p63) << 1;
      if (signed(userHash) > largest) {
        return;
      }
      add(userHash, columns, row);
    }
  }

  private void add(long hash, double[] values, int from) {
    if (signed(hash) <= largest) {
      int index = makeRoom();
      hashes[index] = hash;
      System.arraycopy(values, from, raw, index * d, d);
    }
  }

  /** Returns a number whose signed order is the unsigned order of the hash. */
  private static long signed(long hash) {
    return hash ^ Long.MIN_VALUE;
  }

  /** Returns the index of a new user, after it has removed users or enlarged the arrays. */
  private int makeRoom() {
    if (size == hashes.length) {
      if (size >= 2 * capacity) {
        prune();
      } else {
        int newLength = (int) Math.min(2L * capacity, 2L * size);
        hashes = Arrays.copyOf(hashes, newLength);
        raw = Arrays.copyOf(raw, newLength * d);
      }
    }
    isSorted = false;
    return size++;
  }

  /** Removes users above the {@code capacity} smallest hashes. Users with equal hashes are kept. */
  private void prune() {
    largest = signed(hashOfRank(capacity - 1));
    int keptCount = 0;
    for (int i = 0; i < size; i++) {
      if (signed(hashes[i]) <= largest) {
        hashes[keptCount] = hashes[i];
        System.arraycopy(raw, i * d, raw, keptCount * d, d);
        keptCount++;
      }
    }
    size = keptCount;
    if (size == hashes.length) {
      // So many hashes are equal that the values decide which users are kept.
      sort();
    }
  }

  /**
   * Returns the hash of a rank, from 0, in unsigned order. Hashes are uniform, so only the few
   * hashes with the same first bits as the result are sorted.
   */
  private long hashOfRank(int rank) {
    long usedBits = 0;
    for (int i = 0; i < size; i++) {
      usedBits |= hashes[i];
    }
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(usedBits) - RANK_BITS);
    int[] counts = new int[1 << RANK_BITS];
    for (int i = 0; i < size; i++) {
      counts[(int) (hashes[i] >>> shift)]++;
    }
    int before = 0;
    int firstBits = 0;
    while (before + counts[firstBits] <= rank) {
      before += counts[firstBits++];
    }
    long[] candidates = new long[counts[firstBits]];
    int candidateCount = 0;
    for (int i = 0; i < size; i++) {
      if (hashes[i] >>> shift == firstBits) {
        candidates[candidateCount++] = signed(hashes[i]);
      }
    }
    Arrays.sort(candidates);
    return signed(candidates[rank - before]);
  }

  /** Sorts the users and keeps the first {@code capacity} users. */
  private void sort() {
    if (isSorted) {
      return;
    }
    isSorted = true;
    int[] order = order();
    int keptCount = Math.min(size, capacity);
    long[] keptHashes = new long[hashes.length];
    double[] keptRaw = new double[raw.length];
    for (int i = 0; i < keptCount; i++) {
      keptHashes[i] = hashes[order[i]];
      System.arraycopy(raw, order[i] * d, keptRaw, i * d, d);
    }
    hashes = keptHashes;
    raw = keptRaw;
    size = keptCount;
  }

  /**
   * Returns the indexes of the users, sorted by hash, then by values. The method first sorts
   * numbers that hold the first bits of a hash and the index. Then it compares users with equal
   * first bits completely.
   */
  private int[] order() {
    int indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
    long indexMask = (1L << indexBits) - 1;
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      keys[i] = (signed(hashes[i]) & ~indexMask) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[size];
    for (int from = 0, to; from < size; from = to) {
      long firstBits = keys[from] & ~indexMask;
      for (to = from; to < size && (keys[to] & ~indexMask) == firstBits; to++) {
        order[to] = (int) (keys[to] & indexMask);
      }
      if (to > from + 1) {
        int[] tied =
            Arrays.stream(order, from, to).boxed().sorted(this::compare).mapToInt(i -> i).toArray();
        System.arraycopy(tied, 0, order, from, tied.length);
      }
    }
    return order;
  }

  private int compare(int a, int b) {
    int byHash = Long.compareUnsigned(hashes[a], hashes[b]);
    return byHash != 0 ? byHash : Arrays.compare(raw, a * d, (a + 1) * d, raw, b * d, (b + 1) * d);
  }

  /** Returns an empty sample with the same capacity. */
  public UserSample empty() {
    return new UserSample(capacity, d);
  }

  /** Adds the users of a sample with the same capacity. */
  public void merge(UserSample other) {
    for (int i = 0; i < other.size; i++) {
      add(other.hashes[i], other.raw, i * d);
    }
  }

  /** Returns the number of users in the sample. */
  public int size() {
    return Math.min(size, capacity);
  }

  /** Returns the sample that the same users would have given with a smaller capacity. */
  public UserSample first(int smallerCapacity) {
    sort();
    UserSample first = new UserSample(smallerCapacity, d);
    for (int i = 0; i < Math.min(size, smallerCapacity); i++) {
      first.add(hashes[i], raw, i * d);
    }
    return first;
  }

  /** Returns n rows of d raw values, sorted by hash, then by values; NaN for a missing value. */
  public double[][] rows() {
    sort();
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOfRange(raw, i * d, (i + 1) * d);
    }
    return rows;
  }

  /**
   * Writes the sample. Equal samples may give different bytes, because the order of users may
   * differ.
   */
  public void write(DataOutput out) throws IOException {
    if (size > capacity) {
      prune();
    }
    out.writeInt(capacity);
    out.writeInt(d);
    out.writeInt(size);
    ByteBuffer users = ByteBuffer.allocate(size * userBytes(d));
    for (int i = 0; i < size; i++) {
      users.putLong(hashes[i]);
      for (int f = 0; f < d; f++) {
        users.putDouble(raw[i * d + f]);
      }
    }
    out.write(users.array());
  }

  /** Reads a sample that {@link #write} wrote. */
  public static UserSample read(DataInput in) throws IOException {
    UserSample sample = new UserSample(in.readInt(), in.readInt());
    int count = in.readInt();
    byte[] bytes = new byte[count * userBytes(sample.d)];
    in.readFully(bytes);
    ByteBuffer users = ByteBuffer.wrap(bytes);
    sample.hashes = new long[Math.max(sample.hashes.length, count)];
    sample.raw = new double[sample.hashes.length * sample.d];
    for (int i = 0; i < count; i++) {
      sample.hashes[i] = users.getLong();
      for (int f = 0; f < sample.d; f++) {
        sample.raw[i * sample.d + f] = users.getDouble();
      }
    }
    sample.size = count;
    return sample;
  }

  private static int userBytes(int d) {
    return Long.BYTES + d * Double.BYTES;
  }

  /** Serializes the sample without unused capacity. */
  private void writeObject(ObjectOutputStream out) throws IOException {
    sort();
    int newLength = Math.max(64, size);
    hashes = Arrays.copyOf(hashes, newLength);
    raw = Arrays.copyOf(raw, newLength * d);
    out.defaultWriteObject();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserSample that
        && capacity == that.capacity
        && Arrays.deepEquals(rows(), that.rows())
        && Arrays.equals(hashes, 0, size, that.hashes, 0, that.size);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows());
  }
}
