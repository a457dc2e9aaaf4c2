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
 * The name of each persona in the name of a file: letters a to z, digits and hyphens. It follows
 * from the persona's name, which later runs keep, and from the id of its cluster where two names or
 * none would remain.
 */
public final class AudienceNames {
  private static final int LONGEST = 60;

  private final List<String> current = new ArrayList<>();
  private final List<String> previous = new ArrayList<>();

  private AudienceNames() {}

  /**
   * The names of a run.
   *
   * @param clusters of the run
   * @param before the model of the previous run; null if the run looks up no previous users
   */
  public static AudienceNames of(NamedClusters clusters, Model before) {
    AudienceNames names = new AudienceNames();
    Set<String> taken = new HashSet<>();
    Map<Integer, String> byId = new HashMap<>();
    for (int place = 0; place < clusters.ids().size(); place++) {
      int id = clusters.ids().get(place);
      String name = unique(clusters.personas().tags().get(place).persona(), id, taken);
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

  /** The name of each persona of a finished run, by its place. */
  public static List<String> ofClusters(List<ClusterModel> clusters) {
    Set<String> taken = new HashSet<>();
    return clusters.stream()
        .map(cluster -> unique(cluster.persona(), cluster.id(), taken))
        .toList();
  }

  /** Returns the name of each persona, by its place. */
  public List<String> current() {
    return current;
  }

  /**
   * Returns the name of each persona of the previous run, by its place there. A persona that lives
   * on has its current name.
   */
  public List<String> previous() {
    return previous;
  }

  private static String unique(String persona, int id, Set<String> taken) {
    // The upper case of a sharp s is two letters.
    String plain =
        Normalizer.normalize(persona, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String name = plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
    if (name.isEmpty() || !taken.add(name)) {
      name = (name.isEmpty() ? "persona" : name) + "-" + id;
      taken.add(name);
    }
    return name;
  }
}
