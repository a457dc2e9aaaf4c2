package personas.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import personas.kmeans.BoundedKernel;
import personas.kmeans.Centroids;
import personas.kmeans.KnownAssignment;
import personas.kmeans.LloydKernel;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import personas.kmeans.seeding.PlantedClusters;
import personas.kmeans.seeding.PlantedClusters.Layout;
import personas.kmeans.seeding.Seeding;

/**
 * Compares passes with bounds and passes without bounds on the same points, in turn. As in a run, the passes start from centroids of a sample, here a tenth of the points.
 *
 * <p>Arguments: points, k, d, passes and rounds. Prints one line of a Markdown table for each kind
 * of data.
 */
final class PassComparison {
  private final int n;
  private final int passes;
  private final int rounds;
  private final double[][] columns;
  private final Centroids start;

  private PassComparison(double[][] columns, int k, int passes, int rounds) {
    this.n = columns[0].length;
    this.passes = passes;
    this.rounds = rounds;
    this.columns = columns;
    this.start = new Seeding(columns, n / 10).greedy(k, 1, 1).centroids();
  }

  public static void main(String[] args) {
    int n = Integer.parseInt(args[0]);
    int k = Integer.parseInt(args[1]);
    int d = Integer.parseInt(args[2]);
    int passes = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    for (double apart : new double[] {10, 5, 3}) {
      double[][] columns =
          new PlantedClusters(Layout.SCATTERED, n, d, k, apart, 1).draw(1).columns();
      String data = String.format(Locale.ROOT, "clusters %.0f apart", apart);
      new PassComparison(columns, k, passes, rounds).print(data, k);
    }
    new PassComparison(BenchData.columns(n, d), k, passes, rounds).print("uniform", k);
  }

  /** Nanoseconds of processor time per point: of the first pass and of a later pass. */
  private record Times(double first, double later) {}

  private void print(String data, int k) {
    double[][] plain = new double[2][rounds];
    double[][] bounded = new double[2][rounds];
    long[] distances = new long[1];
    for (int round = -2; round < rounds; round++) {
      Times without = withoutBounds(k);
      Times with = withBounds(k, distances);
      if (round >= 0) {
        plain[0][round] = without.first;
        plain[1][round] = without.later;
        bounded[0][round] = with.first;
        bounded[1][round] = with.later;
      }
    }
    double all = (median(plain[0]) + (passes - 1) * median(plain[1])) / passes;
    double less = (median(bounded[0]) + (passes - 1) * median(bounded[1])) / passes;
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.1f | %.1f | %.1f | %.1f | %.2f | %.1f%% |%n",
        data,
        k,
        columns.length,
        median(plain[0]),
        median(bounded[0]),
        median(plain[1]),
        median(bounded[1]),
        less / all,
        100.0 * distances[0] / ((double) n * k * passes));
  }

  private Times withoutBounds(int k) {
    int[] assignment = new int[n];
    Arrays.fill(assignment, -1);
    return times(
        k,
        (sums, centroids) -> sums.addShard(columns, n, new LloydKernel(centroids), assignment));
  }

  private Times withBounds(int k, long[] distances) {
    KnownAssignment known = new KnownAssignment(n, k);
    PointBlocks points = PointBlocks.of(columns);
    distances[0] = 0;
    return times(
        k,
        (sums, centroids) -> {
          BoundedKernel kernel = new BoundedKernel(centroids);
          sums.addShard(points, null, kernel, known);
          distances[0] += kernel.distances();
        });
  }

  private interface OnePass {
    void add(PassSums sums, Centroids centroids);
  }

  private Times times(int k, OnePass pass) {
    Centroids centroids = start;
    double first = 0;
    double later = 0;
    for (int i = 0; i < passes; i++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      PassSums sums = new PassSums(k, columns.length);
      pass.add(sums, centroids);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      first += i == 0 ? nanos : 0;
      later += i == 0 ? 0 : nanos;
      centroids = sums.means(centroids);
    }
    return new Times(first / n, later / n / (passes - 1));
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
