package personas.model.assignment;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.NamedClusters;

/**
 * The names of personas for file names, which consist of the letters a to z, digits and hyphens.
 * Such a name is derived from the name of the persona, which later runs keep. If the derived name
 * is empty or another persona has it, the id of the cluster is appended.
 */
public final class AudienceNames {
  private static final int MAX_LENGTH = 60;

  private final List<String> current = new ArrayList<>();
  private final List<String> previous = new ArrayList<>();

  private AudienceNames() {}

  /**
   * Returns the names of a run and of the previous run.
   *
   * @param clusters the clusters of the run
   * @param before the model of the previous run; null if the run does not look up previous users
   */
  public static AudienceNames of(NamedClusters clusters, Model before) {
    AudienceNames names = new AudienceNames();
    Set<String> taken = new HashSet<>();
    Map<Integer, String> byId = new HashMap<>();
    for (int index = 0; index < clusters.ids().size(); index++) {
      int id = clusters.ids().get(index);
      String name = unique(clusters.personas().clusters().get(index).persona(), id, taken);
      names.current.add(name);
      byId.put(id, name);
    }
    if (before != null) {
      for (ClusterModel cluster : before.clusters()) {
        String name = byId.get(cluster.id());
        names.previous.add(name != null ? name : unique(cluster.persona(), cluster.id(), taken));
      }
    }
    return names;
  }

  /** Returns the name of each persona of a finished run, in the order of the clusters. */
  public static List<String> ofClusters(List<ClusterModel> clusters) {
    Set<String> taken = new HashSet<>();
    return clusters.stream()
        .map(cluster -> unique(cluster.persona(), cluster.id(), taken))
        .toList();
  }

  /** Returns the name of each persona, in the order of the clusters. */
  public List<String> current() {
    return current;
  }

  /**
   * Returns the name of each persona of the previous run, in the order of its clusters. A persona
   * that still exists has the current name.
   */
  public List<String> previous() {
    return previous;
  }

  private static String unique(String persona, int id, Set<String> taken) {
    // Upper case first, because it turns a sharp s into two letters.
    String plain =
        Normalizer.normalize(persona, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String name = plain.length() <= MAX_LENGTH ? plain : plain.substring(0, MAX_LENGTH);
    if (name.isEmpty()) {
      name = "persona-" + id;
    }
    // The name with the id may be the name of another persona, so the id is appended until it is
    // not.
    while (isTaken(name, taken)) {
      name += "-" + id;
    }
    taken.addAll(fileNames(name));
    return name;
  }

  private static boolean isTaken(String name, Set<String> taken) {
    return fileNames(name).stream().anyMatch(taken::contains);
  }

  /** Returns the names of the lists of a persona: its users, and those who entered or left it. */
  private static List<String> fileNames(String name) {
    return List.of(name, "entered-" + name, "left-" + name);
  }
}
