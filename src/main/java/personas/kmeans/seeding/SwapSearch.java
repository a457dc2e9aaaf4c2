package personas.kmeans.seeding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Swaps centroids until no swap lowers the inertia. A swap removes the centroid of a cluster that
 * is cheap to merge with its neighbors. The swap gives another cluster a second centroid, by {@link
 * Split#of} or by {@link FarCentroids}. Costs and gains are computed for all clusters. The most
 * promising swaps are tried with {@link NeighborLloyd}; a swap is kept if the inertia falls.
 *
 * <p>Source: P. Fränti, <i>Efficiency of random swap clustering</i>, Journal of Big Data 5, 2018.
 * Swaps are chosen by cost and gain instead of drawn at random, as in B. Fritzke, <i>The breathing
 * k-means algorithm</i>, arXiv:2006.15666, 2020.
 */
final class SwapSearch {
  private static final int MAX_PASSES = 100;

  /** The number of passes after which a swap is kept or rejected. */
  private static final int TRIAL_PASSES = 12;

  /** A smaller relative decrease of the inertia could come from rounding. */
  private static final double ROUNDING = 1e-10;

  /** A round ends after this number of swaps in a row that did not lower the inertia. */
  private static final int MAX_FRUITLESS = 8;

  /** The maximum number of clusters considered for removal, and for a second centroid. */
  private static final int CONSIDERED = 32;

  private final double[][] columns;
  private final int n;
  private final int d;
  private final int k;
  private final NeighborLloyd lloyd;
  private final Split[] splits;
  private long work;

  SwapSearch(double[][] columns, int n, int k) {
    this.columns = columns;
    this.n = n;
    this.d = columns.length;
    this.k = k;
    this.lloyd = new NeighborLloyd(columns, n);
    this.splits = new Split[k];
  }

  /** Returns the number of coordinate differences computed so far. */
  long work() {
    return work + lloyd.work();
  }

  /**
   * Returns the centroids after all swaps that lower the inertia.
   *
   * @param start k × d, row-major
   * @return k × d, row-major
   * @throws java.util.concurrent.CancellationException if this thread was interrupted
   */
  double[] improve(double[] start) {
    Cell[] cells = lloyd.assign(start, k);
    boolean[] moved = new boolean[k];
    Arrays.fill(moved, true);
    lloyd.run(cells, moved, MAX_PASSES, Double.POSITIVE_INFINITY);
    Cell[] next = round(cells);
    while (next != null) {
      cells = next;
      next = round(cells);
    }
    double[] centroids = new double[k * d];
    for (int j = 0; j < k; j++) {
      System.arraycopy(cells[j].centroid, 0, centroids, j * d, d);
    }
    return centroids;
  }

  /**
   * A swap of centroids.
   *
   * @param removed the cluster whose centroid is removed
   * @param split the cluster that gets a second centroid
   * @param change the estimated change of the inertia; negative if the inertia falls
   */
  private record Swap(int removed, int split, double change) {}

  /**
   * Returns the clusters after all swaps of a round that lowered the inertia; null if no swap did.
   */
  private Cell[] round(Cell[] before) {
    HybridGeneticSearch.checkInterrupt();
    findSplits(before);
    Cell[] cells = before;
    double inertia = NeighborLloyd.inertia(before);
    int fruitless = 0;
    for (Swap swap : swaps(new MergeCosts(lloyd, before).costs())) {
      if (fruitless == MAX_FRUITLESS) {
        break;
      }
      if (cells[swap.removed] == before[swap.removed] && cells[swap.split] == before[swap.split]) {
        double goal = inertia * (1 - ROUNDING);
        Cell[] tried = cells.clone();
        boolean[] moved = exchange(tried, swap, splits[swap.split]);
        double triedInertia = lloyd.run(tried, moved, TRIAL_PASSES, goal);
        if (triedInertia < goal) {
          cells = tried;
          inertia = lloyd.run(tried, moved, MAX_PASSES, Double.POSITIVE_INFINITY);
          fruitless = 0;
        } else {
          fruitless++;
        }
      }
    }
    return cells == before ? null : cells;
  }

  /**
   * Finds for each cluster the better way to add a centroid: {@link Split#of} or {@link
   * FarCentroids}. A cluster with the same points as in the previous round keeps the result of that
   * round. The points of its neighbors may have changed since then, so the trial of a swap measures
   * what the swap saves.
   */
  private void findSplits(Cell[] cells) {
    FarCentroids far = new FarCentroids(columns, n, cells);
    for (int j = 0; j < k; j++) {
      if (splits[j] == null || splits[j].members != cells[j].members) {
        Split halves = Split.of(cells[j], columns);
        Split farSplit = far.of(j);
        splits[j] = farSplit.gain > halves.gain ? farSplit : halves;
      }
    }
    work += far.work();
  }

  /**
   * Moves the centroids of both clusters of a swap to the two centroids of the split. Returns for
   * each cluster whether its centroid moved.
   */
  private boolean[] exchange(Cell[] cells, Swap swap, Split split) {
    boolean[] moved = new boolean[k];
    moved[swap.removed] = true;
    moved[swap.split] = true;
    cells[swap.split] = cells[swap.split].movedTo(split.first);
    cells[swap.removed] = cells[swap.removed].movedTo(split.second);
    return moved;
  }

  /** Returns swaps, the most promising first. */
  private List<Swap> swaps(double[] costs) {
    List<Integer> cheapest = ascending(j -> costs[j]);
    List<Integer> best = ascending(j -> -splits[j].gain);
    List<Swap> swaps = new ArrayList<>();
    for (int removed : cheapest) {
      for (int split : best) {
        if (removed != split && splits[split].gain > 0) {
          swaps.add(new Swap(removed, split, costs[removed] - splits[split].gain));
        }
      }
    }
    swaps.sort(Comparator.comparingDouble(Swap::change));
    return swaps;
  }

  /** A figure of a cluster. */
  private interface Value {
    double of(int cluster);
  }

  /** Returns the first {@link #CONSIDERED} clusters by ascending value. */
  private List<Integer> ascending(Value value) {
    return IntStream.range(0, k)
        .boxed()
        .sorted(Comparator.comparingDouble(value::of))
        .limit(CONSIDERED)
        .toList();
  }
}
