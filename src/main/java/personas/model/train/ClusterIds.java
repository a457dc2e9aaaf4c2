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
 * Assigns the ids of the clusters of a run. A cluster that continues a cluster of the previous run
 * has the id of that cluster; every other cluster gets a new id. An id is never reused for another
 * cluster.
 */
final class ClusterIds {
  private final Model previous;
  private final ClusterMatching matching;

  /**
   * Prepares the ids of a run.
   *
   * @param previous the model of the previous run; null if there is none
   * @param matching matches the clusters, in the order in which the training found them, with the
   *     previous clusters; null if there is no previous run
   */
  ClusterIds(Model previous, ClusterMatching matching) {
    this.previous = previous;
    this.matching = matching;
  }

  /**
   * Returns the previous name of each cluster, in the order in which the training found the
   * clusters; null for a new cluster.
   */
  PreviousName[] previousNames(int k) {
    PreviousName[] names = new PreviousName[k];
    for (int j = 0; j < k && previous != null; j++) {
      if (matching.previousOf(j) >= 0) {
        ClusterModel before = previous.clusters().get(matching.previousOf(j));
        names[j] = new PreviousName(before.persona(), before.declared(), before.renamedFrom());
      }
    }
    return names;
  }

  /**
   * A cluster with its id.
   *
   * @param persona the index of the cluster's persona
   * @param id the cluster id
   */
  record Numbered(int persona, int id) implements Serializable {}

  /**
   * Returns the clusters with their ids, ascending by id.
   *
   * @param clusterOfPersona the index of the cluster of each persona, in the order in which the
   *     training found the clusters. New clusters get their ids in the order of the personas
   */
  List<Numbered> number(List<Integer> clusterOfPersona) {
    List<Numbered> numbered = new ArrayList<>();
    int next = firstFreeId(previous);
    for (int persona = 0; persona < clusterOfPersona.size(); persona++) {
      int continued = previous == null ? -1 : matching.previousOf(clusterOfPersona.get(persona));
      int id = continued < 0 ? next++ : previous.clusters().get(continued).id();
      numbered.add(new Numbered(persona, id));
    }
    numbered.sort(Comparator.comparingInt(Numbered::id));
    return numbered;
  }

  /**
   * Returns the smallest id that is larger than every id of a model and of the runs before it; 0
   * without a model.
   */
  static int firstFreeId(Model model) {
    if (model == null) {
      return 0;
    }
    int last = model.clusters().get(model.clusters().size() - 1).id();
    return Math.max(last + 1, model.training() == null ? 0 : model.training().nextId());
  }

  /**
   * Returns the retired clusters: the clusters of the previous run, and of all runs before it, that
   * a new run does not continue.
   *
   * @param previous the model of the previous run; null if there is none
   * @param ids the ids of the clusters of the new run
   * @return the retired clusters, ascending by id
   */
  static List<Retired> retired(Model previous, List<Integer> ids) {
    List<Retired> retired = new ArrayList<>();
    if (previous != null) {
      if (previous.training() != null) {
        retired.addAll(previous.training().retired());
      }
      previous.clusters().stream()
          .filter(cluster -> !ids.contains(cluster.id()))
          .forEach(cluster -> retired.add(new Retired(cluster.id(), cluster.persona())));
      retired.sort(Comparator.comparingInt(Retired::id));
    }
    return retired;
  }
}
