package personas.spec.event;

import java.io.Serializable;
import java.util.List;

/**
 * The filter of a measure: only events that fulfill all conditions count.
 *
 * @param conditions at least one
 */
public record EventFilter(List<EventCondition> conditions) implements Serializable {
  public EventFilter {
    conditions = List.copyOf(conditions);
  }
}
