package personas.persona;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A persona as the spec declares it.
 *
 * @param name the name of the persona
 * @param levels the level of each feature of the profile, by feature name and in the order of the
 *     spec
 * @param strategy how to engage these users; may be empty
 */
public record PersonaProfile(String name, Map<String, Level> levels, String strategy)
    implements Serializable {

  public PersonaProfile {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
  }
}
