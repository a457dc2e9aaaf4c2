package personas.report.statistic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.report.data.ReportSample;

/** Checks that leaving features out gives the silhouette of a sample without these features. */
class SilhouetteWithoutFeaturesTest {
  private static final int USERS = 200;
  private static final int K = 4;

  private final Random random = new Random(5);
  private final int[] clusters = random.ints(USERS, 0, K).toArray();

  private double[] coordinate(double distance) {
    double[] z = new double[USERS];
    for (int i = 0; i < USERS; i++) {
      z[i] = distance * clusters[i] + random.nextGaussian();
    }
    return z;
  }

  private double mean(double[]... z) {
    return new SampleSilhouette(new ReportSample(z, z, clusters, true), K).mean();
  }

  @Test
  void equalsTheSilhouetteOfTheOtherFeatures() {
    double[] a = coordinate(3);
    double[] b = coordinate(0.5);
    double[] c = coordinate(0);
    double[][] z = {a, b, c};
    double[] without =
        SilhouetteWithoutFeatures.means(
            new ReportSample(z, z, clusters, true), K, List.of(List.of(0), List.of(1, 2)));
    assertEquals(mean(b, c), without[0], 1e-12);
    assertEquals(mean(a), without[1], 1e-12);
  }

  /** As in {@link SampleSilhouette}: a user alone counts 0, also without a feature. */
  @Test
  void aUserAloneInAPersonaCountsZero() {
    clusters[0] = K;
    double[] a = coordinate(2);
    double[] b = coordinate(1);
    double[][] z = {a, b};
    ReportSample sample = new ReportSample(z, z, clusters, true);
    double expected =
        new SampleSilhouette(
                new ReportSample(new double[][] {b}, new double[][] {b}, clusters, true), K + 1)
            .mean();
    assertEquals(
        expected, SilhouetteWithoutFeatures.means(sample, K + 1, List.of(List.of(0)))[0], 1e-12);
  }
}
