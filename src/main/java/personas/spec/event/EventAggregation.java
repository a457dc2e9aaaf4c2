package personas.spec.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * The aggregation of a table of events to a table of users.
 *
 * @param time the column with the time of an event; null if no measure needs a time
 * @param asOf the date from which measures of time look back, like {@code 2026-10-31}; null for the
 *     date of the latest event
 * @param measures the columns of the table of users
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventAggregation(String time, String asOf, List<Measure> measures)
    implements Serializable {
  public EventAggregation {
    measures = List.copyOf(measures);
  }

  /**
   * Returns the aggregation without its date, so that the digest of a spec does not change every
   * week.
   */
  public EventAggregation withoutAsOf() {
    return new EventAggregation(time, null, measures);
  }

  /** Returns the names of the measures. */
  public List<String> names() {
    return measures.stream().map(Measure::name).toList();
  }
}
