package personas.model.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/**
 * Who went from which persona to which. In a report, a count of few users is null. It closes:
 * {@code before + joiners + repeated = now + leavers}, likewise each row, and the columns sum up to
 * the personas of the new run.
 *
 * @param before users of the earlier run
 * @param now users of the new run
 * @param joiners users who are new
 * @param leavers users who are gone
 * @param stayed users whose cluster is the same
 * @param changed users whose cluster is another
 * @param changedByUsers of these, the users whom the earlier model, too, puts elsewhere today: they
 *     moved; null where that was not looked at
 * @param changedByCentroids the others, whom it leaves where they were: the centroids moved
 * @param repeated rows of the new run whose user stands in an earlier row, and who was there before
 * @param columns the ids of the new run's clusters
 * @param rows one a cluster of the earlier run
 * @param joined users who are new, by column
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Migration(
    long before,
    long now,
    Long joiners,
    Long leavers,
    Long stayed,
    Long changed,
    Long changedByUsers,
    Long changedByCentroids,
    long repeated,
    List<Integer> columns,
    List<Row> rows,
    List<Long> joined) {

  /**
   * Where the users of one earlier cluster are.
   *
   * @param before its users then
   * @param users by column
   * @param leavers its users who are gone
   */
  public record Row(int id, String persona, Long before, List<Long> users, Long leavers) {
    /**
     * The users who are not in a new cluster. A user with several rows in the new run counts as
     * often in {@code users}, but never for more users than there were.
     *
     * @param column of the new cluster
     */
    long lostFor(int column) {
      return Math.max(0, before - users.get(column));
    }
  }

  /** The share of an earlier cluster's users who are in a new one; null if it had no users. */
  Double stayedShare(int row, int column) {
    long before = rows.get(row).before();
    return before == 0 ? null : share(before - rows.get(row).lostFor(column), before);
  }

  /**
   * The share of an earlier cluster's users in the new run who are in a given new cluster; null if
   * none of them is in the new run.
   */
  Double retention(int row, int column) {
    long there = rows.get(row).before() - rows.get(row).leavers();
    return there <= 0 ? null : share(Math.min(there, rows.get(row).users().get(column)), there);
  }

  /** The share of an earlier cluster's users who are gone; null if it had no users. */
  Double leftShare(int row) {
    long before = rows.get(row).before();
    return before == 0 ? null : share(rows.get(row).leavers(), before);
  }

  /** The share of a new cluster's users who are new; null if it has no users. */
  Double cameShare(int column) {
    long all = joined.get(column);
    for (Row row : rows) {
      all += row.users().get(column);
    }
    return all == 0 ? null : share(joined.get(column), all);
  }

  private static Double share(long part, long whole) {
    return (double) part / whole;
  }

  /**
   * From the counts.
   *
   * @param causes whether the counts say why users changed
   */
  public static Migration of(Model before, Model now, MigrationCounts counts, boolean causes) {
    ClusterMatching same = ScaledCentroids.of(now).match(before);
    int k = now.clusters().size();
    List<Row> rows =
        IntStream.range(0, counts.clustersBefore())
            .mapToObj(i -> row(i, before.clusters().get(i), counts, k))
            .toList();
    long stayed =
        IntStream.range(0, rows.size())
            .filter(i -> same.nowOf(i) >= 0)
            .mapToLong(i -> rows.get(i).users().get(same.nowOf(i)))
            .sum();
    long all = IntStream.range(0, rows.size()).mapToLong(counts::before).sum();
    long gone = IntStream.range(0, rows.size()).mapToLong(counts::leavers).sum();
    long found =
        rows.stream().flatMap(row -> row.users().stream()).mapToLong(Long::longValue).sum();
    List<Long> joined = IntStream.range(0, k).mapToObj(counts::joiners).toList();
    long joiners = joined.stream().mapToLong(Long::longValue).sum();
    return new Migration(
        all,
        found + joiners,
        joiners,
        gone,
        stayed,
        found - stayed,
        causes ? (Long) counts.byUsers() : null,
        causes ? (Long) counts.byCentroids() : null,
        found - (all - gone),
        now.clusters().stream().map(ClusterModel::id).toList(),
        rows,
        joined);
  }

  private static Row row(int i, ClusterModel cluster, MigrationCounts counts, int k) {
    List<Long> users = IntStream.range(0, k).mapToObj(j -> counts.users(i, j)).toList();
    return new Row(cluster.id(), cluster.persona(), counts.before(i), users, counts.leavers(i));
  }
}
