package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Per feature some raw values that cut the users into parts of about the same size, and those at
 * which the users of an earlier run were counted. Immutable.
 */
public final class HistogramBins implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int PARTS = 20;

  private final double[][] points;
  private final double[][] earlierPoints;
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
   * The quantiles of a sample, a twentieth apart, the smallest and the largest value among them;
   * equal ones once. A feature without any value has no point.
   *
   * @param rows n rows of d raw values; NaN where one is missing
   */
  public static HistogramBins of(double[][] rows, int d) {
    double[][] points = new double[d][];
    for (int f = 0; f < d; f++) {
      int feature = f;
      double[] sorted =
          Arrays.stream(rows)
              .mapToDouble(row -> row[feature] + 0.0) // -0 means what 0 means
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
   * No points of its own: only those at which an earlier run counted its users.
   *
   * @param earlier d lists of ascending raw values
   */
  public static HistogramBins ofEarlierPoints(List<List<Double>> earlier) {
    return new HistogramBins(new double[earlier.size()][0], new double[earlier.size()][0])
        .withEarlierPoints(earlier);
  }

  /**
   * These points, and others at which an earlier run counted its users. The users are counted at
   * both, so that two runs are compared by exact counts.
   *
   * @param earlier d lists of ascending raw values
   */
  public HistogramBins withEarlierPoints(List<List<Double>> earlier) {
    return new HistogramBins(
        points,
        earlier.stream()
            .map(each -> each.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new));
  }

  public int features() {
    return points.length;
  }

  /** A view of the points of a feature, ascending. */
  double[] points(int feature) {
    return points[feature];
  }

  /** A view of the points of an earlier run, ascending; none without one. */
  double[] earlierPoints(int feature) {
    return earlierPoints[feature];
  }

  /** A view of all points of a feature, ascending and distinct. */
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
