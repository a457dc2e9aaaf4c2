package personas.report.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import personas.model.Model;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.Migration;
import personas.spec.Privacy;

/** Hides small groups in the changes since the previous run. */
final class DriftMask {
  private final SmallGroups smallGroups;
  private final Map<Integer, String> declaredNames = new HashMap<>();
  private final Drift drift;

  /**
   * Whether each cell of the table of users is hidden. The rows are the previous clusters, and the
   * last row is the users who came. The columns are the clusters, and the last column is the users
   * who left. The table is empty without a migration.
   */
  private final boolean[][] hidden;

  private DriftMask(Model model, Drift drift, Privacy privacy) {
    this.smallGroups = new SmallGroups(privacy.minGroup());
    this.drift = drift;
    for (Model.ClusterModel cluster : model.clusters()) {
      if (cluster.declared()) {
        declaredNames.put(cluster.id(), cluster.persona());
      }
    }
    this.hidden =
        drift.migration() == null ? new boolean[0][] : smallGroups.hidden(table(drift.migration()));
  }

  /** Returns the drift as the report shows it; null for null. */
  static Drift of(Model model, Drift drift, Privacy privacy) {
    return drift == null || privacy.isOff() ? drift : new DriftMask(model, drift, privacy).masked();
  }

  private static long[][] table(Migration migration) {
    int columns = migration.columns().size();
    List<Migration.Row> rows = migration.rows();
    long[][] table = new long[rows.size() + 1][columns + 1];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns; j++) {
        table[i][j] = rows.get(i).users().get(j);
      }
      table[i][columns] = rows.get(i).leavers();
    }
    for (int j = 0; j < columns; j++) {
      table[rows.size()][j] = migration.joined().get(j);
    }
    return table;
  }

  private Drift masked() {
    String reason = drift.reason();
    for (PersonaDrift persona : drift.personas()) {
      if (isHidden(persona)) {
        reason = reason.replace(persona.persona(), name(persona));
      }
    }
    return new Drift(
        drift.format(),
        drift.program(),
        drift.advice(),
        reason,
        drift.decidedBy(),
        drift.usersBefore(),
        drift.usersNow(),
        drift.personas().stream().map(this::persona).toList(),
        drift.features(),
        drift.migration() == null ? null : migration(drift.migration()));
  }

  private boolean isHidden(PersonaDrift persona) {
    return smallGroups.isSmall(persona.users()) || smallGroups.isSmall(persona.usersBefore());
  }

  /**
   * Returns the name of a persona if the spec declares it. A generated name describes the users, so
   * a neutral name replaces it.
   */
  private String name(PersonaDrift persona) {
    return persona.persona().equals(declaredNames.get(persona.id()))
        ? persona.persona()
        : ReportMask.hiddenName(persona.id());
  }

  private PersonaDrift persona(PersonaDrift persona) {
    int row = row(persona.previousId());
    int column = column(persona.id());
    boolean hides = isHidden(persona);
    boolean hidesStayed = hides || isHidden(row, column);
    boolean hidesLeft = hides || isHidden(row, columns());
    boolean hidesBefore = smallGroups.isSmall(persona.usersBefore());
    boolean hidesNow = smallGroups.isSmall(persona.users());
    return new PersonaDrift(
        persona.id(),
        hides ? name(persona) : persona.persona(),
        persona.change(),
        persona.previousId(),
        hides ? null : persona.previousPersona(),
        hides ? null : persona.shift(),
        hidesBefore ? null : persona.usersBefore(),
        hidesNow ? null : persona.users(),
        hidesBefore ? null : persona.shareBefore(),
        hidesNow ? null : persona.share(),
        hidesStayed ? null : persona.stayed(),
        hidesStayed || hidesLeft ? null : persona.retention(),
        hides ? null : persona.resampledRetention(),
        hidesLeft ? null : persona.left(),
        hides || isHidden(hidden.length - 1, column) ? null : persona.came());
  }

  private int columns() {
    return drift.migration() == null ? 0 : drift.migration().columns().size();
  }

  private int row(Integer id) {
    for (int i = 0; id != null && i < hidden.length - 1; i++) {
      if (drift.migration().rows().get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }

  private int column(int id) {
    return drift.migration() == null ? -1 : drift.migration().columns().indexOf(id);
  }

  private boolean isHidden(int row, int column) {
    return row >= 0 && column >= 0 && hidden.length > 0 && hidden[row][column];
  }

  private Migration migration(Migration migration) {
    List<Migration.Row> rows = new ArrayList<>();
    for (int i = 0; i < migration.rows().size(); i++) {
      Migration.Row row = migration.rows().get(i);
      boolean hides = smallGroups.isSmall(row.before());
      rows.add(
          new Migration.Row(
              row.id(),
              hides ? ReportMask.hiddenName(row.id()) : row.persona(),
              smallGroups.countOrNull(row.before()),
              withoutHidden(row.users(), hidden[i]),
              hidden[i][columns()] ? null : row.leavers()));
    }
    return new Migration(
        migration.before(),
        migration.now(),
        smallGroups.countOrNull(migration.joiners()),
        smallGroups.countOrNull(migration.leavers()),
        smallGroups.countOrNull(migration.stayed()),
        smallGroups.countOrNull(migration.changed()),
        shownCause(migration.changedByUsers(), migration),
        shownCause(migration.changedByCentroids(), migration),
        migration.repeated(),
        migration.columns(),
        rows,
        withoutHidden(migration.joined(), hidden[hidden.length - 1]));
  }

  /**
   * Returns the number of users who changed for one cause. Returns null for both causes if one of
   * the two numbers is small, because the report shows their sum.
   */
  private Long shownCause(Long users, Migration migration) {
    boolean hides =
        users == null
            || smallGroups.isSmall(migration.changedByUsers())
            || smallGroups.isSmall(migration.changedByCentroids());
    return hides ? null : users;
  }

  private static List<Long> withoutHidden(List<Long> users, boolean[] hides) {
    List<Long> figures = new ArrayList<>();
    for (int j = 0; j < users.size(); j++) {
      figures.add(hides[j] ? null : users.get(j));
    }
    return Collections.unmodifiableList(figures);
  }
}
