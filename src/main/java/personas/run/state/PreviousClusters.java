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

  public PreviousClusters(Model model) {
    ids = model.clusters().stream().mapToInt(ClusterModel::id).toArray();
  }

  /** How many clusters the model has. */
  public int size() {
    return ids.length;
  }

  /** The place of a cluster in the model; negative if the model has no such cluster. */
  public int place(double cluster) {
    return cluster == (int) cluster ? Arrays.binarySearch(ids, (int) cluster) : -1;
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }

  /** Adds up the users of each cluster; no user at all is the empty list. */
  public static List<Long> plus(List<Long> users, List<Long> others) {
    if (users.isEmpty() || others.isEmpty()) {
      return users.isEmpty() ? others : users;
    }
    return IntStream.range(0, users.size())
        .mapToObj(place -> users.get(place) + others.get(place))
        .toList();
  }
}
