package personas.report.statistic;

import java.util.Arrays;
import java.util.List;
import personas.report.data.ReportSample;

/**
 * The separation of two personas: the distance of the centroids divided by the sum of the standard
 * deviations of both personas along the line between the centroids. Two halves of a normal
 * distribution have a separation of 1.3, and two halves of a uniform distribution 1.7, for any
 * number of features. So two personas overlap if the separation is below {@link #CLEAR}.
 */
public final class ClusterSeparation {
  /** Two personas with at least this separation have a gap or a dip between them. */
  public static final double CLEAR = 1.75;

  private final ReportSample sample;
  private final List<List<Double>> centroids;

  /**
   * Prepares the separations of all personas of a sample.
   *
   * @param centroids k centroids of d standardized coordinates
   */
  public ClusterSeparation(ReportSample sample, List<List<Double>> centroids) {
    this.sample = sample;
    this.centroids = centroids;
  }

  /** Returns the Euclidean distance of two centroids, in standardized units. */
  public double distance(int a, int b) {
    double squares = 0;
    for (int f = 0; f < sample.d(); f++) {
      double difference = centroids.get(b).get(f) - centroids.get(a).get(f);
      squares += difference * difference;
    }
    return StrictMath.sqrt(squares);
  }

  /**
   * Returns the nearest other persona, or the first of several equally near personas; -1 if there
   * is only one persona.
   */
  public int nearest(int a) {
    int nearest = -1;
    for (int b = 0; b < centroids.size(); b++) {
      if (b != a && (nearest < 0 || distance(a, b) < distance(a, nearest))) {
        nearest = b;
      }
    }
    return nearest;
  }

  /**
   * Returns the separation; 0 if the centroids are equal. Otherwise the result is null if a persona
   * has no sampled user, or if both standard deviations are 0.
   */
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

  /**
   * Returns the standard deviation of a cluster along the line from a to b; null if the cluster is
   * empty.
   */
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
