package personas.run.rename;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.assignment.AudienceNames;
import personas.model.assignment.AudienceRows;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;

/**
 * A new name for a persona of a finished run.
 *
 * @param id the id of the cluster
 * @param from the name in the run
 * @param to the new name
 * @param previous the cluster in the previous run; null if there was none
 * @param audiences old name → new name of each audience whose files get a new name
 */
public record PersonaRename(
    int id, String from, String to, Previous previous, Map<String, String> audiences) {
  /**
   * The cluster in the previous run.
   *
   * @param id the id that the cluster had
   * @param from the name that the cluster had
   */
  record Previous(int id, String from) {
    Previous {
      Objects.requireNonNull(from, "from");
    }
  }

  private static final Pattern NUMBERED = Pattern.compile("\\d{5}\\.csv");

  /**
   * Returns the rename of a cluster.
   *
   * @param model the model of the run
   * @param id the id of the cluster
   * @param to the new name
   * @param drift the comparison with the previous run; null without a previous run
   * @throws java.util.NoSuchElementException if the model does not have the cluster
   */
  public static PersonaRename of(Model model, int id, String to, Drift drift) {
    ClusterModel cluster =
        model.clusters().stream()
            .filter(candidate -> candidate.id() == id)
            .findFirst()
            .orElseThrow();
    PersonaDrift before =
        drift == null
            ? null
            : drift.personas().stream()
                .filter(persona -> persona.id() == id && persona.previousId() != null)
                .findFirst()
                .orElse(null);
    return new PersonaRename(
        id,
        cluster.persona(),
        to,
        before == null ? null : previous(before, cluster),
        audiences(model.clusters(), model.renamed(id, to).clusters()));
  }

  private static Previous previous(PersonaDrift before, ClusterModel now) {
    return new Previous(
        before.previousId(),
        before.previousPersona() == null ? now.persona() : before.previousPersona());
  }

  private static Map<String, String> audiences(List<ClusterModel> old, List<ClusterModel> renamed) {
    List<String> before = AudienceNames.ofClusters(old);
    List<String> now = AudienceNames.ofClusters(renamed);
    Map<String, String> changed = new HashMap<>();
    for (int cluster = 0; cluster < before.size(); cluster++) {
      if (!before.get(cluster).equals(now.get(cluster))) {
        changed.put(before.get(cluster), now.get(cluster));
      }
    }
    return changed;
  }

  /** Returns column → (old value → new value) for the tables of a run. */
  Map<String, Map<String, String>> replacements() {
    Map<String, String> name = Map.of(from, to);
    Map<String, Map<String, String>> columns = new HashMap<>();
    columns.put("persona", name);
    columns.put("second_persona", name);
    columns.put("audience", audiences);
    if (previous != null) {
      columns.put("previous_persona", Map.of(previous.from, to));
    }
    return columns;
  }

  /**
   * Returns the pattern that numbered result files have after the rename.
   *
   * @param pattern a pattern such as {@code audience-developers-*.csv}
   */
  String pattern(String pattern) {
    return fileName(pattern.replace("-*.", "-00000.")).replace("-00000.", "-*.");
  }

  /** Returns the name that a result file of the run has after the rename. */
  String fileName(String name) {
    for (Map.Entry<String, String> audience : audiences.entrySet()) {
      for (AudienceRows.Kind kind : AudienceRows.Kind.values()) {
        String prefix = kind.fileName(audience.getKey()) + "-";
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        if (NUMBERED.matcher(rest).matches()) {
          return kind.fileName(audience.getValue()) + "-" + rest;
        }
      }
    }
    return name;
  }
}
