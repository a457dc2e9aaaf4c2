package personas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;
import personas.report.data.Axis;
import personas.report.data.ReportData.Distribution;
import personas.report.data.ReportSample;
import personas.report.privacy.SmallGroups;
import personas.report.section.Histogram;
import personas.report.statistic.ClusterSeparation;
import personas.report.statistic.PrincipalComponents;
import personas.report.statistic.SampleSilhouette;
import personas.report.statistic.SampleStatistics;

/** Compares the statistics of the sample with plain computations. */
class FiguresTest {
  private static ReportSample sample(int n, int k, int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] raw = new double[d][n];
    int[] clusters = new int[n];
    for (int i = 0; i < n; i++) {
      clusters[i] = random.nextInt(k);
      for (int f = 0; f < d; f++) {
        raw[f][i] = clusters[i] * (f + 1) + random.nextGaussian();
      }
    }
    return new ReportSample(raw, raw, clusters, true);
  }

  private static double squaredDistance(ReportSample sample, int a, int b) {
    double sum = 0;
    for (int f = 0; f < sample.d(); f++) {
      sum += Math.pow(sample.z(f, a) - sample.z(f, b), 2);
    }
    return sum;
  }

  /** As the definition says, every user with every other. */
  private static double silhouetteOf(ReportSample sample, int user, int k) {
    double[] sums = new double[k];
    int[] others = new int[k];
    for (int i = 0; i < sample.size(); i++) {
      if (i != user) {
        sums[sample.cluster(i)] += squaredDistance(sample, user, i);
        others[sample.cluster(i)]++;
      }
    }
    int own = sample.cluster(user);
    if (others[own] == 0) {
      return 0;
    }
    double inside = sums[own] / others[own];
    double outside =
        IntStream.range(0, k)
            .filter(c -> c != own && others[c] > 0)
            .mapToDouble(c -> sums[c] / others[c])
            .min()
            .orElseThrow();
    return (outside - inside) / Math.max(inside, outside);
  }

  @Test
  void silhouetteMatchesTheDefinition() {
    for (int seed = 1; seed <= 10; seed++) {
      int k = 2 + seed % 4;
      ReportSample sample = sample(60, k, 3, seed);
      SampleSilhouette silhouette = new SampleSilhouette(sample, k);
      double[] all = IntStream.range(0, 60).mapToDouble(i -> silhouetteOf(sample, i, k)).toArray();
      assertEquals(Arrays.stream(all).average().orElseThrow(), silhouette.mean(), 1e-9);
      for (int c = 0; c < k; c++) {
        int cluster = c;
        double mean =
            IntStream.range(0, 60)
                .filter(i -> sample.cluster(i) == cluster)
                .mapToDouble(i -> all[i])
                .average()
                .orElseThrow();
        assertEquals(mean, silhouette.mean(c), 1e-9, "seed " + seed + " cluster " + c);
      }
    }
    assertNull(new SampleSilhouette(sample(10, 1, 2, 3), 1).mean());
    assertNull(new SampleSilhouette(sample(10, 1, 2, 3), 2).mean(1));
  }

  @Test
  void medianAndSigmaMatchCommonsMath() {
    for (int n = 1; n < 40; n++) {
      double[] values = sample(n, 1, 1, n).sorted(0);
      assertEquals(new Median().evaluate(values), SampleStatistics.median(values), 1e-12);
      assertEquals(
          new StandardDeviation(false).evaluate(values), SampleStatistics.sigma(values), 1e-12);
    }
    assertNull(SampleStatistics.median(new double[0]));
    assertEquals(0, SampleStatistics.sigma(new double[] {1e9, 1e9}));
  }

  @Test
  void componentsCarryTheirShareOfTheVarianceAndStandUpright() {
    for (int seed = 1; seed <= 10; seed++) {
      int d = 2 + seed % 4;
      ReportSample sample = sample(300, 3, d, seed);
      PrincipalComponents components = new PrincipalComponents(sample);
      double total = 0;
      for (int f = 0; f < d; f++) {
        total += Math.pow(SampleStatistics.sigma(sample.sorted(f)), 2);
      }
      double[][] loadings = {components.loadings(0), components.loadings(1)};
      for (int c = 0; c < 2; c++) {
        int component = c;
        double[] scores =
            IntStream.range(0, 300)
                .mapToDouble(i -> components.score(component, f -> sample.z(f, i)))
                .toArray();
        double variance = Math.pow(SampleStatistics.sigma(scores), 2);
        assertEquals(variance / total, components.share(c), 1e-9, "seed " + seed);
        assertEquals(1, Arrays.stream(loadings[c]).map(x -> x * x).sum(), 1e-9);
      }
      double product =
          IntStream.range(0, d).mapToDouble(f -> loadings[0][f] * loadings[1][f]).sum();
      assertEquals(0, product, 1e-9);
      assertTrue(components.share(0) >= components.share(1));
    }
  }

  /** A bell cut in two at its middle: the constant that the threshold is set by. */
  @Test
  void aCloudCutInTwoIsNotClear() {
    SplittableRandom random = new SplittableRandom(7);
    double[] bell = random.doubles(20_000).map(u -> random.nextGaussian()).toArray();
    assertEquals(1.32, cutInTwo(bell), 0.03);
    double[] even = random.doubles(20_000, -1, 1).toArray();
    assertEquals(1.73, cutInTwo(even), 0.03);
    assertTrue(cutInTwo(even) < ClusterSeparation.CLEAR);
  }

  private static double cutInTwo(double[] values) {
    int[] clusters = Arrays.stream(values).mapToInt(value -> value < 0 ? 0 : 1).toArray();
    double low = Arrays.stream(values).filter(v -> v < 0).average().orElseThrow();
    double high = Arrays.stream(values).filter(v -> v >= 0).average().orElseThrow();
    double[][] columns = {values};
    ReportSample sample = new ReportSample(columns, columns, clusters, true);
    ClusterSeparation separation =
        new ClusterSeparation(sample, List.of(List.of(low), List.of(high)));
    assertEquals(separation.of(0, 1), separation.of(1, 0), 1e-12);
    assertEquals(1, separation.nearest(0));
    return separation.of(0, 1);
  }

  @Test
  void histogramsHoldEveryUserOnce() {
    for (int seed = 1; seed <= 10; seed++) {
      ReportSample sample = sample(500, 3, 1, seed);
      double[] sorted = sample.sorted(0);
      Axis axis = Axis.linear(sorted[0], sorted[sorted.length - 1]);
      Distribution distribution = Histogram.of(sample, 0, axis, 4, new SmallGroups(0));
      assertEquals(1, sum(distribution.all()), 1e-3);
      List<Double> edges = distribution.edges();
      for (int c = 0; c < 3; c++) {
        assertEquals(1, sum(distribution.personas().get(c)), 1e-3);
      }
      assertEquals(List.of(), distribution.personas().get(3));
      for (int b = 0; b < edges.size() - 1; b++) {
        int bin = b;
        boolean last = b == edges.size() - 2;
        long inside =
            Arrays.stream(sorted)
                .filter(v -> v >= edges.get(bin) && (v < edges.get(bin + 1) || last))
                .count();
        assertEquals(inside / 500.0, distribution.all().get(b), 1e-6, "seed " + seed);
      }
    }
  }

  private static double sum(List<Double> shares) {
    return shares.stream().mapToDouble(Double::doubleValue).sum();
  }
}
