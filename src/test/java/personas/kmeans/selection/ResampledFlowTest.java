package personas.kmeans.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.Points;
import personas.kmeans.seeding.Seeding;

class ResampledFlowTest {
  private static final double[][] NEAR = {{0, 0}, {3, 0}, {1.5, 2.6}};

  @Test
  void sharesMatchTheUsersOfAPair() {
    int[] clusters = {0, 0, 0, 0, 1, 1};
    List<int[]> resampled =
        List.of(
            new int[] {0, 0, 0, 0, 1, 1},
            new int[] {0, 0, 0, 1, 1, 1},
            new int[] {0, 0, 1, 1, 1, 1});
    ResampledFlow flow = ResampledFlow.of(clusters, resampled, 2);
    assertEquals(List.of(4, 2), flow.users());
    // Pairs: 4 users in the first cluster, 3 stay; 3, 2 stay; and 2, who stay.
    assertEquals(List.of(7 / 9.0, 7 / 9.0), flow.retention());
    assertEquals(List.of(2 / 3.0, 0.5), flow.leastRetention());
    assertEquals(List.of(1.0, 0.5), flow.sizeChange());
    assertEquals(List.of(List.of(0.0, 1 / 3.0), List.of(0.5, 0.0)), flow.largest());
    ResampledFlow turned = flow.ordered(List.of(1, 0));
    assertEquals(List.of(2, 4), turned.users());
    assertEquals(List.of(List.of(0.0, 0.5), List.of(1 / 3.0, 0.0)), turned.largest());
  }

  @Test
  void equalClusteringsMoveNobody() {
    int[] clusters = new Random(1).ints(500, 0, 4).toArray();
    ResampledFlow flow = ResampledFlow.of(clusters, Collections.nCopies(20, clusters), 5);
    assertEquals(Collections.nCopies(5, 1.0), flow.retention());
    assertEquals(Collections.nCopies(5, 0.0), flow.sizeChange());
    assertTrue(flow.largest().stream().allMatch(Collections.nCopies(5, 0.0)::equals));
  }

  @Test
  void figuresOfAnotherNumberOfClustersAreRefused() {
    ResampledFlow flow = ResampledFlow.of(new int[] {0, 1}, List.of(new int[] {0, 1}), 2);
    flow.requireClusters(2);
    assertThrows(IllegalArgumentException.class, () -> flow.requireClusters(3));
    ResampledFlow missing = new ResampledFlow(flow.users(), null, null, null, flow.largest());
    assertThrows(IllegalArgumentException.class, () -> missing.requireClusters(2));
  }

  /**
   * What the bootstrap samples of one sample say is what two samples of the population do: the
   * flows between two clusterings of independent samples seldom exceed the largest ones, and their
   * mean is nearly the same.
   */
  @Test
  void bootstrapSamplesMoveWhatOtherSamplesMove() {
    int exceeded = 0;
    int compared = 0;
    double expected = 0;
    double measured = 0;
    for (int trial = 0; trial < 30; trial++) {
      double[][] sample = Points.around(NEAR, 200, 1000 + trial);
      Centroids centroids = trained(sample);
      ResampledFlow flow = SampleCheck.of(sample, 600, centroids, trial).resampledFlow();
      int[] now = clusters(sample, trained(Points.around(NEAR, 200, 2000 + trial)));
      int[] then = clusters(sample, centroids);
      for (int i = 0; i < 3; i++) {
        int cluster = i;
        long users = IntStream.range(0, 600).filter(u -> then[u] == cluster).count();
        for (int j = 0; j < 3; j++) {
          int target = j;
          double share =
              IntStream.range(0, 600).filter(u -> then[u] == cluster && now[u] == target).count()
                  / (double) users;
          if (i == j) {
            measured += 1 - share;
            expected += 1 - flow.retention().get(i);
          } else {
            exceeded += share > flow.largest().get(i).get(j) ? 1 : 0;
            compared++;
          }
        }
      }
    }
    assertTrue(exceeded <= 0.1 * compared, exceeded + " of " + compared);
    assertEquals(1, measured / expected, 0.25, measured + " for " + expected);
  }

  private static Centroids trained(double[][] sample) {
    // From the true centers, so that the clusters of all samples stand in one order.
    double[] centers = {0, 0, 3, 0, 1.5, 2.6};
    return new Seeding(sample, 600).from(Centroids.of(3, 2, centers)).centroids();
  }

  private static int[] clusters(double[][] sample, Centroids centroids) {
    return LloydKernel.nearestOf(sample, 600, centroids);
  }
}
