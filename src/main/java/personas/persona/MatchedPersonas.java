package personas.persona;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The personas of a run.
 *
 * @param clusters the personas of the k clusters. {@link PersonaMatcher} returns the declared
 *     personas in the order of the spec, then all others by descending number of users. Later they
 *     are sorted by the ids of the clusters
 * @param unmatched the reason for each declared persona that no cluster has, in the order of the
 *     spec
 */
public record MatchedPersonas(List<ClusterPersona> clusters, Map<String, String> unmatched)
    implements Serializable {
  public MatchedPersonas {
    clusters = List.copyOf(clusters);
    unmatched = Collections.unmodifiableMap(new LinkedHashMap<>(unmatched));
  }
}
