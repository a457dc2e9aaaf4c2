package personas.kmeans;

import java.io.Serializable;
import java.util.List;

/**
 * What one full pass over the users found.
 *
 * @param iteration 1 for the first pass
 * @param inertia the sum of squared distances to the nearest centroid, standardised units, of the
 *     centroids that the pass started from
 * @param largestShift how far the centroid that moved most moved, in standard deviations
 * @param changedUsers users whose nearest centroid is another than one pass before; null in the
 *     first
 * @param reseeded empty clusters that got a new centroid
 * @param users users per cluster, k of them
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
