package personas.persona;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The personas of a run.
 *
 * @param tags k tags in canonical order: cluster id i has the tag at i
 * @param unmatched declared persona → why no cluster has it, in the order of the spec
 */
public record MatchedPersonas(List<ClusterPersona> tags, Map<String, String> unmatched)
    implements Serializable {
  public MatchedPersonas {
    tags = List.copyOf(tags);
    unmatched = Collections.unmodifiableMap(new LinkedHashMap<>(unmatched));
  }
}
