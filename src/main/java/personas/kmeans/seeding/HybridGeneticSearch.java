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
 * Recombines good clusterings into better ones. The centroids of two parents are matched in pairs,
 * and the child takes one centroid of each pair. Then one centroid that adds little moves to a
 * point that is far from all centroids, and {@link HartiganLloyd} improves the child. The
 * population keeps the best distinct clusterings.
 *
 * <p>Source: D. Gribel and T. Vidal, <i>HG-means: a scalable hybrid genetic algorithm for minimum
 * sum-of-squares clustering</i>, Pattern Recognition 88, 2019. This variant adds Hartigan's moves
 * and matches greedily. It draws the centroid and the point of a move by loss and gain, after B.
 * Fritzke, <i>The breathing k-means algorithm</i>, arXiv:2006.15666, 2020.
 */
final class HybridGeneticSearch {
  private static final int POPULATION = 12;

  /** A move draws this many clusters and moves the centroid that is cheapest to remove. */
  private static final int REMOVALS = 2;

  /** A move draws this many points and moves the centroid to the point with the largest gain. */
  private static final int TRIES = 4;

  /** Two clusterings count as the same if their inertias differ by at most this share. */
  private static final double SAME_INERTIA = 1e-10;

  private final HartiganLloyd search;
  private final double[][] columns;
  private final int n;
  private final int d;
  private final int k;

  /** The number of clusterings that were added so far, for progress messages. */
  private final AtomicInteger clusterings;

  private SplitMix64 random;
  private final List<Member> population = new ArrayList<>();

  /** The number of changes of the population. */
  private int generations;

  /** The number of times that the best clustering was found. */
  private int bestReached;

  /** The number of clusterings added since the best clustering was found. */
  private int sinceBest;

  private final int[] nearest;
  private final double[] squared;
  private final double[] squaredSecond;

  /** A clustering of the population: k × d coordinates of centroids, and their inertia. */
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

  /** The starting centroids, numbered from 0. */
  interface Starts {
    /** Returns the centroids of a start, k × d, row-major. */
    double[] start(int number);
  }

  /**
   * Improves starts and adds them in their order until the work or the patience is used up. Starts
   * are improved in parallel, and starts beyond the limit are discarded, so the number of cores
   * does not change the result.
   *
   * @param count number of starts
   * @param patience when to stop before all starts are added
   * @param maxWork the work, in coordinate differences, after which no start is added
   */
  void addAll(Starts starts, int count, SearchPatience patience, long maxWork) {
    int step = Math.max(1, Runtime.getRuntime().availableProcessors());
    for (int from = 0; canAdd(from, count, patience, maxWork); from += step) {
      List<Improved> improved =
          IntStream.range(from, Math.min(count, from + step))
              .parallel()
              .mapToObj(number -> improve(starts.start(number), search.newSearch()))
              .toList();
      for (int i = 0; i < improved.size() && canAdd(from + i, count, patience, maxWork); i++) {
        search.addWork(improved.get(i).work);
        add(improved.get(i).member);
      }
    }
  }

  private boolean canAdd(int number, int count, SearchPatience patience, long maxWork) {
    checkInterrupt();
    return number < count
        && bestReached < patience.starts()
        && sinceBest < patience.fruitlessStarts()
        && search.work() < maxWork;
  }

  /**
   * Ends the search if the thread was interrupted, because a runner that cancels a job interrupts
   * the threads of the job.
   *
   * @throws CancellationException if this thread was interrupted
   */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("seeding was interrupted");
    }
  }

  /** A clustering and the work of finding it, in coordinate differences. */
  private record Improved(Member member, long work) {}

  private static Improved improve(double[] start, HartiganLloyd search) {
    long before = search.work();
    double inertia = search.improve(start);
    return new Improved(new Member(search.copyCentroids(), inertia), search.work() - before);
  }

  /** Improves a clustering and adds it. */
  void add(double[] start) {
    add(improve(start, search).member);
  }

  private void add(Member added) {
    clusterings.incrementAndGet();
    double inertia = added.inertia;
    boolean isBest =
        population.isEmpty() || inertia < population.get(0).inertia * (1 - SAME_INERTIA);
    sinceBest = isBest ? 0 : sinceBest + 1;
    if (isBest) {
      bestReached = 1;
    } else if (inertia <= population.get(0).inertia * (1 + SAME_INERTIA)) {
      bestReached++;
    }
    for (Member member : population) {
      if (Math.abs(member.inertia - inertia) <= SAME_INERTIA * member.inertia) {
        return;
      }
    }
    generations++;
    population.add(added);
    population.sort(Comparator.comparingDouble(member -> member.inertia));
    if (population.size() > POPULATION) {
      population.remove(POPULATION);
    }
  }

  /**
   * Makes children until the work is used up, or until {@code maxFruitless} children in a row
   * together improved the best inertia by at most the share {@code minGain}. A quarter of {@code
   * maxFruitless} is enough while all starts and children gave the same clustering.
   *
   * @param maxWork the work, in coordinate differences, after which no child is made
   * @param inPairs whether a second child is improved on another core at the same time, as if the
   *     first child did not change the population. If the first child changed the population, the
   *     second child is discarded. The result does not depend on this parameter
   */
  void evolve(long maxWork, int maxFruitless, double minGain, boolean inPairs) {
    HartiganLloyd secondSearch =
        inPairs && Runtime.getRuntime().availableProcessors() > 1 ? search.newSearch() : null;
    Children children = new Children(maxFruitless, minGain, maxWork);
    while (children.canContinue(0)) {
      double[] first = child();
      if (secondSearch == null || !children.canContinue(1)) {
        children.add(improve(first, search).member);
        continue;
      }
      SplitMix64 afterFirst = random.copy();
      long before = search.work();
      double[] second = child();
      long secondWork = search.work() - before;
      search.addWork(-secondWork);
      ForkJoinTask<Improved> secondTask =
          ForkJoinTask.adapt(() -> improve(second, secondSearch)).fork();
      int generation = generations;
      children.add(improve(first, search).member);
      Improved improved = secondTask.join();
      if (generation == generations && children.canContinue(0)) {
        search.addWork(secondWork + improved.work);
        children.add(improved.member);
      } else {
        random = afterFirst;
      }
    }
  }

  /** Counts the children in a row that did not help. */
  private final class Children {
    private final int maxFruitless;
    private final double minGain;
    private final long maxWork;
    private int fruitless;
    private double goal;

    Children(int maxFruitless, double minGain, long maxWork) {
      this.maxFruitless = maxFruitless;
      this.minGain = minGain;
      this.maxWork = maxWork;
      setGoal();
    }

    private void setGoal() {
      fruitless = 0;
      goal = population.get(0).inertia * (1 - Math.max(SAME_INERTIA, minGain));
    }

    void add(Member child) {
      HybridGeneticSearch.this.add(child);
      fruitless++;
      if (population.get(0).inertia < goal) {
        setGoal();
      }
    }

    /**
     * Returns whether one more child is allowed after {@code fruitlessFirst} further children
     * without a gain.
     */
    boolean canContinue(int fruitlessFirst) {
      checkInterrupt();
      int patience = population.size() == 1 ? maxFruitless / 4 : maxFruitless;
      return fruitless + fruitlessFirst < patience && search.work() < maxWork;
    }
  }

  private double[] child() {
    Member mother = draw();
    double[] child = population.size() == 1 ? mother.centroids.clone() : cross(mother, draw());
    moveOne(child);
    return child;
  }

  /** Returns the centroids of all members, the best first; each k × d, row-major. */
  List<double[]> members() {
    return population.stream().map(member -> member.centroids).toList();
  }

  /** Returns the better of two members that are drawn at random. */
  private Member draw() {
    int size = population.size();
    return population.get(Math.min(random.nextInt(size), random.nextInt(size)));
  }

  private double[] cross(Member mother, Member father) {
    double[] child = mother.centroids.clone();
    boolean[] isMatched = new boolean[k];
    int first = random.nextInt(k);
    for (int step = 0; step < k; step++) {
      int j = (first + step) % k;
      int match = nearestUnmatched(mother.centroids, j, father.centroids, isMatched);
      isMatched[match] = true;
      if (random.nextLong() < 0) {
        System.arraycopy(father.centroids, match * d, child, j * d, d);
      }
    }
    return child;
  }

  private int nearestUnmatched(double[] from, int j, double[] to, boolean[] isMatched) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int l = 0; l < k; l++) {
      if (!isMatched[l]) {
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
   * Moves one centroid: draws a few clusters and removes the centroid whose removal costs least,
   * then draws a few points in proportion to their squared distance to the nearest remaining
   * centroid and places the centroid at the point with the largest gain.
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
      double inertia = inertiaWith(row);
      if (best < 0 || inertia < least) {
        least = inertia;
        best = row;
      }
    }
    for (int f = 0; f < d; f++) {
      centroids[removed * d + f] = columns[f][best];
    }
  }

  /**
   * Draws {@link #REMOVALS} clusters and returns the cluster whose removal increases the inertia
   * least. Fills the buffers of the nearest clusters and of the distances to the nearest and second
   * nearest centroid.
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

  /** Returns the inertia of the remaining centroids and a centroid at the given point. */
  private double inertiaWith(int row) {
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
