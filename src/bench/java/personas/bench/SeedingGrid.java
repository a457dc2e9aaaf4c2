package personas.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import personas.kmeans.BoundedKernel;
import personas.kmeans.Centroids;
import personas.kmeans.KnownAssignment;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import personas.kmeans.seeding.Effort;
import personas.kmeans.seeding.PlantedClusters;
import personas.kmeans.seeding.PlantedClusters.Data;
import personas.kmeans.seeding.PlantedClusters.Layout;
import personas.kmeans.seeding.Seeding;
import personas.kmeans.seeding.Seeding.Start;
import personas.spec.ClusteringSpec;

/**
 * Seeds planted clusters and compares each result with Lloyd's iteration from the true centers. As
 * in a run, seeding gets at most 100,000 users, fewer with more than 20 features; with more users,
 * passes over all of them follow, which end as those of a run do.
 *
 * <p>Arguments: users, seeds, the least and the largest number of clusters and the effort; then any
 * of {@code sklearn} for ten restarts of scikit-learn on the first seeds of each row, {@code
 * restarts=100} for another number of restarts, {@code continued=10} to continue that many of the
 * best restarts until no centroid moves, {@code compared=3} for another number of seeds than one;
 * and {@code layout=grid}, {@code d=2}, {@code apart=5} and {@code sizes=1} for these rows
 * alone. Start it with {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=0
 * -XX:ActiveProcessorCount=1 -XX:+UseSerialGC}, so that the processor time of the thread is all of
 * it.
 */
final class SeedingGrid {
  private static final int[] CLUSTERS = {5, 20, 50, 100, 256};
  private static final int[] FEATURES = {2, 8, 30};
  private static final double[] APART = {10, 5, 3};
  private static final double[] RATIOS = {1, 100};
  private static final int RESTARTS = 16;

  /** As in a run. */
  private static final int MOST_SEEDED_USERS = 100_000;

  private static final int MOST_SEEDED_VALUES = 2_000_000;

  private final int users;
  private final int seeds;
  private final Effort effort;
  private final Set<String> options;

  private SeedingGrid(int users, int seeds, Effort effort, Set<String> options) {
    this.users = users;
    this.seeds = seeds;
    this.effort = effort;
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Effort effort = Effort.valueOf(args[4].toUpperCase(Locale.ROOT));
    Set<String> options = Set.copyOf(Arrays.asList(args).subList(5, args.length));
    SeedingGrid grid =
        new SeedingGrid(Integer.parseInt(args[0]), Integer.parseInt(args[1]), effort, options);
    boolean sklearn = options.contains("sklearn");
    System.out.println(
        "| layout | d | k | apart | sizes | worst ratio | index 0 | worst index | s |"
            + (sklearn ? " sklearn ratio | s | worst ours / sklearn |" : ""));
    System.out.println(
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
            + (sklearn ? " ---: | ---: | ---: |" : ""));
    for (int k : CLUSTERS) {
      if (k >= Integer.parseInt(args[2]) && k <= Integer.parseInt(args[3])) {
        grid.rows(k);
      }
    }
  }

  private void rows(int k) throws IOException, InterruptedException {
    for (Layout layout : Layout.values()) {
      for (int d : FEATURES) {
        for (double apart : APART) {
          for (double ratio : RATIOS) {
            if (isAsked("layout", layout.name().toLowerCase(Locale.ROOT))
                && isAsked("d", "" + d)
                && isAsked("apart", String.format(Locale.ROOT, "%.0f", apart))
                && isAsked("sizes", String.format(Locale.ROOT, "%.0f", ratio))) {
              row(new PlantedClusters(layout, users, d, k, apart, ratio));
            }
          }
        }
      }
    }
  }

  /** Returns whether a row with this value is wanted: no option of this name was given, or one with this value. */
  private boolean isAsked(String name, String value) {
    return options.contains(name + "=" + value)
        || options.stream().noneMatch(option -> option.startsWith(name + "="));
  }

  private int number(String name, int otherwise) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> Integer.parseInt(option.substring(name.length() + 1)))
        .findFirst()
        .orElse(otherwise);
  }

  private void row(PlantedClusters planted) throws IOException, InterruptedException {
    double worst = 0;
    int found = 0;
    int missed = 0;
    double seconds = 0;
    Contest contest = new Contest(number("restarts", 10), number("continued", 0));
    for (int seed = 1; seed <= seeds; seed++) {
      Data data = planted.draw(seed);
      double before = processorSeconds();
      Start start = clustered(data.columns(), planted.clusters(), seed);
      seconds += processorSeconds() - before;
      double reference = data.reference();
      worst = Math.max(worst, start.inertia() / reference);
      int index = PlantedClusters.centroidIndex(start.centroids(), data.centers());
      found += index == 0 ? 1 : 0;
      missed = Math.max(missed, index);
      if (options.contains("sklearn") && seed <= number("compared", 1)) {
        contest.add(data, start.inertia(), reference);
      }
    }
    print(planted, String.format(
        Locale.ROOT, "%.7f | %d/%d | %d | %.2f |", worst, found, seeds, missed, seconds / seeds)
        + contest.cells());
  }

  private static void print(PlantedClusters planted, String cells) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.0f | 1:%.0f | %s%n",
        planted.layout().name().toLowerCase(Locale.ROOT),
        planted.features(),
        planted.clusters(),
        planted.apart(),
        planted.ratio(),
        cells);
  }

  private Start clustered(double[][] columns, int k, long seed) {
    int seeded = Math.min(MOST_SEEDED_USERS, MOST_SEEDED_VALUES / columns.length);
    Start start =
        new Seeding(columns, Math.min(users, seeded)).best(k, seed, RESTARTS, effort, 1);
    return users <= seeded ? start : iterated(columns, start.centroids());
  }

  /** As a run does with the default tolerance; the inertia is of the last centroids. */
  private static Start iterated(double[][] columns, Centroids start) {
    PointBlocks points = PointBlocks.of(columns);
    KnownAssignment known = new KnownAssignment(columns[0].length, start.k());
    Centroids centroids = start;
    double shift = Double.POSITIVE_INFINITY;
    for (int left = ClusteringSpec.DEFAULT_MAX_ITERATIONS; ; left--) {
      PassSums sums = new PassSums(start.k(), start.d());
      sums.addShard(points, null, new BoundedKernel(centroids), known);
      if (left == 0 || shift <= ClusteringSpec.DEFAULT_TOLERANCE) {
        return new Start(centroids, sums.inertia().value());
      }
      Centroids means = sums.means(centroids);
      shift = largestShift(centroids, means);
      centroids = means;
    }
  }

  private static double largestShift(Centroids before, Centroids after) {
    double largest = 0;
    for (int j = 0; j < after.k(); j++) {
      double squared = 0;
      for (int f = 0; f < after.d(); f++) {
        squared += Math.pow(after.at(j, f) - before.at(j, f), 2);
      }
      largest = Math.max(largest, Math.sqrt(squared));
    }
    return largest;
  }

  private static double processorSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
