package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.math.ExactSum;

/**
 * A sketch of one feature's values for quantiles and winsorized moments. Each bucket holds the
 * number of values, the smallest and the largest value, and the exact sums of the transformed
 * values and of their squares. All of these are whole numbers, so merging in any order gives the
 * same bits.
 *
 * <p>A bucket holds values with the same sign, the same exponent and the same first six bits of the
 * mantissa, so its ends differ by at most one 64th. Each whole number up to 128 has its own bucket.
 * The idea of buckets that grow with the value is from HdrHistogram and from C. Masson, J. E. Rim
 * and H. K. Lee, <i>DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees</i>, PVLDB 12, 2019. Here the bits of the double select the bucket, so that no
 * logarithm is rounded.
 *
 * <p>Memory: 32 KB, and 4 KB for each power of two in the range of the values. Time: 20 ns for a
 * value and 12 ns for its logarithm; 3 ns for both if the value is a small whole number.
 */
final class QuantileSketch implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int BUCKET_BITS = 6;
  private static final int BUCKETS = 1 << BUCKET_BITS;

  /** The number of pages, one for each sign and exponent. */
  private static final int PAGES = 1 << 12;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

  // The offsets of a bucket's numbers in the bucket. A mantissa in units of the bucket has at most
  // 56 bits, and the square of the mantissa has at most 112 bits. So the sums of 2⁶³ values fit two
  // and three longs.
  private static final int COUNT = 0;
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int SUM = 3;
  private static final int SQUARES = 5;
  private static final int WIDTH = 8;

  /** The size of a serialized bucket: the index of the bucket and its longs. */
  private static final int BUCKET_BYTES = Integer.BYTES + WIDTH * Long.BYTES;

  /**
   * Whole numbers below this limit, such as most usage counts, are counted first and then added
   * together.
   */
  private static final int SMALL_LIMIT = 1 << 12;

  private final Transform transform;

  /** The longs of the buckets of each page; null for a page without values. */
  private transient long[][] pages = new long[PAGES][];

  /** The exponent of the unit of each page and bucket. */
  private transient int[][] units = new int[PAGES][];

  private transient long count;

  /** Creates a sketch without values. */
  QuantileSketch(Transform transform) {
    this.transform = transform;
  }

  /**
   * Adds raw values; NaN adds nothing.
   *
   * @param feature the feature, with the transform of this sketch
   * @throws IllegalArgumentException if a value is infinite or not in the domain of the transform
   */
  void addAll(Feature feature, double[] raw, int from, int to) {
    int[] small = new int[SMALL_LIMIT];
    for (int i = from; i < to; i++) {
      int whole = (int) raw[i];
      if (whole == raw[i] && whole >= 0 && whole < SMALL_LIMIT) {
        small[whole]++;
      } else if (!Double.isNaN(raw[i])) {
        add(raw[i], feature.transformed(raw[i]), 1);
      }
    }
    for (int whole = 0; whole < SMALL_LIMIT; whole++) {
      if (small[whole] > 0) {
        add(whole, feature.transformed(whole), small[whole]);
      }
    }
  }

  /**
   * Adds a raw value.
   *
   * @param feature the feature, with the transform of this sketch
   * @param copies the number of users with this value, at least 1
   */
  void add(Feature feature, double raw, int copies) {
    add(raw, feature.transformed(raw), copies);
  }

  private void add(double raw, double transformed, int copies) {
    long bits = Double.doubleToRawLongBits(raw);
    int pageIndex = (int) (bits >>> MANTISSA_BITS);
    long[] page = pages[pageIndex] == null ? newPage(pageIndex) : pages[pageIndex];
    int bucket = (int) (bits >>> (MANTISSA_BITS - BUCKET_BITS)) & (BUCKETS - 1);
    int offset = bucket * WIDTH;
    long magnitude = bits & Long.MAX_VALUE;
    page[offset + MIN] =
        page[offset + COUNT] == 0 ? magnitude : Math.min(page[offset + MIN], magnitude);
    page[offset + MAX] = Math.max(page[offset + MAX], magnitude);
    page[offset + COUNT] += copies;
    count += copies;
    long mantissa = mantissa(transformed) << (exponent(transformed) - units[pageIndex][bucket]);
    add(page, offset + SUM, 2, mantissa * copies, Math.multiplyHigh(mantissa, copies));
    long low = mantissa * mantissa;
    long high = Math.multiplyHigh(mantissa, mantissa);
    // The lower half of a square is unsigned.
    long carried = Math.multiplyHigh(low, copies) + (low < 0 ? copies : 0);
    add(page, offset + SQUARES, 3, low * copies, carried);
    add(page, offset + SQUARES + 1, 2, high * copies, Math.multiplyHigh(high, copies));
  }

  /**
   * Adds 128 bits to a number that consists of two or three longs, the lowest first.
   *
   * @param offset the index of the lowest long in the page
   */
  private static void add(long[] page, int offset, int longs, long low, long high) {
    page[offset] += low;
    int carry = Long.compareUnsigned(page[offset], low) < 0 ? 1 : 0;
    long middle = page[offset + 1] + high;
    page[offset + 1] = middle + carry;
    if (longs > 2) {
      page[offset + 2] += Long.compareUnsigned(middle, high) < 0 ? 1 : 0;
      page[offset + 2] += middle == -1 ? carry : 0;
    }
  }

  private long[] newPage(int pageIndex) {
    long[] page = new long[BUCKETS * WIDTH];
    int[] unit = new int[BUCKETS];
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      // The transforms keep the sign and are monotonic, so the end nearest to 0 has the smallest
      // unit.
      double end =
          Double.longBitsToDouble(
              (long) pageIndex << MANTISSA_BITS | (long) bucket << (MANTISSA_BITS - BUCKET_BITS));
      unit[bucket] = end > -1 || transform == Transform.NONE ? exponent(transform.apply(end)) : 0;
    }
    pages[pageIndex] = page;
    units[pageIndex] = unit;
    return page;
  }

  /**
   * Returns the mantissa. A value is ±mantissa · 2^(exponent - 1075); subnormals have the exponent
   * 1.
   */
  private static long mantissa(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long leading = (bits >>> MANTISSA_BITS & 0x7FF) == 0 ? 0 : 1;
    return leading << MANTISSA_BITS | (bits & MANTISSA);
  }

  private static int exponent(double value) {
    return Math.max(1, (int) (Double.doubleToRawLongBits(value) >>> MANTISSA_BITS) & 0x7FF);
  }

  void merge(QuantileSketch other) {
    count += other.count;
    for (int pageIndex = 0; pageIndex < PAGES; pageIndex++) {
      long[] otherPage = other.pages[pageIndex];
      if (otherPage != null) {
        long[] page = pages[pageIndex] == null ? newPage(pageIndex) : pages[pageIndex];
        for (int offset = 0; offset < page.length; offset += WIDTH) {
          merge(page, otherPage, offset);
        }
      }
    }
  }

  private static void merge(long[] page, long[] otherPage, int offset) {
    if (otherPage[offset + COUNT] == 0) {
      return;
    }
    page[offset + MIN] =
        page[offset + COUNT] == 0
            ? otherPage[offset + MIN]
            : Math.min(page[offset + MIN], otherPage[offset + MIN]);
    page[offset + MAX] = Math.max(page[offset + MAX], otherPage[offset + MAX]);
    page[offset + COUNT] += otherPage[offset + COUNT];
    add(page, offset + SUM, 2, otherPage[offset + SUM], otherPage[offset + SUM + 1]);
    add(page, offset + SQUARES, 3, otherPage[offset + SQUARES], otherPage[offset + SQUARES + 1]);
    page[offset + SQUARES + 2] += otherPage[offset + SQUARES + 2];
  }

  /**
   * Returns the limits at a quantile. The upper limit is the largest value of the bucket that holds
   * the value of rank ⌈quantile · values⌉. The lower limit is found in the same way from the
   * largest value down. At most the share 1 - quantile lies beyond each limit, and a limit differs
   * from the exact quantile by at most one 64th.
   *
   * @return the limits; null if no value lies beyond them, or if both limits are equal, because the
   *     feature would become constant
   */
  ValueLimits limits(double quantile) {
    long rank = (long) Math.ceil(quantile * count);
    long[] upperEnd = findRank(rank, 1);
    long[] lowerEnd = findRank(rank, -1);
    if (upperEnd == null || lowerEnd == null || (upperEnd[1] == 0 && lowerEnd[1] == 0)) {
      return null;
    }
    double lower = Double.longBitsToDouble(lowerEnd[0]);
    double upper = Double.longBitsToDouble(upperEnd[0]);
    return lower < upper ? new ValueLimits(lower, upper, lowerEnd[1], upperEnd[1]) : null;
  }

  /**
   * Returns the lower median: the largest value of the bucket that holds the middle value. Requires
   * at least one value.
   */
  double median() {
    return Double.longBitsToDouble(findRank((count + 1) / 2, 1)[0]);
  }

  /**
   * Returns the distribution of the values that are not negative, with the middle of each bucket as
   * the value.
   */
  LongTail tail() {
    List<Double> values = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int pageIndex = 0; pageIndex < PAGES / 2; pageIndex++) {
      long[] page = pages[pageIndex];
      for (int offset = 0; page != null && offset < page.length; offset += WIDTH) {
        if (page[offset + COUNT] > 0) {
          double min = Double.longBitsToDouble(page[offset + MIN]);
          double max = Double.longBitsToDouble(page[offset + MAX]);
          values.add(min / 2 + max / 2);
          counts.add(page[offset + COUNT]);
        }
      }
    }
    return new LongTail(
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        counts.stream().mapToLong(Long::longValue).toArray());
  }

  /** Returns whether there are at most two distinct values. */
  boolean isBinary() {
    int distinct = 0;
    for (long[] page : pages) {
      for (int offset = 0; page != null && offset < page.length; offset += WIDTH) {
        if (page[offset + COUNT] > 0) {
          distinct += page[offset + MIN] == page[offset + MAX] ? 1 : 2;
        }
      }
    }
    return distinct <= 2;
  }

  /**
   * Counts values from the smallest value up, or from the largest value down, until {@code rank}
   * values are counted.
   *
   * @param direction 1 for up, -1 for down
   * @return the bits of the last value in the last bucket, and the number of values beyond; null
   *     without a value
   */
  private long[] findRank(long rank, int direction) {
    long counted = 0;
    for (int i = 0; i < PAGES * BUCKETS; i++) {
      int position = direction > 0 ? i : PAGES * BUCKETS - 1 - i;
      long[] page = pages[pageIndex(position)];
      if (page == null) {
        i += BUCKETS - 1;
        continue;
      }
      int offset = bucket(position) * WIDTH;
      counted += page[offset + COUNT];
      if (page[offset + COUNT] > 0 && counted >= rank) {
        boolean isNegative = pageIndex(position) >= PAGES / 2;
        long magnitude = page[offset + (isNegative == (direction > 0) ? MIN : MAX)];
        return new long[] {isNegative ? magnitude | Long.MIN_VALUE : magnitude, count - counted};
      }
    }
    return null;
  }

  /**
   * Returns the index of the page of a bucket.
   *
   * @param position the position of the bucket in ascending order of the values
   */
  private static int pageIndex(int position) {
    int pagePosition = position >> BUCKET_BITS;
    return pagePosition < PAGES / 2 ? PAGES - 1 - pagePosition : pagePosition - PAGES / 2;
  }

  /** Returns the index of a bucket within the page, see {@link #pageIndex}. */
  private static int bucket(int position) {
    int bucket = position & (BUCKETS - 1);
    return position >> BUCKET_BITS < PAGES / 2 ? BUCKETS - 1 - bucket : bucket;
  }

  /**
   * Adds all winsorized and transformed values to sums.
   *
   * @param limits the result of {@link #limits}; null for none
   */
  void addTo(ExactSum sum, ExactSum squares, ValueLimits limits) {
    for (int pageIndex = 0; pageIndex < PAGES; pageIndex++) {
      for (int bucket = 0; pages[pageIndex] != null && bucket < BUCKETS; bucket++) {
        int offset = bucket * WIDTH;
        if (pages[pageIndex][offset + COUNT] > 0 && isWithin(pageIndex, offset, limits)) {
          int exponent = units[pageIndex][bucket] - 1075;
          BigInteger total = unsigned(pages[pageIndex], offset + SUM, 2);
          sum.add(pageIndex >= PAGES / 2 ? total.negate() : total, exponent);
          squares.add(unsigned(pages[pageIndex], offset + SQUARES, 3), 2 * exponent);
        }
      }
    }
    if (limits != null) {
      for (boolean isUpper : new boolean[] {false, true}) {
        double limit = transform.apply(isUpper ? limits.upper() : limits.lower());
        sum.addCopies(limit, isUpper ? limits.above() : limits.below());
        squares.addSquareCopies(limit, isUpper ? limits.above() : limits.below());
      }
    }
  }

  /** Returns whether a bucket lies within limits. The limits never divide a bucket. */
  private boolean isWithin(int pageIndex, int offset, ValueLimits limits) {
    long magnitude = pages[pageIndex][offset + MIN];
    double value = Double.longBitsToDouble(magnitude);
    double signed = pageIndex >= PAGES / 2 ? -value : value;
    return limits == null || limits.winsorized(signed) == signed;
  }

  /** Returns an unsigned number that consists of {@code longs} longs, the lowest first. */
  private static BigInteger unsigned(long[] page, int offset, int longs) {
    BigInteger unsigned = BigInteger.ZERO;
    for (int i = longs - 1; i >= 0; i--) {
      unsigned =
          unsigned
              .shiftLeft(Long.SIZE)
              .or(BigInteger.valueOf(page[offset + i] >>> 1).shiftLeft(1))
              .or(BigInteger.valueOf(page[offset + i] & 1));
    }
    return unsigned;
  }

  /**
   * Writes the sketch in one call, because a call per number would be slow. Equal sketches give
   * equal bytes.
   */
  void write(DataOutput out) throws IOException {
    int buckets = 0;
    for (long[] page : pages) {
      for (int offset = 0; page != null && offset < page.length; offset += WIDTH) {
        buckets += page[offset + COUNT] > 0 ? 1 : 0;
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(buckets * BUCKET_BYTES);
    for (int pageIndex = 0; pageIndex < PAGES; pageIndex++) {
      long[] page = pages[pageIndex];
      for (int bucket = 0; page != null && bucket < BUCKETS; bucket++) {
        if (page[bucket * WIDTH + COUNT] > 0) {
          bytes.putInt(pageIndex << BUCKET_BITS | bucket);
          for (int i = 0; i < WIDTH; i++) {
            bytes.putLong(page[bucket * WIDTH + i]);
          }
        }
      }
    }
    out.writeInt(buckets);
    out.write(bytes.array());
  }

  static QuantileSketch read(DataInput in, Transform transform) throws IOException {
    QuantileSketch sketch = new QuantileSketch(transform);
    byte[] buckets = new byte[in.readInt() * BUCKET_BYTES];
    in.readFully(buckets);
    ByteBuffer bytes = ByteBuffer.wrap(buckets);
    while (bytes.hasRemaining()) {
      int bucketIndex = bytes.getInt();
      int pageIndex = bucketIndex >> BUCKET_BITS;
      long[] page =
          sketch.pages[pageIndex] == null ? sketch.newPage(pageIndex) : sketch.pages[pageIndex];
      int offset = (bucketIndex & (BUCKETS - 1)) * WIDTH;
      for (int i = 0; i < WIDTH; i++) {
        page[offset + i] = bytes.getLong();
      }
      sketch.count += page[offset + COUNT];
    }
    return sketch;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    QuantileSketch read = read(in, transform);
    pages = read.pages;
    units = read.units;
    count = read.count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantileSketch that
        && transform == that.transform
        && count == that.count
        && Arrays.deepEquals(pages, that.pages);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count);
  }
}
