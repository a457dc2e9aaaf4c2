package personas.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import personas.kmeans.seeding.Effort;
import personas.kmeans.seeding.PlantedClusters;
import personas.kmeans.seeding.PlantedClusters.Data;
import personas.kmeans.seeding.PlantedClusters.Layout;
import personas.kmeans.seeding.Seeding;

/**
 * Seeds planted clusters and compares each result with Lloyd's iteration from the true centers.
 *
 * <p>Arguments: users, seeds, the smallest and the largest number of clusters and the effort. Optional arguments follow: {@code sklearn} adds ten restarts of scikit-learn on the first seed of each row; {@code layout=grid}, {@code d=2}, {@code apart=5} and {@code sizes=1} choose rows. Start it with
 * {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=0 -XX:ActiveProcessorCount=1
 * -XX:+UseSerialGC}, so that one thread does all the work.
 */
final class SeedingGrid {
  private static final int[] CLUSTERS = {5, 20, 50, 100, 256};
  private static final int[] FEATURES = {2, 8, 30};
  private static final double[] APART = {10, 5, 3};
  private static final double[] RATIOS = {1, 100};
  private static final int RESTARTS = 16;

  private final int users;
  private final int seeds;
  private final Effort effort;
  private final Set<String> options;
  private final boolean sklearn;

  private SeedingGrid(int users, int seeds, Effort effort, Set<String> options) {
    this.users = users;
    this.seeds = seeds;
    this.effort = effort;
    this.options = options;
    this.sklearn = options.contains("sklearn");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Effort effort = Effort.valueOf(args[4].toUpperCase(Locale.ROOT));
    Set<String> options = Set.copyOf(Arrays.asList(args).subList(5, args.length));
    SeedingGrid grid =
        new SeedingGrid(Integer.parseInt(args[0]), Integer.parseInt(args[1]), effort, options);
    System.out.println(
        "| layout | d | k | apart | sizes | worst ratio | index 0 | worst index | s |"
            + (grid.sklearn ? " sklearn ratio | s |" : ""));
    System.out.println(
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
            + (grid.sklearn ? " ---: | ---: |" : ""));
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

  private void row(PlantedClusters planted) throws IOException, InterruptedException {
    double worst = 0;
    int found = 0;
    int missed = 0;
    double seconds = 0;
    String sklearnCells = "";
    for (int seed = 1; seed <= seeds; seed++) {
      Data data = planted.draw(seed);
      double before = processorSeconds();
      Seeding.Start start =
          new Seeding(data.columns(), users)
              .best(planted.clusters(), seed, RESTARTS, effort, 1);
      seconds += processorSeconds() - before;
      double reference = data.reference();
      worst = Math.max(worst, start.inertia() / reference);
      int index = PlantedClusters.centroidIndex(start.centroids(), data.centers());
      found += index == 0 ? 1 : 0;
      missed = Math.max(missed, index);
      sklearnCells = sklearn && seed == 1 ? sklearn(data, reference) : sklearnCells;
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.0f | 1:%.0f | %.7f | %d/%d | %d | %.2f |%s%n",
        planted.layout().name().toLowerCase(Locale.ROOT),
        planted.features(),
        planted.clusters(),
        planted.apart(),
        planted.ratio(),
        worst,
        found,
        seeds,
        missed,
        seconds / seeds,
        sklearnCells);
  }

  private static double processorSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** Returns two more cells of the row: the ratio and the processor seconds of scikit-learn. */
  private static String sklearn(Data data, double reference)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("seeding-grid", ".bin");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
        for (double[] column : data.columns()) {
          for (double value : column) {
            out.writeDouble(value);
          }
        }
      }
      Process process =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  "src/bench/sklearn_seeding.py",
                  file.toString(),
                  String.valueOf(data.columns().length),
                  String.valueOf(data.centers().k()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String[] words =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .strip()
              .split(" ");
      process.waitFor();
      return String.format(
          Locale.ROOT,
          " %.7f | %.2f |",
          Double.parseDouble(words[0]) / reference,
          Double.parseDouble(words[1]));
    } finally {
      Files.delete(file);
    }
  }
}
