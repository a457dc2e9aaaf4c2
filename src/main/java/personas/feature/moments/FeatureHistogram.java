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

  /** The bin of each value of the block that is being added. */
  private final int[] blockBins = new int[BLOCK];

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
    int[] smallCounts = new int[SMALL_LIMIT];
    double[] otherValues = new double[BLOCK];
    for (int f = 0; f < counts.length; f++) {
      double[] paddedEdges = padded(bins.edges(f));
      for (int from = 0; from < rows; from += BLOCK) {
        int to = Math.min(from + BLOCK, rows);
        int otherCount = countSmall(columns[f], from, to, smallCounts, otherValues);
        addBlock(f, paddedEdges, otherValues, otherCount);
      }
      foldSmall(f, smallCounts);
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
   * Counts small whole numbers, and copies other values to {@code otherValues}. Returns the number
   * of other values.
   */
  private static int countSmall(
      double[] column, int from, int to, int[] smallCounts, double[] otherValues) {
    int otherCount = 0;
    for (int i = from; i < to; i++) {
      double value = column[i];
      int whole = (int) value;
      if (whole == value && (whole & -SMALL_LIMIT) == 0) {
        smallCounts[whole]++;
      } else {
        otherValues[otherCount++] = value;
      }
    }
    return otherCount;
  }

  /** Adds the individual counts to the bins and sets them to 0. */
  private void foldSmall(int f, int[] smallCounts) {
    double[] edges = bins.edges(f);
    int bin = 0;
    for (int whole = 0; whole < SMALL_LIMIT; whole++) {
      while (bin < edges.length && edges[bin] < whole) {
        bin++;
      }
      counts[f][bin] += smallCounts[whole];
      smallCounts[whole] = 0;
    }
  }

  /**
   * Adds a block of values. The bin of a value is the number of edges below the value. The binary
   * search of all values of a block proceeds step by step without branches, because a mispredicted
   * branch would cost more than the search.
   *
   * @param edges ascending, padded to a power of two
   */
  private void addBlock(int f, double[] edges, double[] values, int count) {
    Arrays.fill(blockBins, 0, count, 0);
    for (int step = edges.length / 2; step > 0; step /= 2) {
      int shift = Integer.numberOfTrailingZeros(step);
      for (int i = 0; i < count; i++) {
        int first = blockBins[i];
        blockBins[i] = first + (isBelow(edges[first + step - 1], values[i]) << shift);
      }
    }
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(values[i])) {
        missing[f]++;
      } else {
        counts[f][blockBins[i]]++;
      }
    }
  }

  /** Returns the sign bit of the difference, which is 1 if the edge is below the value, else 0. */
  private static int isBelow(double edge, double value) {
    return (int) (Double.doubleToRawLongBits(edge - value) >>> (Long.SIZE - 1));
  }

  /** Pads the edges with infinity to the next larger power of two. */
  private static double[] padded(double[] edges) {
    int length = 2;
    while (length <= edges.length) {
      length *= 2;
    }
    double[] padded = Arrays.copyOf(edges, length);
    Arrays.fill(padded, edges.length, length, Double.POSITIVE_INFINITY);
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

  /** Returns the numbers of users at {@link #earlierPoints}, in the order of {@link #counts}. */
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
    FeatureHistogram histogram = new FeatureHistogram(HistogramBins.read(in));
    for (int f = 0; f < histogram.counts.length; f++) {
      for (int i = 0; i < histogram.counts[f].length; i++) {
        histogram.counts[f][i] = in.readLong();
      }
      histogram.missing[f] = in.readLong();
    }
    return histogram;
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
