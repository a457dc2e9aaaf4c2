package personas.report.statistic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportSample;

/**
 * The pair of features whose plane separates the personas best. The measure is the share of the
 * users whose own centroid is the nearest one in the plane, in standardized units.
 */
public final class PairSeparation {
  /** The search tries the features that explain most, because the number of pairs is quadratic. */
  private static final int MAX_FEATURES = 12;

  private static final int MAX_USERS = 4_000;

  private final ReportSample sample;
  private final List<Feature> features;
  private final List<List<Double>> centroids;

  /**
   * Creates the search.
   *
   * @param sample the users
   * @param features the d features
   * @param centroids k centroids of d standardized coordinates
   */
  public PairSeparation(ReportSample sample, List<Feature> features, List<List<Double>> centroids) {
    this.sample = sample;
    this.features = features;
    this.centroids = centroids;
  }

  /**
   * Returns the indices of the two features; one index if there is only one feature. If several
   * pairs separate the personas equally well, the pair with more continuous features wins, then the
   * pair that explains more.
   */
  public List<Integer> best() {
    List<Integer> candidateFeatures =
        IntStream.range(0, features.size())
            .boxed()
            .sorted(Comparator.comparingDouble(f -> -features.get(f).explained()))
            .limit(MAX_FEATURES)
            .toList();
    if (candidateFeatures.size() < 2) {
      return candidateFeatures;
    }
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < candidateFeatures.size(); a++) {
      for (int b = a + 1; b < candidateFeatures.size(); b++) {
        pairs.add(new int[] {candidateFeatures.get(a), candidateFeatures.get(b)});
      }
    }
    int[] correct = pairs.parallelStream().mapToInt(pair -> correct(pair[0], pair[1])).toArray();
    int best =
        IntStream.range(0, correct.length)
            .boxed()
            .max(
                Comparator.<Integer>comparingInt(i -> correct[i])
                    .thenComparing(i -> continuous(pairs.get(i)))
                    .thenComparing(i -> -i))
            .orElseThrow();
    return List.of(pairs.get(best)[0], pairs.get(best)[1]);
  }

  /** Returns the number of continuous features in a pair. */
  private int continuous(int[] pair) {
    return (features.get(pair[0]).discrete() ? 0 : 1) + (features.get(pair[1]).discrete() ? 0 : 1);
  }

  /** Returns the number of users who are nearest to the centroid of their own persona. */
  private int correct(int x, int y) {
    int users = Math.min(MAX_USERS, sample.size());
    int correct = 0;
    for (int i = 0; i < users; i++) {
      int user = (int) ((long) i * sample.size() / users);
      correct +=
          nearest(sample.z(x, user), sample.z(y, user), x, y) == sample.cluster(user) ? 1 : 0;
    }
    return correct;
  }

  private int nearest(double zx, double zy, int x, int y) {
    int nearest = 0;
    double leastDistance = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centroids.size(); c++) {
      double dx = zx - centroids.get(c).get(x);
      double dy = zy - centroids.get(c).get(y);
      double distance = dx * dx + dy * dy;
      if (distance < leastDistance) {
        leastDistance = distance;
        nearest = c;
      }
    }
    return nearest;
  }
}
