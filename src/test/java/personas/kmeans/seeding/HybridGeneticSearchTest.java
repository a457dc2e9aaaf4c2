package personas.kmeans.seeding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import personas.math.SplitMix64;

class HybridGeneticSearchTest {
  private static final int N = 400;
  private static final int D = 2;

  /** Clusters that overlap: there are many local optima, and children add to the population. */
  private static double[][] columns(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double[][] columns = new double[D][N];
    for (int i = 0; i < N; i++) {
      for (int f = 0; f < D; f++) {
        columns[f][i] = Math.rint(64 * (random.nextDouble() + random.nextInt(4))) / 64;
      }
    }
    return columns;
  }

  private static List<double[]> starts(double[][] columns, int k, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    List<double[]> starts = new ArrayList<>();
    for (int start = 0; start < 5; start++) {
      double[] centroids = new double[k * D];
      for (int j = 0; j < k; j++) {
        int row = random.nextInt(N);
        for (int f = 0; f < D; f++) {
          centroids[j * D + f] = columns[f][row];
        }
      }
      starts.add(centroids);
    }
    return starts;
  }

  private record Found(List<double[]> members, long work) {}

  private static Found evolved(int k, long seed, long mostWork, int fruitless, boolean inPairs) {
    double[][] columns = columns(seed);
    HartiganLloyd search = new HartiganLloyd(columns, N, k);
    HybridGeneticSearch genetic =
        new HybridGeneticSearch(search, columns, k, seed, new AtomicInteger());
    List<double[]> starts = starts(columns, k, seed);
    genetic.addAll(
        starts::get, starts.size(), SearchPatience.of(2, Effort.DEFAULT), Long.MAX_VALUE);
    genetic.evolve(mostWork, fruitless, 0, inPairs);
    return new Found(genetic.members(), search.work());
  }

  @Test
  void childrenInPairsGiveWhatOneAfterTheOtherGives() {
    int several = 0;
    for (int k : new int[] {2, 3, 7, 12}) {
      for (long seed = 1; seed <= 5; seed++) {
        for (long mostWork : new long[] {300_000, 3_000_000, Long.MAX_VALUE}) {
          Found alone = evolved(k, seed, mostWork, 20, false);
          Found inPairs = evolved(k, seed, mostWork, 20, true);
          String at = "k " + k + ", seed " + seed + ", work " + mostWork;
          assertEquals(alone.work, inPairs.work, at);
          assertEquals(alone.members.size(), inPairs.members.size(), at);
          for (int i = 0; i < alone.members.size(); i++) {
            assertArrayEquals(alone.members.get(i), inPairs.members.get(i), at);
          }
          several += alone.members.size() > 1 ? 1 : 0;
        }
      }
    }
    assertTrue(several > 20, "populations of more than one: " + several);
  }
}
