package personas.model.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.TrainingContext.Retired;
import personas.model.compare.ClusterMatching;
import personas.persona.PreviousName;

/**
 * The ids of a run's clusters: those of the run before where the clusters are the same, new ones
 * where they are not. No id is ever used for another cluster.
 */
final class ClusterIds {
  private final Model previous;
  private final ClusterMatching continuity;

  /**
   * A run that continues no other, or one.
   *
   * @param previous null where there is none
   * @param continuity of the clusters as they were found; null likewise
   */
  public ClusterIds(Model previous, ClusterMatching continuity) {
    this.previous = previous;
    this.continuity = continuity;
  }

  /** Per cluster as it was found the name that it had; null where it is new. */
  public PreviousName[] heldNames(int k) {
    PreviousName[] held = new PreviousName[k];
    for (int j = 0; j < k && previous != null; j++) {
      if (continuity.previousOf(j) >= 0) {
        ClusterModel before = previous.clusters().get(continuity.previousOf(j));
        held[j] = new PreviousName(before.persona(), before.declared(), before.renamedFrom());
      }
    }
    return held;
  }

  /**
   * A cluster and its id.
   *
   * @param place among the tags
   */
  public record Numbered(int place, int id) implements Serializable {}

  /**
   * The ids, ascending.
   *
   * @param found per tag the cluster as it was found; new clusters get their ids in this order
   */
  public List<Numbered> number(List<Integer> found) {
    List<Numbered> numbered = new ArrayList<>();
    int next = firstFree(previous);
    for (int place = 0; place < found.size(); place++) {
      int before = previous == null ? -1 : continuity.previousOf(found.get(place));
      numbered.add(new Numbered(place, before < 0 ? next++ : previous.clusters().get(before).id()));
    }
    numbered.sort(Comparator.comparingInt(Numbered::id));
    return numbered;
  }

  /** The first id that no cluster up to a model ever had; 0 where there is no model. */
  static int firstFree(Model model) {
    if (model == null) {
      return 0;
    }
    int last = model.clusters().get(model.clusters().size() - 1).id();
    return Math.max(last + 1, model.handover() == null ? 0 : model.handover().nextId());
  }

  /** The clusters of all runs up to a model that the ids of a new run lack. */
  static List<Retired> retired(Model previous, List<Integer> ids) {
    List<Retired> retired = new ArrayList<>();
    if (previous != null) {
      if (previous.handover() != null) {
        retired.addAll(previous.handover().retired());
      }
      previous.clusters().stream()
          .filter(cluster -> !ids.contains(cluster.id()))
          .forEach(cluster -> retired.add(new Retired(cluster.id(), cluster.persona())));
      retired.sort(Comparator.comparingInt(Retired::id));
    }
    return retired;
  }
}
