package personas.kmeans.selection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many users change their cluster if a clustering is trained on other samples of the same
 * users. The bootstrap samples of {@link BootstrapStability} are compared in pairs: each with the
 * next one, and the last one with the first one. The two clusterings of a pair are trained on two
 * resamples, as two runs are trained on two samples of one population. Both clusterings assign all
 * users of the sample.
 *
 * <p>The resamples have as many users as the sample has, at most 2,000. A run that is trained on
 * more users varies less. So for a larger run the shares of users who stay are lower bounds, and
 * the other figures are upper bounds.
 *
 * <p>Source: U. von Luxburg, <i>Clustering Stability: An Overview</i>, 2010. The instability of
 * this paper also compares the assignments of a fixed set of users under two resampled clusterings.
 *
 * @param users number of users of the sample in each cluster
 * @param retention per cluster the share of its users that stay in it, over all pairs, 0..1; 1 for
 *     a cluster without users
 * @param leastRetention per cluster the smallest share of its users that stay in it in any pair,
 *     0..1
 * @param sizeChange per cluster the largest change of its number of users in a pair, as a share of
 *     its users before
 * @param largest k × k, the largest share of the users of a cluster (row) that go to another
 *     cluster (column) in a pair; 0 on the diagonal
 */
public record ResampledFlow(
    List<Integer> users,
    List<Double> retention,
    List<Double> leastRetention,
    List<Double> sizeChange,
    List<List<Double>> largest)
    implements Serializable {

  /**
   * Rejects figures for another number of clusters, which a file that was edited by hand may hold.
   *
   * @throws IllegalArgumentException if a list is missing or does not have {@code k} values
   */
  public void requireClusters(int k) {
    List<List<?>> lists = new ArrayList<>();
    Stream.of(users, retention, leastRetention, sizeChange, largest).forEach(lists::add);
    if (largest != null) {
      lists.addAll(largest);
    }
    for (List<?> list : lists) {
      if (list == null || list.size() != k || list.stream().anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException(
            "kSelection.resampledFlow: " + list + " does not have " + k + " values");
      }
    }
  }

  /**
   * Returns the figures of the same clusters in another order.
   *
   * @param oldIndices for each new index the old index of the cluster
   */
  public ResampledFlow ordered(List<Integer> oldIndices) {
    return new ResampledFlow(
        ordered(users, oldIndices),
        ordered(retention, oldIndices),
        ordered(leastRetention, oldIndices),
        ordered(sizeChange, oldIndices),
        ordered(largest, oldIndices).stream().map(row -> ordered(row, oldIndices)).toList());
  }

  private static <T> List<T> ordered(List<T> values, List<Integer> oldIndices) {
    return oldIndices.stream().map(values::get).toList();
  }

  /**
   * Counts the flow between the assignments of all bootstrap samples.
   *
   * @param clusters the cluster of each user in the clustering itself
   * @param resampled by sample, the cluster of each user, numbered as in {@code clusters}
   * @param k the number of clusters
   */
  static ResampledFlow of(int[] clusters, List<int[]> resampled, int k) {
    Pairs pairs = new Pairs(k);
    for (int b = 0; b < resampled.size(); b++) {
      pairs.add(resampled.get(b), resampled.get((b + 1) % resampled.size()));
    }
    Integer[] users = new Integer[k];
    Arrays.fill(users, 0);
    for (int cluster : clusters) {
      users[cluster]++;
    }
    return pairs.flow(List.of(users));
  }

  /**
   * Counts over the pairs. Each share is one division of two integers, so the order of the pairs
   * does not matter.
   */
  private static final class Pairs {
    private final int k;
    private final long[] stayed;
    private final long[] before;
    private final double[] least;
    private final double[] change;
    private final double[][] largest;

    Pairs(int k) {
      this.k = k;
      stayed = new long[k];
      before = new long[k];
      least = new double[k];
      Arrays.fill(least, 1);
      change = new double[k];
      largest = new double[k][k];
    }

    void add(int[] from, int[] to) {
      int[][] cells = new int[k][k];
      int[] now = new int[k];
      for (int i = 0; i < from.length; i++) {
        cells[from[i]][to[i]]++;
        now[to[i]]++;
      }
      for (int i = 0; i < k; i++) {
        int total = Arrays.stream(cells[i]).sum();
        stayed[i] += cells[i][i];
        before[i] += total;
        if (total > 0) {
          least[i] = Math.min(least[i], (double) cells[i][i] / total);
          change[i] = Math.max(change[i], (double) Math.abs(now[i] - total) / total);
        }
        for (int j = 0; j < k && total > 0; j++) {
          largest[i][j] = i == j ? 0 : Math.max(largest[i][j], (double) cells[i][j] / total);
        }
      }
    }

    ResampledFlow flow(List<Integer> users) {
      List<Double> retention = new ArrayList<>(Collections.nCopies(k, 1.0));
      for (int i = 0; i < k; i++) {
        retention.set(i, before[i] == 0 ? 1 : (double) stayed[i] / before[i]);
      }
      return new ResampledFlow(
          users,
          List.copyOf(retention),
          boxed(least),
          boxed(change),
          IntStream.range(0, k).mapToObj(i -> boxed(largest[i])).toList());
    }

    private static List<Double> boxed(double[] values) {
      return Arrays.stream(values).boxed().toList();
    }
  }
}
