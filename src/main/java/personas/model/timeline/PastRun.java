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
 * A finished run, as its folder holds it.
 *
 * @param folder the name of its folder
 * @param date the date of its data; null if it was not given
 * @param model its model
 * @param drift what it says of the run that it went on from; null if it went on from none
 */
public record PastRun(String folder, LocalDate date, Model model, Drift drift) {

  /** What a person calls the run: the date of its data, or else its folder. */
  String label() {
    return date == null ? folder : date.toString();
  }

  /** Whether the ids of its users are not those of the run that it went on from. */
  boolean hasOtherIds() {
    return drift != null && drift.advice() == Action.NONE;
  }

  /**
   * Which users went where since a run before.
   *
   * @return null if this run did not go on from that run, did not look up its users, or writes ids
   *     differently
   */
  Migration migrationFrom(PastRun before) {
    if (drift == null || drift.migration() == null || hasOtherIds()) {
      return null;
    }
    List<Migration.Row> rows = drift.migration().rows();
    List<ClusterModel> clusters = before.model.clusters();
    boolean isOfBefore =
        rows.size() == clusters.size()
            && IntStream.range(0, rows.size())
                .allMatch(
                    i ->
                        rows.get(i).id() == clusters.get(i).id()
                            // Repeated ids are one user here and several users there.
                            && rows.get(i).before() <= clusters.get(i).users())
            && drift
                .migration()
                .columns()
                .equals(model.clusters().stream().map(ClusterModel::id).toList());
    return isOfBefore ? drift.migration() : null;
  }
}
