package personas.confidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.describe.DescribedRows;
import personas.describe.DescriptionBuilder;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.seeding.Seeding;
import personas.kmeans.selection.SampleCheck;
import personas.kmeans.selection.SampleDiagnostics;
import personas.kmeans.selection.Structure;
import personas.math.Grid;

/**
 * Simulates 2,000 populations: 95% of the intervals hold the true value, and at most 5% of reports
 * of noise make a claim.
 */
class HowSureTest {
  private static final int POPULATIONS = 2_000;

  @Test
  void intervalsOf95PercentHoldTheTruth() {
    Coverage coverage = new Coverage();
    IntStream.range(0, POPULATIONS)
        .parallel()
        .forEach(seed -> new SimulatedPopulation(seed).check(200 + seed % 3 * 100, coverage));
    System.out.printf(
        "95%% intervals of %,d populations: %.1f%% hold the truth%n%s",
        POPULATIONS, 100 * coverage.overall(), coverage);
    assertTrue(coverage.overall() > 0.93 && coverage.overall() < 0.97, coverage.toString());
    for (Map.Entry<String, Double> kind : coverage.shares().entrySet()) {
      assertTrue(kind.getValue() > 0.93 && kind.getValue() < 0.97, kind.toString());
    }
  }

  /** The truth is the mean of 400 bootstrap samples; each interval comes from 20 of them. */
  @Test
  void intervalsOfTheStabilityHoldTheMeanOfManyMoreSamples() {
    Coverage coverage = new Coverage();
    IntStream.range(0, 50).parallel().forEach(seed -> stability(seed, coverage));
    System.out.print(coverage);
    assertTrue(coverage.overall() > 0.93 && coverage.overall() < 0.97, coverage.toString());
  }

  private static void stability(int seed, Coverage coverage) {
    Random random = new Random(seed);
    int users = 60 + random.nextInt(100);
    double apart = 2 + 3 * random.nextDouble();
    double[][] columns = noise(random, 2, users);
    for (int i = 0; i < users; i++) {
      columns[0][i] = Grid.round(columns[0][i] + i % 3 * apart);
    }
    Centroids centroids = new Seeding(columns, users).greedy(2 + seed % 3, 1, 2).centroids();
    List<SampleDiagnostics> repeated =
        IntStream.range(0, 20)
            .mapToObj(r -> SampleCheck.of(columns, users, centroids, 100 + r))
            .toList();
    for (int j = 0; j < centroids.k(); j++) {
      int cluster = j;
      double truth =
          repeated.stream()
              .mapToDouble(each -> each.stability().means().get(cluster))
              .average()
              .orElse(0);
      for (SampleDiagnostics each : repeated) {
        coverage.add("stability", each.stability().intervals().get(cluster), truth);
      }
    }
  }

  @Test
  void noiseMakesAClaimInAtMost5PercentOfTheReports() {
    List<Claims> claims = IntStream.range(0, POPULATIONS).parallel().mapToObj(Claims::of).toList();
    long described = claims.stream().filter(Claims::isDescribed).count();
    long structure = claims.stream().filter(Claims::isStructure).count();
    long any = claims.stream().filter(each -> each.isDescribed || each.isStructure).count();
    System.out.printf(
        "noise makes a claim in %.1f%% of %,d reports: %d of a described column, %d of separate"
            + " groups%n",
        100.0 * any / POPULATIONS, POPULATIONS, described, structure);
    assertTrue(any <= 0.05 * POPULATIONS, any + " reports");
    // The test is not void: with a planted difference nearly every report makes a claim.
    assertEquals(
        20, IntStream.range(0, 20).filter(seed -> Claims.of(seed, 0.7).isDescribed).count());
  }

  /**
   * What a report says that is not gray. The features are one heap, so a claim of separate groups
   * is false; the described columns do not depend on the features.
   */
  private record Claims(boolean isDescribed, boolean isStructure) {
    private static final List<String> COLUMNS =
        List.of("churned", "country", "score", "revenue", "visits", "joined");

    static Claims of(int seed) {
      return of(seed, 0);
    }

    static Claims of(int seed, double planted) {
      Random random = new Random(seed);
      int users = 150 + seed % 4 * 50;
      double[][] features = noise(random, 2 + seed % 3, users);
      int k = 2 + random.nextInt(4);
      Centroids centroids = new Seeding(features, users).greedy(k, 1, 2).centroids();
      int[] clusters = new int[users];
      LloydKernel kernel = new LloydKernel(centroids);
      int[] nearest = new int[LloydKernel.BLOCK];
      double[] distances = new double[LloydKernel.BLOCK];
      for (int from = 0; from < users; from += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, users - from);
        kernel.nearest(features, from, count, nearest, distances);
        System.arraycopy(nearest, 0, clusters, from, count);
      }
      DescribedRows rows = new DescribedRows(COLUMNS, k);
      for (int i = 0; i < users; i++) {
        rows.add(clusters[i], texts(random, clusters[i] == 0 ? planted : 0));
      }
      boolean isDescribed =
          DescriptionBuilder.of(rows.users(), users).columns().stream()
              .flatMap(column -> column.rows().stream())
              .flatMap(row -> row.personas().stream())
              .anyMatch(figure -> !figure.chance());
      return new Claims(isDescribed, Structure.isClear(features, users, centroids, seed));
    }

    /** Rare texts and a column with a heavy tail, in which tests of a mean claim too much. */
    private static List<String> texts(Random random, double planted) {
      return List.of(
          random.nextDouble() < 0.2 + planted ? "yes" : "no",
          "country " + (int) (Math.pow(random.nextDouble(), 3) * 15),
          String.valueOf(Math.round(1e4 * random.nextGaussian())),
          String.valueOf(Math.round(1e4 * Math.exp(1.5 * random.nextGaussian()))),
          String.valueOf(random.nextInt(4)),
          "2026-01-" + (10 + random.nextInt(20)));
    }
  }

  private static double[][] noise(Random random, int d, int users) {
    double[][] columns = new double[d][users];
    for (double[] column : columns) {
      for (int i = 0; i < users; i++) {
        column[i] = Grid.round(random.nextGaussian());
      }
    }
    return columns;
  }
}
