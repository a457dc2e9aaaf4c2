package personas.model;

import java.util.List;

/**
 * The outliers of the personas. A user is an outlier if the distance to the centroid of the persona
 * is above the edge of the persona.
 *
 * @param share the minimum share of a persona's users, 0..1, who are not farther away than the edge
 * @param edges by cluster, the distance above which a user is an outlier, in standard deviations; a
 *     bucket edge of the histogram of all users of the training
 * @param users by cluster, the exact number of outliers
 */
public record Outliers(double share, List<Double> edges, List<Long> users) {
  public Outliers {
    edges = List.copyOf(edges);
    users = List.copyOf(users);
  }
}
