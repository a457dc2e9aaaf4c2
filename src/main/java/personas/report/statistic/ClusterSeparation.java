package personas.report.statistic;

import java.util.Arrays;
import java.util.List;
import personas.report.data.ReportSample;

/**
 * How far apart two personas are: the distance of their centroids over the sum of their standard
 * deviations along the line that joins them. One bell-shaped cloud cut in two gives 1.3, an even
 * one 1.7, whatever the number of features; so below {@link #CLEAR} two personas overlap.
 */
public final class ClusterSeparation {
  /** From here on there is a gap, or at least a dent, between two personas. */
  public static final double CLEAR = 1.75;

  private final ReportSample sample;
  private final List<List<Double>> centroids;

  /**
   * Looks at a sample.
   *
   * @param centroids k × d, standardised
   */
  public ClusterSeparation(ReportSample sample, List<List<Double>> centroids) {
    this.sample = sample;
    this.centroids = centroids;
  }

  /** Euclidean, standardised units. */
  public double distance(int a, int b) {
    double squares = 0;
    for (int f = 0; f < sample.d(); f++) {
      double difference = centroids.get(b).get(f) - centroids.get(a).get(f);
      squares += difference * difference;
    }
    return StrictMath.sqrt(squares);
  }

  /** The nearest other persona, the first of equals; -1 where there is no other. */
  public int nearest(int a) {
    int nearest = -1;
    for (int b = 0; b < centroids.size(); b++) {
      if (b != a && (nearest < 0 || distance(a, b) < distance(a, nearest))) {
        nearest = b;
      }
    }
    return nearest;
  }

  /** The separation; null where either has no user in the sample, or neither has a spread. */
  public Double of(int a, int b) {
    double distance = distance(a, b);
    if (distance == 0) {
      return 0.0;
    }
    Double spreadA = spreadAlong(a, a, b, distance);
    Double spreadB = spreadAlong(b, a, b, distance);
    if (spreadA == null || spreadB == null || spreadA + spreadB == 0) {
      return null;
    }
    return distance / (spreadA + spreadB);
  }

  /** Deviation of the users of {@code cluster} along the line from a to b. */
  private Double spreadAlong(int cluster, int a, int b, double distance) {
    double[] along = new double[sample.size()];
    int count = 0;
    for (int i = 0; i < sample.size(); i++) {
      if (sample.cluster(i) == cluster) {
        double product = 0;
        for (int f = 0; f < sample.d(); f++) {
          product += sample.z(f, i) * (centroids.get(b).get(f) - centroids.get(a).get(f));
        }
        along[count++] = product / distance;
      }
    }
    return SampleStatistics.sigma(Arrays.copyOf(along, count));
  }
}
