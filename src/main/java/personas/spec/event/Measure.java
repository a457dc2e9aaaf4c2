package personas.spec.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;

/**
 * A figure of a user that is computed from the events of the user.
 *
 * @param name the column of the table of users
 * @param function what is computed
 * @param column the column of the events that the function is applied to; null if the function is
 *     applied to the events themselves
 * @param where the filter of the events that count; null if all events count
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measure(String name, MeasureFunction function, String column, EventFilter where)
    implements Serializable {}
