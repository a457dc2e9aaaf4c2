package personas.bench;

import java.util.Locale;
import personas.kmeans.seeding.PlantedClusters;
import personas.kmeans.seeding.PlantedClusters.Data;
import personas.kmeans.seeding.PlantedClusters.Layout;
import personas.kmeans.seeding.Seeding;

/**
 * Seeds planted clusters and compares each result with Lloyd's iteration from the true centers.
 * Arguments: users, seeds, and the least and the largest number of clusters.
 */
final class SeedingGrid {
  private static final int[] CLUSTERS = {5, 20, 50, 100, 256};
  private static final int[] FEATURES = {2, 8, 30};
  private static final double[] APART = {10, 5, 3};
  private static final double[] RATIOS = {1, 100};
  private static final int RESTARTS = 16;

  private final int users;
  private final int seeds;

  private SeedingGrid(int users, int seeds) {
    this.users = users;
    this.seeds = seeds;
  }

  public static void main(String[] args) {
    SeedingGrid grid = new SeedingGrid(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    int least = Integer.parseInt(args[2]);
    int largest = Integer.parseInt(args[3]);
    System.out.println("| layout | d | k | apart | sizes | worst ratio | index 0 | worst | mean s |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int k : CLUSTERS) {
      if (k >= least && k <= largest) {
        grid.rows(k);
      }
    }
  }

  private void rows(int k) {
    for (Layout layout : Layout.values()) {
      for (int d : FEATURES) {
        for (double apart : APART) {
          for (double ratio : RATIOS) {
            row(new PlantedClusters(layout, users, d, k, apart, ratio));
          }
        }
      }
    }
  }

  private void row(PlantedClusters planted) {
    double worst = 0;
    int found = 0;
    int missed = 0;
    double seconds = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Data data = planted.draw(seed);
      long before = System.nanoTime();
      Seeding.Start start =
          new Seeding(data.columns(), users).best(planted.clusters(), seed, RESTARTS);
      seconds += (System.nanoTime() - before) / 1e9;
      worst = Math.max(worst, start.inertia() / data.reference());
      int index = PlantedClusters.centroidIndex(start.centroids(), data.centers());
      found += index == 0 ? 1 : 0;
      missed = Math.max(missed, index);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.0f | 1:%.0f | %.7f | %d/%d | %d | %.2f |%n",
        planted.layout().name().toLowerCase(Locale.ROOT),
        planted.features(),
        planted.clusters(),
        planted.apart(),
        planted.ratio(),
        worst,
        found,
        seeds,
        missed,
        seconds / seeds);
  }
}
