package personas.persona;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A business persona as the spec declares it.
 *
 * @param name what analysts call it
 * @param levels feature name → level, in the order of the spec; may be empty only for a made name
 * @param strategy how to engage these users; may be empty
 */
public record PersonaProfile(String name, Map<String, Level> levels, String strategy)
    implements Serializable {

  public PersonaProfile {
    levels = Collections.unmodifiableMap(new LinkedHashMap<>(levels));
  }
}
