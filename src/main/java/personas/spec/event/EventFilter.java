package personas.spec.event;

import java.io.Serializable;
import java.util.List;

/**
 * Which events count for a measure: those that fulfil all conditions.
 *
 * @param conditions at least one
 */
public record EventFilter(List<EventCondition> conditions) implements Serializable {
  public EventFilter {
    conditions = List.copyOf(conditions);
  }
}
