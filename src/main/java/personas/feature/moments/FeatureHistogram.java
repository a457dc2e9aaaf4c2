package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the raw values of the users are spread: exact counts between the points of some {@link
 * HistogramBins}. Mergeable in any order.
 */
public final class FeatureHistogram {
  private static final int BLOCK = 512;

  /**
   * Whole numbers below this, which most usage counts are, are counted each by itself first: that
   * takes a sixth of the time of a search.
   */
  private static final int SMALL = 1 << 12;

  private final HistogramBins bins;
  private final long[][] counts;
  private final long[] missing;
  private final int[] bin = new int[BLOCK];

  /** The counts of no user. */
  public FeatureHistogram(HistogramBins bins) {
    this(bins, new long[bins.features()][], new long[bins.features()]);
    Arrays.setAll(counts, f -> new long[bins.edges(f).length + 1]);
  }

  private FeatureHistogram(HistogramBins bins, long[][] counts, long[] missing) {
    this.bins = bins;
    this.counts = counts;
    this.missing = missing;
  }

  /** The counts of no user between the same points. */
  public FeatureHistogram empty() {
    return new FeatureHistogram(bins);
  }

  /**
   * Adds users.
   *
   * @param columns d columns of raw values; NaN where one is missing
   */
  public void add(double[][] columns, int rows) {
    int[] small = new int[SMALL];
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
   * @param columns d columns of raw values; NaN where one is missing
   * @param weights how many users each record stands for; null if each is one user
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

  /** The place of the first edge that is not below a value. */
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

  /** Counts small whole numbers; returns how many others there are. */
  private static int countSmall(double[] column, int from, int to, int[] small, double[] others) {
    int found = 0;
    for (int i = from; i < to; i++) {
      double value = column[i];
      int whole = (int) value;
      if (whole == value && (whole & -SMALL) == 0) {
        small[whole]++;
      } else {
        others[found++] = value;
      }
    }
    return found;
  }

  /** Moves what was counted by itself to the bins. */
  private void foldSmall(int f, int[] small) {
    double[] points = bins.edges(f);
    int its = 0;
    for (int whole = 0; whole < SMALL; whole++) {
      while (its < points.length && points[its] < whole) {
        its++;
      }
      counts[f][its] += small[whole];
      small[whole] = 0;
    }
  }

  /**
   * The bin is how many points lie below the value: a binary search of the whole block a step at a
   * time and without a branch, because which way it goes is anyone's guess and a wrong guess of the
   * processor costs more than the search.
   */
  private void addBlock(int f, double[] points, double[] values, int count) {
    Arrays.fill(bin, 0, count, 0);
    for (int step = points.length / 2; step > 0; step /= 2) {
      int shift = Integer.numberOfTrailingZeros(step);
      for (int i = 0; i < count; i++) {
        int least = bin[i];
        bin[i] = least + (isBelow(points[least + step - 1], values[i]) << shift);
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

  /** 1 or 0: a difference of finite numbers is negative exactly where the first is the smaller. */
  private static int isBelow(double point, double value) {
    return (int) (Double.doubleToRawLongBits(point - value) >>> (Long.SIZE - 1));
  }

  /** To a power of two above their number, with points that no value is above. */
  private static double[] padded(double[] points) {
    int length = 2;
    while (length <= points.length) {
      length *= 2;
    }
    double[] padded = Arrays.copyOf(points, length);
    Arrays.fill(padded, points.length, length, Double.POSITIVE_INFINITY);
    return padded;
  }

  /** Adds the users of counts between the same points. */
  public void merge(FeatureHistogram other) {
    for (int f = 0; f < counts.length; f++) {
      for (int i = 0; i < counts[f].length; i++) {
        counts[f][i] += other.counts[f][i];
      }
      missing[f] += other.missing[f];
    }
  }

  /** The points of a feature, ascending. */
  public List<Double> points(int feature) {
    return Arrays.stream(bins.points(feature)).boxed().toList();
  }

  /** Users up to each point, and above the last. */
  public List<Long> counts(int feature) {
    return counts(feature, bins.points(feature));
  }

  /** The points at which an earlier run counted its users, ascending; none without one. */
  public List<Double> earlierPoints(int feature) {
    return Arrays.stream(bins.earlierPoints(feature)).boxed().toList();
  }

  /** Users up to each point of the earlier run, and above the last. */
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

  /** Users without a value. */
  public long missing(int feature) {
    return missing[feature];
  }

  public void write(DataOutput out) throws IOException {
    bins.write(out);
    for (int f = 0; f < counts.length; f++) {
      for (long count : counts[f]) {
        out.writeLong(count);
      }
      out.writeLong(missing[f]);
    }
  }

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
