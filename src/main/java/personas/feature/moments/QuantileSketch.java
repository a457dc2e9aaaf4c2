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
 * A sketch of one feature's values that quantiles and the moments below and above them come from.
 * The values are counted in buckets, and each bucket holds its least and its greatest value and the
 * exact sums of its transformed values and of their squares. All of it is whole numbers, so merging
 * in any order, grouping or split gives the same bits.
 *
 * <p>A bucket is the values with the same sign, the same exponent and the same first six bits of
 * the mantissa: its ends differ by a 64th at most. Whole numbers up to 128 have a bucket each. The
 * idea of buckets that grow with the value is that of HdrHistogram and of C. Masson, J. E. Rim and
 * H. K. Lee, <i>DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees</i>, PVLDB 12, 2019; here on the bits of the double, so that no logarithm is rounded.
 *
 * <p>Memory: 4 KB for each power of two that the values reach, and 16 KB. Time: 20 ns a value and
 * its logarithm 12, but 3 for both where values are small whole numbers.
 */
final class QuantileSketch implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int BUCKET_BITS = 6;
  private static final int BUCKETS = 1 << BUCKET_BITS;

  /** Sign and exponent. */
  private static final int PAGES = 1 << 12;

  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

  // A bucket's places in its page. Sums are of mantissas in units of the bucket: 56 bits each at
  // most, their squares 112, so that 2⁶³ of them fit the two and three longs.
  private static final int COUNT = 0;
  private static final int LEAST = 1;
  private static final int GREATEST = 2;
  private static final int SUM = 3;
  private static final int SQUARES = 5;
  private static final int WIDTH = 8;

  /** A bucket as it is written: its place, then its longs. */
  private static final int BUCKET_BYTES = Integer.BYTES + WIDTH * Long.BYTES;

  /**
   * Whole numbers below this, which most usage counts are, are counted first and then added at
   * once.
   */
  private static final int SMALL = 1 << 12;

  private final Transform transform;
  private transient long[][] pages = new long[PAGES][];

  /** Per page and bucket the exponent of its unit. */
  private transient int[][] units = new int[PAGES][];

  private transient long count;

  /** No values yet. */
  QuantileSketch(Transform transform) {
    this.transform = transform;
  }

  /**
   * Adds raw values; NaN adds nothing.
   *
   * @param feature with the transform of these buckets
   * @throws IllegalArgumentException where a value is infinite or not in the domain of the
   *     transform
   */
  void addAll(Feature feature, double[] raw, int from, int to) {
    int[] small = new int[SMALL];
    for (int i = from; i < to; i++) {
      int whole = (int) raw[i];
      if (whole == raw[i] && whole >= 0 && whole < SMALL) {
        small[whole]++;
      } else if (!Double.isNaN(raw[i])) {
        add(raw[i], feature.transformed(raw[i]), 1);
      }
    }
    for (int whole = 0; whole < SMALL; whole++) {
      if (small[whole] > 0) {
        add(whole, feature.transformed(whole), small[whole]);
      }
    }
  }

  /**
   * Adds a raw value.
   *
   * @param feature with the transform of these buckets
   * @param copies how many users have it, at least 1
   */
  void add(Feature feature, double raw, int copies) {
    add(raw, feature.transformed(raw), copies);
  }

  private void add(double raw, double transformed, int copies) {
    long bits = Double.doubleToRawLongBits(raw);
    int number = (int) (bits >>> MANTISSA_BITS);
    long[] page = pages[number] == null ? newPage(number) : pages[number];
    int bucket = (int) (bits >>> (MANTISSA_BITS - BUCKET_BITS)) & (BUCKETS - 1);
    int at = bucket * WIDTH;
    long magnitude = bits & Long.MAX_VALUE;
    page[at + LEAST] = page[at + COUNT] == 0 ? magnitude : Math.min(page[at + LEAST], magnitude);
    page[at + GREATEST] = Math.max(page[at + GREATEST], magnitude);
    page[at + COUNT] += copies;
    count += copies;
    long mantissa = mantissa(transformed) << (exponent(transformed) - units[number][bucket]);
    add(page, at + SUM, 2, mantissa * copies, Math.multiplyHigh(mantissa, copies));
    long low = mantissa * mantissa;
    long high = Math.multiplyHigh(mantissa, mantissa);
    // The lower half of a square has no sign.
    long carried = Math.multiplyHigh(low, copies) + (low < 0 ? copies : 0);
    add(page, at + SQUARES, 3, low * copies, carried);
    add(page, at + SQUARES + 1, 2, high * copies, Math.multiplyHigh(high, copies));
  }

  /** Adds to a number of {@code longs} longs, the lowest first. */
  private static void add(long[] page, int at, int longs, long low, long high) {
    page[at] += low;
    int carry = Long.compareUnsigned(page[at], low) < 0 ? 1 : 0;
    long middle = page[at + 1] + high;
    page[at + 1] = middle + carry;
    if (longs > 2) {
      page[at + 2] += Long.compareUnsigned(middle, high) < 0 ? 1 : 0;
      page[at + 2] += middle == -1 ? carry : 0;
    }
  }

  private long[] newPage(int number) {
    long[] page = new long[BUCKETS * WIDTH];
    int[] unit = new int[BUCKETS];
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      // The transforms keep the sign and grow away from 0: the end next to 0 has the least unit.
      double end =
          Double.longBitsToDouble(
              (long) number << MANTISSA_BITS | (long) bucket << (MANTISSA_BITS - BUCKET_BITS));
      unit[bucket] = end > -1 || transform == Transform.NONE ? exponent(transform.apply(end)) : 0;
    }
    pages[number] = page;
    units[number] = unit;
    return page;
  }

  /** A value is ±mantissa · 2^(exponent - 1075); subnormals have the exponent of 1. */
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
    for (int number = 0; number < PAGES; number++) {
      long[] theirs = other.pages[number];
      if (theirs != null) {
        long[] page = pages[number] == null ? newPage(number) : pages[number];
        for (int at = 0; at < page.length; at += WIDTH) {
          merge(page, theirs, at);
        }
      }
    }
  }

  private static void merge(long[] page, long[] theirs, int at) {
    if (theirs[at + COUNT] == 0) {
      return;
    }
    page[at + LEAST] =
        page[at + COUNT] == 0 ? theirs[at + LEAST] : Math.min(page[at + LEAST], theirs[at + LEAST]);
    page[at + GREATEST] = Math.max(page[at + GREATEST], theirs[at + GREATEST]);
    page[at + COUNT] += theirs[at + COUNT];
    add(page, at + SUM, 2, theirs[at + SUM], theirs[at + SUM + 1]);
    add(page, at + SQUARES, 3, theirs[at + SQUARES], theirs[at + SQUARES + 1]);
    page[at + SQUARES + 2] += theirs[at + SQUARES + 2];
  }

  /**
   * The limits at a quantile: the upper one is the greatest value of the bucket that the value of
   * rank ⌈quantile · values⌉ lies in, the lower one likewise from above. So no more than the share
   * that the quantile leaves lies beyond each, and a limit differs from the exact quantile by a
   * 64th at most.
   *
   * @return null where no value lies beyond a limit, and where both are the same value: a feature
   *     is never made constant
   */
  ValueLimits limits(double quantile) {
    long rank = (long) Math.ceil(quantile * count);
    long[] up = reach(rank, 1);
    long[] down = reach(rank, -1);
    if (up == null || down == null || (up[1] == 0 && down[1] == 0)) {
      return null;
    }
    double lower = Double.longBitsToDouble(down[0]);
    double upper = Double.longBitsToDouble(up[0]);
    return lower < upper ? new ValueLimits(lower, upper, down[1], up[1]) : null;
  }

  /**
   * The lower median: the largest value of the bucket that the middle value lies in. There is at
   * least one value.
   */
  double median() {
    return Double.longBitsToDouble(reach((count + 1) / 2, 1)[0]);
  }

  /** How the values, none of which is negative, are spread: one value per bucket, its middle. */
  LongTail tail() {
    List<Double> values = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int number = 0; number < PAGES / 2; number++) {
      long[] page = pages[number];
      for (int at = 0; page != null && at < page.length; at += WIDTH) {
        if (page[at + COUNT] > 0) {
          double least = Double.longBitsToDouble(page[at + LEAST]);
          double greatest = Double.longBitsToDouble(page[at + GREATEST]);
          values.add(least / 2 + greatest / 2);
          counts.add(page[at + COUNT]);
        }
      }
    }
    return new LongTail(
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        counts.stream().mapToLong(Long::longValue).toArray());
  }

  /** Whether there are at most two different values. */
  boolean isBinary() {
    int different = 0;
    for (long[] page : pages) {
      for (int at = 0; page != null && at < page.length; at += WIDTH) {
        if (page[at + COUNT] > 0) {
          different += page[at + LEAST] == page[at + GREATEST] ? 1 : 2;
        }
      }
    }
    return different <= 2;
  }

  /**
   * Goes from the smallest value up, or from the largest down, until {@code rank} values are
   * reached.
   *
   * @return the bits of the last value in the bucket that it ends in, and how many values lie
   *     beyond; null where there is no value
   */
  private long[] reach(long rank, int direction) {
    long reached = 0;
    for (int i = 0; i < PAGES * BUCKETS; i++) {
      int place = direction > 0 ? i : PAGES * BUCKETS - 1 - i;
      long[] page = pages[page(place)];
      if (page == null) {
        i += BUCKETS - 1;
        continue;
      }
      int at = bucket(place) * WIDTH;
      reached += page[at + COUNT];
      if (page[at + COUNT] > 0 && reached >= rank) {
        boolean negative = page(place) >= PAGES / 2;
        long magnitude = page[at + (negative == (direction > 0) ? LEAST : GREATEST)];
        return new long[] {negative ? magnitude | Long.MIN_VALUE : magnitude, count - reached};
      }
    }
    return null;
  }

  /** The page of the place-th bucket in ascending order of the values. */
  private static int page(int place) {
    int number = place >> BUCKET_BITS;
    return number < PAGES / 2 ? PAGES - 1 - number : number - PAGES / 2;
  }

  private static int bucket(int place) {
    int bucket = place & (BUCKETS - 1);
    return place >> BUCKET_BITS < PAGES / 2 ? BUCKETS - 1 - bucket : bucket;
  }

  /**
   * Adds up all transformed values, each within the limits.
   *
   * @param limits what {@link #limits} gave; null for none
   */
  void addTo(ExactSum sum, ExactSum squares, ValueLimits limits) {
    for (int number = 0; number < PAGES; number++) {
      for (int bucket = 0; pages[number] != null && bucket < BUCKETS; bucket++) {
        int at = bucket * WIDTH;
        if (pages[number][at + COUNT] > 0 && isWithin(number, at, limits)) {
          int exponent = units[number][bucket] - 1075;
          BigInteger total = whole(pages[number], at + SUM, 2);
          sum.add(number >= PAGES / 2 ? total.negate() : total, exponent);
          squares.add(whole(pages[number], at + SQUARES, 3), 2 * exponent);
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

  /** A bucket lies within limits or beyond as a whole. */
  private boolean isWithin(int number, int at, ValueLimits limits) {
    long magnitude = pages[number][at + LEAST];
    double value = Double.longBitsToDouble(magnitude);
    double signed = number >= PAGES / 2 ? -value : value;
    return limits == null || limits.limited(signed) == signed;
  }

  private static BigInteger whole(long[] page, int at, int longs) {
    BigInteger whole = BigInteger.ZERO;
    for (int i = longs - 1; i >= 0; i--) {
      whole =
          whole
              .shiftLeft(Long.SIZE)
              .or(BigInteger.valueOf(page[at + i] >>> 1).shiftLeft(1))
              .or(BigInteger.valueOf(page[at + i] & 1));
    }
    return whole;
  }

  /** Equal contents write equal bytes. At once: a call a number would cost more than the rest. */
  void write(DataOutput out) throws IOException {
    int buckets = 0;
    for (long[] page : pages) {
      for (int at = 0; page != null && at < page.length; at += WIDTH) {
        buckets += page[at + COUNT] > 0 ? 1 : 0;
      }
    }
    ByteBuffer bytes = ByteBuffer.allocate(buckets * BUCKET_BYTES);
    for (int number = 0; number < PAGES; number++) {
      long[] page = pages[number];
      for (int bucket = 0; page != null && bucket < BUCKETS; bucket++) {
        if (page[bucket * WIDTH + COUNT] > 0) {
          bytes.putInt(number << BUCKET_BITS | bucket);
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
    QuantileSketch buckets = new QuantileSketch(transform);
    byte[] read = new byte[in.readInt() * BUCKET_BYTES];
    in.readFully(read);
    ByteBuffer bytes = ByteBuffer.wrap(read);
    while (bytes.hasRemaining()) {
      int place = bytes.getInt();
      int number = place >> BUCKET_BITS;
      long[] page = buckets.pages[number] == null ? buckets.newPage(number) : buckets.pages[number];
      int at = (place & (BUCKETS - 1)) * WIDTH;
      for (int i = 0; i < WIDTH; i++) {
        page[at + i] = bytes.getLong();
      }
      buckets.count += page[at + COUNT];
    }
    return buckets;
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
