package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/** Per feature some raw values that cut the users into parts of about the same size. Immutable. */
public final class HistogramBins implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int PARTS = 20;

  private final double[][] points;

  private HistogramBins(double[][] points) {
    this.points = points;
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
    return new HistogramBins(points);
  }

  public int features() {
    return points.length;
  }

  /** A view of the points of a feature, ascending. */
  double[] points(int feature) {
    return points[feature];
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(points.length);
    for (double[] feature : points) {
      out.writeInt(feature.length);
      for (double point : feature) {
        out.writeDouble(point);
      }
    }
  }

  static HistogramBins read(DataInput in) throws IOException {
    double[][] points = new double[in.readInt()][];
    for (int f = 0; f < points.length; f++) {
      points[f] = new double[in.readInt()];
      for (int i = 0; i < points[f].length; i++) {
        points[f][i] = in.readDouble();
      }
    }
    return new HistogramBins(points);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HistogramBins that && Arrays.deepEquals(points, that.points);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(points);
  }
}
