package personas.model;

import java.util.List;

/**
 * The rule by which users are outliers of their persona, and how many are: the distance to the
 * centroid is above the edge of the persona.
 *
 * @param share at least this share of the users of a persona is not beyond its edge, 0..1
 * @param edges by cluster, the distance above which a user is an outlier, in standard deviations;
 *     an edge of a bucket of an exact histogram of all users of the training
 * @param users by cluster, how many users are outliers; exact
 */
public record Outliers(double share, List<Double> edges, List<Long> users) {
  public Outliers {
    edges = List.copyOf(edges);
    users = List.copyOf(users);
  }
}
