package personas.kmeans;

import java.io.Serializable;
import java.util.List;

/**
 * The results of one full pass over the users.
 *
 * @param iteration 1 for the first pass
 * @param inertia sum of squared distances to the nearest of the centroids that the pass started
 *     from, in standardized units
 * @param largestShift largest distance that a centroid moved, in standard deviations
 * @param changedUsers users whose nearest centroid changed since the previous pass; null in the
 *     first pass
 * @param reseeded number of empty clusters that got a new centroid
 * @param users number of users in each of the k clusters
 */
public record IterationRecord(
    int iteration,
    double inertia,
    double largestShift,
    Long changedUsers,
    int reseeded,
    List<Long> users)
    implements Serializable {

  public IterationRecord {
    users = List.copyOf(users);
  }
}
