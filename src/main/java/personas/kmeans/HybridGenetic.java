package personas.kmeans;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import personas.math.SplitMix64;

/**
 * Recombines good clusterings into better ones: two parents, their centroids matched in pairs and
 * one of each pair taken; one centroid of the child moved to a point that is badly served; then
 * {@link HartiganLloyd}. The population keeps the best, all different. Ends after {@link
 * #MOST_FRUITLESS} children in a row that did not better the best, or when its work is used up.
 *
 * <p>D. Gribel and T. Vidal, <i>HG-means: a scalable hybrid genetic algorithm for minimum
 * sum-of-squares clustering</i>, Pattern Recognition 88, 2019; here with Hartigan's moves and a
 * matching that is greedy.
 */
final class HybridGenetic {
  private static final int MOST_FRUITLESS = 60;
  private static final int POPULATION = 12;

  /** Inertias closer than this, relatively, are those of one clustering. */
  private static final double SAME = 1e-10;

  private final HartiganLloyd search;
  private final double[][] columns;
  private final int n;
  private final int d;
  private final int k;
  private final SplitMix64 random;
  private final List<Member> population = new ArrayList<>();

  private static final class Member {
    final double[] centroids;
    final double inertia;

    Member(double[] centroids, double inertia) {
      this.centroids = centroids;
      this.inertia = inertia;
    }
  }

  HybridGenetic(HartiganLloyd search, double[][] columns, int n, int k, long seed) {
    this.search = search;
    this.columns = columns;
    this.n = n;
    this.d = columns.length;
    this.k = k;
    this.random = new SplitMix64(seed);
  }

  /** Adds a clustering, improved; whether it is the best so far. */
  boolean add(double[] start) {
    double inertia = search.improve(start);
    boolean best = population.isEmpty() || inertia < population.get(0).inertia * (1 - SAME);
    for (Member member : population) {
      if (Math.abs(member.inertia - inertia) <= SAME * member.inertia) {
        return false;
      }
    }
    population.add(new Member(search.copyCentroids(), inertia));
    population.sort(Comparator.comparingDouble(member -> member.inertia));
    if (population.size() > POPULATION) {
      population.remove(POPULATION);
    }
    return best;
  }

  /** The centroids of lowest inertia after the children; k × d, row-major. */
  double[] best(long mostWork) {
    int fruitless = 0;
    while (fruitless < mostFruitless() && search.work() < mostWork) {
      Member mother = draw();
      double[] child = population.size() == 1 ? mother.centroids.clone() : cross(mother, draw());
      moveOne(child);
      fruitless = add(child) ? 0 : fruitless + 1;
    }
    return population.get(0).centroids;
  }

  /** Fewer while all starts and children have led to one clustering. */
  private int mostFruitless() {
    return population.size() == 1 ? MOST_FRUITLESS / 4 : MOST_FRUITLESS;
  }

  /** The better of two. */
  private Member draw() {
    int size = population.size();
    return population.get(Math.min(random.nextInt(size), random.nextInt(size)));
  }

  private double[] cross(Member mother, Member father) {
    double[] child = mother.centroids.clone();
    boolean[] taken = new boolean[k];
    int first = random.nextInt(k);
    for (int step = 0; step < k; step++) {
      int j = (first + step) % k;
      int match = nearestFree(mother.centroids, j, father.centroids, taken);
      taken[match] = true;
      if (random.nextLong() < 0) {
        System.arraycopy(father.centroids, match * d, child, j * d, d);
      }
    }
    return child;
  }

  private int nearestFree(double[] from, int j, double[] to, boolean[] taken) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < k; l++) {
      if (!taken[l]) {
        double squared = 0;
        for (int f = 0; f < d; f++) {
          double difference = from[j * d + f] - to[l * d + f];
          squared += difference * difference;
        }
        if (nearest < 0 || squared < least) {
          least = squared;
          nearest = l;
        }
      }
    }
    return nearest;
  }

  /** Moves a random centroid to a point drawn in proportion to its squared distance. */
  private void moveOne(double[] centroids) {
    if (k == 1) {
      return;
    }
    int removed = random.nextInt(k);
    double[] kept = new double[(k - 1) * d];
    System.arraycopy(centroids, 0, kept, 0, removed * d);
    System.arraycopy(centroids, (removed + 1) * d, kept, removed * d, (k - 1 - removed) * d);
    LloydKernel kernel = new LloydKernel(Centroids.of(k - 1, d, kept));
    double[] squared = new double[n];
    int[] nearest = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    double total = 0;
    for (int from = 0; from < n; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, n - from);
      kernel.nearest(columns, from, count, nearest, best);
      System.arraycopy(best, 0, squared, from, count);
      for (int i = 0; i < count; i++) {
        total += best[i];
      }
    }
    int row = Seeding.draw(squared, total, random);
    for (int f = 0; f < d; f++) {
      centroids[removed * d + f] = columns[f][row];
    }
  }
}
