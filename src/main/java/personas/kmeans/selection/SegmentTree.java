package personas.kmeans.selection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.math.Require;

/**
 * The tree of segments: how segments split and merge from one k to the next. It counts the users of
 * a sample by their segment at one k and at the next larger k.
 *
 * <p>Source: S. Dolnicar and F. Leisch, <i>Using segment level stability to select target segments
 * in data-driven market segmentation studies</i>, Marketing Letters 28, 2017; {@code slsaplot} of
 * the R package flexclust draws the same tree.
 *
 * @param users number of users in the sample
 * @param whole whether the sample holds all users, so that every count is exact
 * @param levels one for each candidate, by ascending k
 */
public record SegmentTree(int users, boolean whole, List<Level> levels) {

  /**
   * The segments of one partition, in an order with few crossings: a segment is near the segments
   * from which its users come.
   *
   * @param k number of segments
   * @param ids the cluster ids of the personas in the order of the segments, if the partition
   *     became the model; null otherwise
   * @param users number of users in each segment
   * @param agreement per segment 1 minus the entropy of its users over the segments of the previous
   *     level, as a share of the largest entropy (SLSa). The agreement is 1 if all users come from
   *     one segment, and 0 if they come from all segments in equal parts. Null in the first level
   * @param from per segment of the previous level, the number of its users in each segment of this
   *     level; null in the first level
   */
  public record Level(
      int k,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> ids,
      List<Integer> users,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Double> agreement,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<List<Integer>> from) {}

  /**
   * The partition that became the model.
   *
   * @param partition the index of the partition
   * @param clusters per persona the index of its cluster in the partition
   * @param ids per persona the cluster id
   */
  public record ChosenPartition(int partition, List<Integer> clusters, List<Integer> ids) {
    public ChosenPartition {
      Require.atLeast(0, "partition", partition);
      Require.sameSize("ids", ids.size(), clusters.size());
    }
  }

  /**
   * Builds the tree of several partitions of the same users.
   *
   * @param columns d columns of standardized values of the users
   * @param rows number of users in each column
   * @param whole whether the columns hold all users
   * @param partitions the partitions by ascending number of clusters
   * @param chosen the partition that became the model
   */
  public static SegmentTree of(
      double[][] columns,
      int rows,
      boolean whole,
      List<Centroids> partitions,
      ChosenPartition chosen) {
    List<Level> levels = new ArrayList<>();
    int[] before = null;
    int kBefore = 0;
    for (int p = 0; p < partitions.size(); p++) {
      int k = partitions.get(p).k();
      int[] clusters = LloydKernel.nearestOf(columns, rows, partitions.get(p));
      Integer[] order = order(clusters, k, before);
      int[] positions = new int[k];
      for (int position = 0; position < k; position++) {
        positions[order[position]] = position;
      }
      int[] now = Arrays.stream(clusters).map(cluster -> positions[cluster]).toArray();
      List<Integer> ids = p == chosen.partition ? ids(order, chosen) : null;
      levels.add(level(now, k, before, kBefore, ids));
      before = now;
      kBefore = k;
    }
    return new SegmentTree(rows, whole, List.copyOf(levels));
  }

  private static List<Integer> ids(Integer[] order, ChosenPartition chosen) {
    return Arrays.stream(order)
        .map(cluster -> chosen.ids.get(chosen.clusters.indexOf(cluster)))
        .toList();
  }

  /**
   * Returns the clusters by the mean position of their users in the previous level; in the first
   * level, the largest cluster is first.
   */
  private static Integer[] order(int[] clusters, int k, int[] before) {
    long[] users = new long[k];
    long[] positions = new long[k];
    for (int i = 0; i < clusters.length; i++) {
      users[clusters[i]]++;
      positions[clusters[i]] += before == null ? 0 : before[i];
    }
    Integer[] order = IntStream.range(0, k).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        before == null
            ? Comparator.comparingLong(cluster -> -users[cluster])
            : Comparator.comparingDouble(
                cluster ->
                    users[cluster] == 0
                        ? Double.POSITIVE_INFINITY
                        : (double) positions[cluster] / users[cluster]));
    return order;
  }

  private static Level level(int[] now, int k, int[] before, int kBefore, List<Integer> ids) {
    int[] users = new int[k];
    int[][] from = new int[kBefore][k];
    for (int i = 0; i < now.length; i++) {
      users[now[i]]++;
      if (before != null) {
        from[before[i]][now[i]]++;
      }
    }
    return new Level(
        k,
        ids,
        boxed(users),
        before == null
            ? null
            : IntStream.range(0, k).mapToObj(j -> agreement(from, j, users[j])).toList(),
        before == null ? null : Arrays.stream(from).map(SegmentTree::boxed).toList());
  }

  private static Double agreement(int[][] from, int segment, int users) {
    if (users == 0 || from.length < 2) {
      return 1.0;
    }
    double entropy = 0;
    for (int[] row : from) {
      double share = (double) row[segment] / users;
      entropy -= share == 0 ? 0 : share * StrictMath.log(share);
    }
    return Math.max(0, 1 - entropy / StrictMath.log(from.length));
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
