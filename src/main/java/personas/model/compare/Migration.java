package personas.model.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/**
 * The migration of users between the personas of two runs. In a report that hides small groups,
 * small counts are null. The counts add up: {@code before + joiners + repeated = now + leavers}. In
 * a row, the users and the leavers add up to {@code before} of the row plus the repeated rows of
 * these users. In a column, the users and the joined users add up to the users of the cluster in
 * the new run.
 *
 * @param before number of users of the earlier run
 * @param now number of users of the new run
 * @param joiners number of users of the new run that are absent from the earlier run
 * @param leavers number of users of the earlier run that are absent from the new run
 * @param stayed number of users in both runs that kept their cluster
 * @param changed number of users in both runs that changed cluster
 * @param changedByUsers number of changed users that the earlier model also assigns to another
 *     cluster today, because their values changed; null if it was not computed
 * @param changedByCentroids number of changed users that the earlier model still assigns to the
 *     same cluster, because centroids moved; null if it was not computed
 * @param repeated number of rows of the new run whose user is in an earlier row and in the earlier
 *     run
 * @param columns the cluster ids of the new run
 * @param rows one row for each cluster of the earlier run
 * @param joined number of users that are absent from the earlier run, by column
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
   * The users of one cluster of the earlier run.
   *
   * @param id the id of the cluster
   * @param persona the name of the persona
   * @param before number of users in the earlier run
   * @param users number of users in each cluster of the new run, by column
   * @param leavers number of users that are absent from the new run
   */
  public record Row(int id, String persona, Long before, List<Long> users, Long leavers) {
    /**
     * Returns the number of users that are not in a given new cluster. The result is 0 if {@code
     * users} is larger than {@code before}, because a user with several rows in the new run counts
     * several times in {@code users}.
     *
     * @param column the column of the new cluster
     */
    long lostFor(int column) {
      return Math.max(0, before - users.get(column));
    }
  }

  /**
   * Returns the share of an earlier cluster's users that are in a new cluster, 0..1; null if the
   * earlier cluster had no users.
   */
  Double stayedShare(int row, int column) {
    long before = rows.get(row).before();
    return before == 0 ? null : share(before - rows.get(row).lostFor(column), before);
  }

  /**
   * Returns the share of an earlier cluster's users, among those in the new run, that are in a
   * given new cluster; null if none of them is in the new run.
   */
  Double retention(int row, int column) {
    long inBoth = rows.get(row).before() - rows.get(row).leavers();
    return inBoth <= 0 ? null : share(Math.min(inBoth, rows.get(row).users().get(column)), inBoth);
  }

  /**
   * Returns the share of an earlier cluster's users that are absent from the new run; null if the
   * cluster had no users.
   */
  Double leftShare(int row) {
    long before = rows.get(row).before();
    return before == 0 ? null : share(rows.get(row).leavers(), before);
  }

  /**
   * Returns the share of a new cluster's users that are absent from the earlier run; null if the
   * cluster has no users.
   */
  Double cameShare(int column) {
    long total = joined.get(column);
    for (Row row : rows) {
      total += row.users().get(column);
    }
    return total == 0 ? null : share(joined.get(column), total);
  }

  private static Double share(long part, long whole) {
    return (double) part / whole;
  }

  /**
   * Returns the migration from counts.
   *
   * @param before the model of the earlier run
   * @param now the model of the new run
   * @param counts the counts of users
   * @param hasCauses whether the counts distinguish why users changed
   */
  public static Migration of(Model before, Model now, MigrationCounts counts, boolean hasCauses) {
    ClusterMatching matching = ScaledCentroids.of(now).match(before);
    int k = now.clusters().size();
    List<Row> rows =
        IntStream.range(0, counts.clustersBefore())
            .mapToObj(i -> row(i, before.clusters().get(i), counts, k))
            .toList();
    long stayed =
        IntStream.range(0, rows.size())
            .filter(i -> matching.nowOf(i) >= 0)
            .mapToLong(i -> rows.get(i).users().get(matching.nowOf(i)))
            .sum();
    long usersBefore = IntStream.range(0, rows.size()).mapToLong(counts::before).sum();
    long leavers = IntStream.range(0, rows.size()).mapToLong(counts::leavers).sum();
    long inBoth =
        rows.stream().flatMap(row -> row.users().stream()).mapToLong(Long::longValue).sum();
    List<Long> joined = IntStream.range(0, k).mapToObj(counts::joiners).toList();
    long joiners = joined.stream().mapToLong(Long::longValue).sum();
    return new Migration(
        usersBefore,
        inBoth + joiners,
        joiners,
        leavers,
        stayed,
        inBoth - stayed,
        hasCauses ? (Long) counts.byUsers() : null,
        hasCauses ? (Long) counts.byCentroids() : null,
        inBoth - (usersBefore - leavers),
        now.clusters().stream().map(ClusterModel::id).toList(),
        rows,
        joined);
  }

  private static Row row(int i, ClusterModel cluster, MigrationCounts counts, int k) {
    List<Long> users = IntStream.range(0, k).mapToObj(j -> counts.users(i, j)).toList();
    return new Row(cluster.id(), cluster.persona(), counts.before(i), users, counts.leavers(i));
  }
}
