package personas.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import personas.kmeans.seeding.Effort;
import personas.kmeans.seeding.PlantedClusters;
import personas.kmeans.seeding.PlantedClusters.Layout;
import personas.kmeans.seeding.Seeding;

/**
 * Measures how long seeding takes for many numbers of users n, features d and clusters k, and fits {@code seconds = c · n^a · d^b · k^g} by least squares of the logarithms. There is one fit for up to 16 clusters and one for more.
 *
 * <p>Start it with the JVM options of {@link SeedingGrid}. Times are processor seconds of one thread.
 */
final class SeedingTime {
  private static final int[] USERS = {10_000, 30_000, 100_000};
  private static final int[] FEATURES = {2, 8, 30};
  private static final int[] FEW = {4, 8, 16};
  private static final int[] MANY = {20, 50, 100, 200};
  private static final int RESTARTS = 16;

  /** One measured time. */
  private record Setting(int n, int d, int k, double seconds) {
    double[] logarithms() {
      return new double[] {Math.log(n), Math.log(d), Math.log(k)};
    }
  }

  private SeedingTime() {}

  public static void main(String[] args) {
    measure(2_000, 8, 20);
    for (int[] clusters : List.of(FEW, MANY)) {
      List<Setting> settings = new ArrayList<>();
      for (int n : USERS) {
        for (int d : FEATURES) {
          for (int k : clusters) {
            settings.add(measure(n, d, k));
          }
        }
      }
      print(settings);
    }
  }

  private static Setting measure(int n, int d, int k) {
    double[][] columns = new PlantedClusters(Layout.SCATTERED, n, d, k, 10, 1).draw(1).columns();
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 2; round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      new Seeding(columns, n).best(k, 1, RESTARTS, Effort.DEFAULT, 1);
      long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      least = Math.min(least, nanos / 1e9);
    }
    return new Setting(n, d, k, least);
  }

  private static void print(List<Setting> settings) {
    OLSMultipleLinearRegression fit = new OLSMultipleLinearRegression();
    fit.newSampleData(
        settings.stream().mapToDouble(setting -> Math.log(setting.seconds)).toArray(),
        settings.stream().map(Setting::logarithms).toArray(double[][]::new));
    double[] powers = fit.estimateRegressionParameters();
    double[] residuals = fit.estimateResiduals();
    System.out.printf(
        Locale.ROOT,
        "seconds = %.3g n^%.2f d^%.2f k^%.2f%n%n",
        Math.exp(powers[0]),
        powers[1],
        powers[2],
        powers[3]);
    System.out.println("| n | d | k | s | formula |");
    System.out.println("| ---: | ---: | ---: | ---: | ---: |");
    for (int i = 0; i < residuals.length; i++) {
      Setting setting = settings.get(i);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %d | %d | %.2f | %.2f |%n",
          setting.n,
          setting.d,
          setting.k,
          setting.seconds,
          setting.seconds / Math.exp(residuals[i]));
    }
    double squares = Arrays.stream(residuals).map(residual -> residual * residual).sum();
    double largest = Arrays.stream(residuals).map(Math::abs).max().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%na factor of %.2f in the root mean square, %.2f at most%n%n",
        Math.exp(Math.sqrt(squares / residuals.length)),
        Math.exp(largest));
  }
}
