package personas.kmeans.seeding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Swaps centroids until no swap lowers the inertia. A swap removes the centroid of a cluster that
 * costs little to merge with its neighbors, and cuts a cluster in two that gains much. Costs and
 * gains are computed for all clusters; the swaps that promise most are tried with {@link
 * NeighborLloyd} and kept if the inertia fell.
 *
 * <p>P. Fränti, <i>Efficiency of random swap clustering</i>, Journal of Big Data 5, 2018, with
 * choices in place of draws as in B. Fritzke, <i>The breathing k-means algorithm</i>,
 * arXiv:2006.15666, 2020.
 */
final class SwapSearch {
  private static final int MOST_PASSES = 100;

  /** Passes until a swap is judged. */
  private static final int TRIAL_PASSES = 12;

  /** Less than this is rounding. */
  private static final double ROUNDING = 1e-10;

  /** Swaps in a row that lowered nothing: then the round ends. */
  private static final int MOST_FRUITLESS = 8;

  /** Clusters that are considered at either end of a swap. */
  private static final int CONSIDERED = 32;

  private final double[][] columns;
  private final int d;
  private final int k;
  private final NeighborLloyd lloyd;

  SwapSearch(double[][] columns, int n, int k) {
    this.columns = columns;
    this.d = columns.length;
    this.k = k;
    this.lloyd = new NeighborLloyd(columns, n);
  }

  /** Differences of coordinates computed so far. */
  long work() {
    return lloyd.work();
  }

  /**
   * Where the swaps lead.
   *
   * @param start k × d, row-major
   * @return k × d, row-major
   * @throws java.util.concurrent.CancellationException if this thread was interrupted
   */
  double[] improve(double[] start) {
    Cell[] cells = lloyd.assign(start, k);
    boolean[] moved = new boolean[k];
    Arrays.fill(moved, true);
    lloyd.run(cells, moved, MOST_PASSES, Double.POSITIVE_INFINITY);
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

  private record Swap(int removed, int split, double change) {}

  /** The clusters after all swaps of a round that lowered the inertia; null if none did. */
  private Cell[] round(Cell[] before) {
    HybridGeneticSearch.checkInterrupt();
    Split[] splits = new Split[k];
    for (int j = 0; j < k; j++) {
      splits[j] = Split.of(before[j], columns);
    }
    Cell[] cells = before;
    double inertia = NeighborLloyd.inertia(before);
    int fruitless = 0;
    for (Swap swap : swaps(new MergeCosts(lloyd, before).all(), splits)) {
      if (fruitless == MOST_FRUITLESS) {
        break;
      }
      if (cells[swap.removed] == before[swap.removed] && cells[swap.split] == before[swap.split]) {
        double goal = inertia * (1 - ROUNDING);
        Cell[] tried = cells.clone();
        boolean[] moved = exchange(tried, swap, splits[swap.split]);
        double with = lloyd.run(tried, moved, TRIAL_PASSES, goal);
        if (with < goal) {
          cells = tried;
          inertia = lloyd.run(tried, moved, MOST_PASSES, Double.POSITIVE_INFINITY);
          fruitless = 0;
        } else {
          fruitless++;
        }
      }
    }
    return cells == before ? null : cells;
  }

  /** Places the two centroids; which clusters moved. */
  private boolean[] exchange(Cell[] cells, Swap swap, Split split) {
    boolean[] moved = new boolean[k];
    moved[swap.removed] = true;
    moved[swap.split] = true;
    cells[swap.split] = cells[swap.split].movedTo(split.first);
    cells[swap.removed] = cells[swap.removed].movedTo(split.second);
    return moved;
  }

  /** Those that promise most first. */
  private List<Swap> swaps(double[] costs, Split[] splits) {
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

  private interface Value {
    double of(int cluster);
  }

  private List<Integer> ascending(Value value) {
    return IntStream.range(0, k)
        .boxed()
        .sorted(Comparator.comparingDouble(value::of))
        .limit(CONSIDERED)
        .toList();
  }
}
