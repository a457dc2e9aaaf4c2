package personas.model;

import java.io.Serializable;
import java.util.List;
import personas.kmeans.Centroids;
import personas.persona.MatchedPersonas;

/**
 * The clusters of a model by ascending id, with their names.
 *
 * @param centroids k × d, standardized
 * @param personas the persona of each cluster, in the order of the centroids, and the personas that
 *     no cluster fits
 * @param ids the cluster ids, in the order of the centroids
 */
public record NamedClusters(Centroids centroids, MatchedPersonas personas, List<Integer> ids)
    implements Serializable {

  public NamedClusters {
    int k = centroids.k();
    if (personas.clusters().size() != k || ids.size() != k) {
      throw new IllegalArgumentException(
          k
              + " centroids have "
              + personas.clusters().size()
              + " names and "
              + ids.size()
              + " ids");
    }
  }
}
