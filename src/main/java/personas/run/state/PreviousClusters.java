package personas.run.state;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;

/**
 * The clusters of the previous run, by their ids, and the codes that say which cluster a user had.
 * Code 0 means that the user had none. A user of the cluster at place p has the code p + 1 in the
 * first row of the user, and -1 - p in every later row.
 */
public final class PreviousClusters implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] ids;

  public PreviousClusters(Model model) {
    ids = model.clusters().stream().mapToInt(ClusterModel::id).toArray();
  }

  /** How many clusters the previous model has. */
  public int size() {
    return ids.length;
  }

  /** The place of a cluster in the previous model; negative if the model has no such cluster. */
  public int place(double cluster) {
    return cluster == (int) cluster ? Arrays.binarySearch(ids, (int) cluster) : -1;
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }

  /** The code of a user of a cluster. */
  public static short code(int place, boolean isFirstRow) {
    return (short) (isFirstRow ? place + 1 : -1 - place);
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
