package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The points of a histogram for each feature: raw values that divide the users into parts of about
 * the same size, and the points at which an earlier run counted users. Instances are immutable.
 */
public final class HistogramBins implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int PARTS = 20;

  private final double[][] points;
  private final double[][] earlierPoints;

  /** The distinct points and earlier points of each feature, ascending. */
  private final double[][] edges;

  private HistogramBins(double[][] points, double[][] earlierPoints) {
    this.points = points;
    this.earlierPoints = earlierPoints;
    this.edges = new double[points.length][];
    Arrays.setAll(
        edges,
        f ->
            DoubleStream.concat(Arrays.stream(points[f]), Arrays.stream(earlierPoints[f]))
                .sorted()
                .distinct()
                .toArray());
  }

  /**
   * Returns bins whose points are the distinct quantiles 0, 0.05, ..., 1 of a sample. A feature
   * without a value has no points.
   *
   * @param rows n rows of d raw values; NaN for a missing value
   * @param d the number of features
   */
  public static HistogramBins of(double[][] rows, int d) {
    double[][] points = new double[d][];
    for (int f = 0; f < d; f++) {
      int feature = f;
      double[] sorted =
          Arrays.stream(rows)
              .mapToDouble(row -> row[feature] + 0.0) // -0 becomes 0
              .filter(value -> !Double.isNaN(value))
              .sorted()
              .toArray();
      double[] quantiles = new double[sorted.length == 0 ? 0 : PARTS + 1];
      for (int i = 0; i < quantiles.length; i++) {
        quantiles[i] = sorted[(int) ((sorted.length - 1L) * i / PARTS)];
      }
      points[f] = Arrays.stream(quantiles).distinct().toArray();
    }
    return new HistogramBins(points, new double[d][0]);
  }

  /**
   * Returns bins with only the points at which an earlier run counted users.
   *
   * @param earlier d lists of ascending raw values
   */
  public static HistogramBins ofEarlierPoints(List<List<Double>> earlier) {
    return new HistogramBins(new double[earlier.size()][0], new double[earlier.size()][0])
        .withEarlierPoints(earlier);
  }

  /**
   * Returns bins with these points and the points at which an earlier run counted users. Users are
   * counted at both kinds of points, so that two runs are compared by exact counts.
   *
   * @param earlier d lists of ascending raw values
   */
  public HistogramBins withEarlierPoints(List<List<Double>> earlier) {
    return new HistogramBins(
        points,
        earlier.stream()
            .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new));
  }

  /** Returns the number of features. */
  public int features() {
    return points.length;
  }

  /** Returns the points of a feature, ascending, without copying them. */
  double[] points(int feature) {
    return points[feature];
  }

  /**
   * Returns the points of an earlier run, ascending, without copying them; empty without an earlier
   * run.
   */
  double[] earlierPoints(int feature) {
    return earlierPoints[feature];
  }

  /**
   * Returns the points of a feature and of the earlier run together, ascending and distinct,
   * without copying them.
   */
  double[] edges(int feature) {
    return edges[feature];
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(points.length);
    for (int f = 0; f < points.length; f++) {
      write(points[f], out);
      write(earlierPoints[f], out);
    }
  }

  private static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static HistogramBins read(DataInput in) throws IOException {
    double[][] points = new double[in.readInt()][];
    double[][] earlierPoints = new double[points.length][];
    for (int f = 0; f < points.length; f++) {
      points[f] = readValues(in);
      earlierPoints[f] = readValues(in);
    }
    return new HistogramBins(points, earlierPoints);
  }

  private static double[] readValues(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HistogramBins that
        && Arrays.deepEquals(points, that.points)
        && Arrays.deepEquals(earlierPoints, that.earlierPoints);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(points);
  }
}
