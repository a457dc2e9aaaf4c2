package personas.model.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.compare.Drift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.Migration;

/**
 * A finished run, read from its folder.
 *
 * @param folder the name of the folder
 * @param date the date of the data; null if it was not given
 * @param model the model of the run
 * @param drift the drift since the previous run; null if there was none
 */
public record PastRun(String folder, LocalDate date, Model model, Drift drift) {

  /**
   * Returns the name of the run for people: the date of the data, or the folder if there is no
   * date.
   */
  String label() {
    return date == null ? folder : date.toString();
  }

  /** Returns whether the user ids of the run and of the previous run do not match. */
  boolean hasOtherIds() {
    return drift != null && drift.advice() == Action.NONE;
  }

  /**
   * Returns the migration of users since an earlier run.
   *
   * @return null if this run does not continue from the earlier run, if this run did not look up
   *     previous users, or if the user ids do not match
   */
  Migration migrationFrom(PastRun before) {
    if (drift == null || drift.migration() == null || hasOtherIds()) {
      return null;
    }
    List<Migration.Row> rows = drift.migration().rows();
    List<ClusterModel> clusters = before.model.clusters();
    boolean continuesBefore =
        rows.size() == clusters.size()
            && IntStream.range(0, rows.size())
                .allMatch(
                    i ->
                        rows.get(i).id() == clusters.get(i).id()
                            // A repeated id counts once in the migration and several times in the
                            // model.
                            && rows.get(i).before() <= clusters.get(i).users())
            && drift
                .migration()
                .columns()
                .equals(model.clusters().stream().map(ClusterModel::id).toList());
    return continuesBefore ? drift.migration() : null;
  }
}
