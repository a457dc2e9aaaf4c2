package personas.run.state;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/** The clusters of a finished run, by their ids. */
public final class PreviousClusters implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] ids;

  /** Creates the clusters of the model of a finished run. */
  public PreviousClusters(Model model) {
    ids = model.clusters().stream().mapToInt(ClusterModel::id).toArray();
  }

  /** Returns how many clusters the model has. */
  public int size() {
    return ids.length;
  }

  /**
   * Returns the index of a cluster in the model; negative if the model does not have the cluster.
   *
   * @param cluster the id of the cluster, as a number in the assignments
   */
  public int index(double cluster) {
    return cluster == (int) cluster ? Arrays.binarySearch(ids, (int) cluster) : -1;
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }

  /** Adds two lists of the number of users of each cluster. An empty list counts as zeros. */
  public static List<Long> plus(List<Long> users, List<Long> moreUsers) {
    if (users.isEmpty() || moreUsers.isEmpty()) {
      return users.isEmpty() ? moreUsers : users;
    }
    return IntStream.range(0, users.size())
        .mapToObj(cluster -> users.get(cluster) + moreUsers.get(cluster))
        .toList();
  }
}
