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
 * is empty, it is replaced by {@code persona-} and the cluster id. If another persona has the
 * derived name, the cluster id is appended.
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
    Set<String> usedNames = new HashSet<>();
    Map<Integer, String> byId = new HashMap<>();
    for (int index = 0; index < clusters.ids().size(); index++) {
      int id = clusters.ids().get(index);
      String name = unique(clusters.personas().clusters().get(index).persona(), id, usedNames);
      names.current.add(name);
      byId.put(id, name);
    }
    if (before != null) {
      for (ClusterModel cluster : before.clusters()) {
        String name = byId.get(cluster.id());
        names.previous.add(
            name != null ? name : unique(cluster.persona(), cluster.id(), usedNames));
      }
    }
    return names;
  }

  /** Returns the name of each persona of a finished run, in the order of the clusters. */
  public static List<String> ofClusters(List<ClusterModel> clusters) {
    Set<String> usedNames = new HashSet<>();
    return clusters.stream()
        .map(cluster -> unique(cluster.persona(), cluster.id(), usedNames))
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

  private static String unique(String persona, int id, Set<String> usedNames) {
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
    // The name with the id may be used too, so the id is appended until the name is unused.
    while (isUsed(name, usedNames)) {
      name += "-" + id;
    }
    usedNames.addAll(fileNames(name));
    return name;
  }

  private static boolean isUsed(String name, Set<String> usedNames) {
    return fileNames(name).stream().anyMatch(usedNames::contains);
  }

  /** Returns the names of the lists of a persona: its users, and those who entered or left it. */
  private static List<String> fileNames(String name) {
    return List.of(name, "entered-" + name, "left-" + name);
  }
}
