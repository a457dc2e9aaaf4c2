package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exact counts of users between the points of {@link HistogramBins}, for each feature. Histograms
 * can be merged in any order.
 */
public final class FeatureHistogram {
  private static final int BLOCK = 512;

  /**
   * Whole numbers below this limit, such as most usage counts, are first counted individually,
   * which takes a sixth of the time of a binary search.
   */
  private static final int SMALL_LIMIT = 1 << 12;

  private final HistogramBins bins;
  private final long[][] counts;
  private final long[] missing;
  private final int[] bin = new int[BLOCK];

  /** Creates an empty histogram. */
  public FeatureHistogram(HistogramBins bins) {
    this(bins, new long[bins.features()][], new long[bins.features()]);
    Arrays.setAll(counts, f -> new long[bins.edges(f).length + 1]);
  }

  private FeatureHistogram(HistogramBins bins, long[][] counts, long[] missing) {
    this.bins = bins;
    this.counts = counts;
    this.missing = missing;
  }

  /** Returns an empty histogram with the same points. */
  public FeatureHistogram empty() {
    return new FeatureHistogram(bins);
  }

  /**
   * Adds users.
   *
   * @param columns d columns of raw values; NaN for a missing value
   * @param rows the number of values to read from each column
   */
  public void add(double[][] columns, int rows) {
    int[] small = new int[SMALL_LIMIT];
    double[] others = new double[BLOCK];
    for (int f = 0; f < counts.length; f++) {
      double[] points = padded(bins.edges(f));
      for (int from = 0; from < rows; from += BLOCK) {
        int to = Math.min(from + BLOCK, rows);
        addBlock(f, points, others, countSmall(columns[f], from, to, small, others));
      }
      foldSmall(f, small);
    }
  }

  /**
   * Adds records.
   *
   * @param columns d columns of raw values; NaN for a missing value
   * @param weights the number of users that each record stands for; null if each record is one user
   * @param rows the number of values to read from each column
   */
  public void add(double[][] columns, int[] weights, int rows) {
    if (weights == null) {
      add(columns, rows);
      return;
    }
    for (int f = 0; f < counts.length; f++) {
      double[] edges = bins.edges(f);
      for (int i = 0; i < rows; i++) {
        if (Double.isNaN(columns[f][i])) {
          missing[f] += weights[i];
        } else {
          counts[f][firstNotBelow(edges, columns[f][i])] += weights[i];
        }
      }
    }
  }

  /** Returns the index of the first edge that is not below a value. */
  private static int firstNotBelow(double[] edges, double value) {
    int from = 0;
    int to = edges.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (edges[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /**
   * Counts small whole numbers, and copies other values to {@code others}. Returns the number of
   * other values.
   */
  private static int countSmall(double[] column, int from, int to, int[] small, double[] others) {
    int found = 0;
    for (int i = from; i < to; i++) {
      double value = column[i];
      int whole = (int) value;
      if (whole == value && (whole & -SMALL_LIMIT) == 0) {
        small[whole]++;
      } else {
        others[found++] = value;
      }
    }
    return found;
  }

  /** Adds the individual counts to the bins. */
  private void foldSmall(int f, int[] small) {
    double[] points = bins.edges(f);
    int bin = 0;
    for (int whole = 0; whole < SMALL_LIMIT; whole++) {
      while (bin < points.length && points[bin] < whole) {
        bin++;
      }
      counts[f][bin] += small[whole];
      small[whole] = 0;
    }
  }

  /**
   * Adds a block of values. The bin of a value is the number of points below it. The binary search
   * of all values of a block proceeds step by step without branches, because a mispredicted branch
   * would cost more than the search.
   */
  private void addBlock(int f, double[] points, double[] values, int count) {
    Arrays.fill(bin, 0, count, 0);
    for (int step = points.length / 2; step > 0; step /= 2) {
      int shift = Integer.numberOfTrailingZeros(step);
      for (int i = 0; i < count; i++) {
        int first = bin[i];
        bin[i] = first + (isBelow(points[first + step - 1], values[i]) << shift);
      }
    }
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        missing[f]++;
      } else {
        counts[f][bin[i]]++;
      }
    }
  }

  /** Returns 1 if the point is below the value, otherwise 0: the sign bit of the difference. */
  private static int isBelow(double point, double value) {
    return (int) (Double.doubleToRawLongBits(point - value) >>> (Long.SIZE - 1));
  }

  /** Pads the points with infinity to the next larger power of two. */
  private static double[] padded(double[] points) {
    int length = 2;
    while (length <= points.length) {
      length *= 2;
    }
    double[] padded = Arrays.copyOf(points, length);
    Arrays.fill(padded, points.length, length, Double.POSITIVE_INFINITY);
    return padded;
  }

  /** Adds the users of a histogram with the same points. */
  public void merge(FeatureHistogram other) {
    for (int f = 0; f < counts.length; f++) {
      for (int i = 0; i < counts[f].length; i++) {
        counts[f][i] += other.counts[f][i];
      }
      missing[f] += other.missing[f];
    }
  }

  /** Returns the points of a feature, ascending. */
  public List<Double> points(int feature) {
    return Arrays.stream(bins.points(feature)).boxed().toList();
  }

  /**
   * Returns the numbers of users up to and including the first point, between neighboring points
   * (including the upper one), and above the last point.
   */
  public List<Long> counts(int feature) {
    return counts(feature, bins.points(feature));
  }

  /**
   * Returns the points at which an earlier run counted users, ascending; empty without an earlier
   * run.
   */
  public List<Double> earlierPoints(int feature) {
    return Arrays.stream(bins.earlierPoints(feature)).boxed().toList();
  }

  /** Returns the numbers of users as {@link #counts}, but for the points of the earlier run. */
  public List<Long> earlierCounts(int feature) {
    return counts(feature, bins.earlierPoints(feature));
  }

  private List<Long> counts(int feature, double[] points) {
    double[] edges = bins.edges(feature);
    List<Long> sums = new ArrayList<>();
    int next = 0;
    for (double point : points) {
      long sum = 0;
      while (next < edges.length && edges[next] <= point) {
        sum += counts[feature][next++];
      }
      sums.add(sum);
    }
    sums.add(Arrays.stream(counts[feature], next, edges.length + 1).sum());
    return sums;
  }

  /** Returns the number of users without a value. */
  public long missing(int feature) {
    return missing[feature];
  }

  /** Writes the points and the counts. */
  public void write(DataOutput out) throws IOException {
    bins.write(out);
    for (int f = 0; f < counts.length; f++) {
      for (long count : counts[f]) {
        out.writeLong(count);
      }
      out.writeLong(missing[f]);
    }
  }

  /** Reads a histogram that {@link #write} wrote. */
  public static FeatureHistogram read(DataInput in) throws IOException {
    FeatureHistogram read = new FeatureHistogram(HistogramBins.read(in));
    for (int f = 0; f < read.counts.length; f++) {
      for (int i = 0; i < read.counts[f].length; i++) {
        read.counts[f][i] = in.readLong();
      }
      read.missing[f] = in.readLong();
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureHistogram that
        && bins.equals(that.bins)
        && Arrays.deepEquals(counts, that.counts)
        && Arrays.equals(missing, that.missing);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }
}
