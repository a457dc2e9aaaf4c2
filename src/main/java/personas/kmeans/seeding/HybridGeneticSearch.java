package personas.kmeans.seeding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.math.SplitMix64;

/**
 * Recombines good clusterings into better ones: two parents, their centroids matched in pairs and
 * one of each pair taken; one centroid of the child that is little missed moved to a point that is
 * badly served; then {@link HartiganLloyd}. The population keeps the best, all different.
 *
 * <p>D. Gribel and T. Vidal, <i>HG-means: a scalable hybrid genetic algorithm for minimum
 * sum-of-squares clustering</i>, Pattern Recognition 88, 2019; here with Hartigan's moves and a
 * matching that is greedy; and what moves is drawn by gain and loss, as in B. Fritzke, <i>The
 * breathing k-means algorithm</i>, arXiv:2006.15666, 2020, where it is chosen so.
 */
final class HybridGeneticSearch {
  private static final int POPULATION = 12;

  /** Clusters that are drawn where one is to go, and points where one is to come. */
  private static final int REMOVALS = 2;

  private static final int TRIES = 4;

  /** Inertias closer than this, relatively, are those of one clustering. */
  private static final double SAME = 1e-10;

  private final HartiganLloyd search;
  private final double[][] columns;
  private final int n;
  private final int d;
  private final int k;

  /** How many were added so far, for people. */
  private final AtomicInteger clusterings;

  private SplitMix64 random;
  private final List<Member> population = new ArrayList<>();

  /** How often the population has changed. */
  private int generations;

  /** How often the best clustering was reached. */
  private int bestReached;

  /** How many were added since the best was bettered. */
  private int sinceBest;

  private final int[] nearest;
  private final double[] squared;
  private final double[] squaredSecond;

  private static final class Member {
    final double[] centroids;
    final double inertia;

    Member(double[] centroids, double inertia) {
      this.centroids = centroids;
      this.inertia = inertia;
    }
  }

  HybridGeneticSearch(
      HartiganLloyd search, double[][] columns, int k, long seed, AtomicInteger clusterings) {
    this.search = search;
    this.columns = columns;
    this.n = search.points();
    this.clusterings = clusterings;
    this.d = columns.length;
    this.k = k;
    this.random = new SplitMix64(seed);
    this.nearest = new int[n];
    this.squared = new double[n];
    this.squaredSecond = new double[n];
  }

  /** Clusterings to begin with, by their numbers from 0 on. */
  interface Starts {
    /** A start, k × d, row-major. */
    double[] start(int number);
  }

  /**
   * Adds starts, improved, in their order until the work is used up. They are improved side by
   * side, some in vain where the work does not reach that far.
   *
   * @param count how many there are
   * @param patience when the rest is left out
   */
  void addAll(Starts starts, int count, SearchPatience patience, long mostWork) {
    int step = Math.max(1, Runtime.getRuntime().availableProcessors());
    for (int from = 0; mayAdd(from, count, patience, mostWork); from += step) {
      List<Improved> improved =
          IntStream.range(from, Math.min(count, from + step))
              .parallel()
              .mapToObj(number -> improved(starts.start(number), search.another()))
              .toList();
      for (int i = 0; i < improved.size() && mayAdd(from + i, count, patience, mostWork); i++) {
        search.addWork(improved.get(i).work);
        add(improved.get(i).member);
      }
    }
  }

  private boolean mayAdd(int number, int count, SearchPatience patience, long mostWork) {
    checkInterrupt();
    return number < count
        && bestReached < patience.starts()
        && sinceBest < patience.fruitlessStarts()
        && search.work() < mostWork;
  }

  /**
   * An engine that cancels a job interrupts its threads.
   *
   * @throws CancellationException if this thread was interrupted
   */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("seeding was interrupted");
    }
  }

  /** A clustering, and what it cost to find. */
  private record Improved(Member member, long work) {}

  private static Improved improved(double[] start, HartiganLloyd own) {
    long before = own.work();
    double inertia = own.improve(start);
    return new Improved(new Member(own.copyCentroids(), inertia), own.work() - before);
  }

  /** Adds a clustering, improved. */
  void add(double[] start) {
    add(improved(start, search).member);
  }

  private void add(Member found) {
    clusterings.incrementAndGet();
    double inertia = found.inertia;
    boolean best = population.isEmpty() || inertia < population.get(0).inertia * (1 - SAME);
    sinceBest = best ? 0 : sinceBest + 1;
    if (best) {
      bestReached = 1;
    } else if (inertia <= population.get(0).inertia * (1 + SAME)) {
      bestReached++;
    }
    for (Member member : population) {
      if (Math.abs(member.inertia - inertia) <= SAME * member.inertia) {
        return;
      }
    }
    generations++;
    population.add(found);
    population.sort(Comparator.comparingDouble(member -> member.inertia));
    if (population.size() > POPULATION) {
      population.remove(POPULATION);
    }
  }

  /**
   * Makes children until the work is used up, or {@code mostFruitless} in a row together bettered
   * the best by no more than a share of {@code leastGain}; a quarter of those while all starts and
   * children have led to one clustering.
   *
   * @param inPairs whether a second child is bettered on another core beside each first one, as
   *     though the first had come to nothing, which most do; where it did not, the second is given
   *     up. Nothing but the time depends on it
   */
  void evolve(long mostWork, int mostFruitless, double leastGain, boolean inPairs) {
    HartiganLloyd other =
        inPairs && Runtime.getRuntime().availableProcessors() > 1 ? search.another() : null;
    Children children = new Children(mostFruitless, leastGain, mostWork);
    while (children.mayGoOn(0)) {
      double[] first = child();
      if (other == null || !children.mayGoOn(1)) {
        children.add(improved(first, search).member);
        continue;
      }
      SplitMix64 afterFirst = random.copy();
      long before = search.work();
      double[] second = child();
      long making = search.work() - before;
      search.addWork(-making);
      ForkJoinTask<Improved> beside = ForkJoinTask.adapt(() -> improved(second, other)).fork();
      int generation = generations;
      children.add(improved(first, search).member);
      Improved found = beside.join();
      if (generation == generations && children.mayGoOn(0)) {
        search.addWork(making + found.work);
        children.add(found.member);
      } else {
        random = afterFirst;
      }
    }
  }

  /** Counts the children in a row that did not help. */
  private final class Children {
    private final int mostFruitless;
    private final double leastGain;
    private final long mostWork;
    private int fruitless;
    private double goal;

    Children(int mostFruitless, double leastGain, long mostWork) {
      this.mostFruitless = mostFruitless;
      this.leastGain = leastGain;
      this.mostWork = mostWork;
      setGoal();
    }

    private void setGoal() {
      fruitless = 0;
      goal = population.get(0).inertia * (1 - Math.max(SAME, leastGain));
    }

    void add(Member child) {
      HybridGeneticSearch.this.add(child);
      fruitless++;
      if (population.get(0).inertia < goal) {
        setGoal();
      }
    }

    /** Whether there is patience for one more child after so many that come to nothing. */
    boolean mayGoOn(int fruitlessFirst) {
      checkInterrupt();
      int patience = population.size() == 1 ? mostFruitless / 4 : mostFruitless;
      return fruitless + fruitlessFirst < patience && search.work() < mostWork;
    }
  }

  private double[] child() {
    Member mother = draw();
    double[] child = population.size() == 1 ? mother.centroids.clone() : cross(mother, draw());
    moveOne(child);
    return child;
  }

  /** The centroids of all members, the best first; each k × d, row-major. */
  List<double[]> members() {
    return population.stream().map(member -> member.centroids).toList();
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

  /**
   * Moves a centroid that costs little to go, of a few drawn, to a point that gains much, of a few
   * drawn in proportion to their squared distance.
   */
  private void moveOne(double[] centroids) {
    if (k == 1) {
      return;
    }
    search.addWork((long) n * d * (k + TRIES));
    int removed = cheapest(centroids);
    double total = 0;
    for (int i = 0; i < n; i++) {
      squared[i] = nearest[i] == removed ? squaredSecond[i] : squared[i];
      total += squared[i];
    }
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int tries = TRIES; tries > 0; tries--) {
      int row = Seeding.draw(squared, total, random);
      double with = totalWith(row);
      if (best < 0 || with < least) {
        least = with;
        best = row;
      }
    }
    for (int f = 0; f < d; f++) {
      centroids[removed * d + f] = columns[f][best];
    }
  }

  /**
   * Of a few clusters, the one whose points are nearest to what comes second; fills the buffers.
   */
  private int cheapest(double[] centroids) {
    LloydKernel kernel = new LloydKernel(Centroids.of(k, d, centroids));
    int[] first = new int[LloydKernel.BLOCK];
    double[] best = new double[LloydKernel.BLOCK];
    double[] secondBest = new double[LloydKernel.BLOCK];
    double[] cost = new double[k];
    for (int from = 0; from < n; from += LloydKernel.BLOCK) {
      int count = Math.min(LloydKernel.BLOCK, n - from);
      kernel.nearestWithNext(columns, from, count, first, best, secondBest);
      System.arraycopy(first, 0, nearest, from, count);
      System.arraycopy(best, 0, squared, from, count);
      System.arraycopy(secondBest, 0, squaredSecond, from, count);
      for (int i = 0; i < count; i++) {
        cost[first[i]] += secondBest[i] - best[i];
      }
    }
    int cheapest = random.nextInt(k);
    for (int tries = REMOVALS; tries > 1; tries--) {
      int other = random.nextInt(k);
      cheapest = cost[other] < cost[cheapest] ? other : cheapest;
    }
    return cheapest;
  }

  /** The sum of the squared distances if a point were a centroid too. */
  private double totalWith(int row) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      double distance = 0;
      for (int f = 0; f < d; f++) {
        double difference = columns[f][i] - columns[f][row];
        distance += difference * difference;
      }
      total += Math.min(squared[i], distance);
    }
    return total;
  }
}
