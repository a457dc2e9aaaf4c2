package personas.spec.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * A comparison of a column of an event with values, like {@code type = 'api_call'}. A comparison
 * with a missing value is false, as in SQL.
 *
 * @param column the column of the event
 * @param operator the comparison
 * @param kind how the values are compared
 * @param values the values with which the column is compared, as texts; more than one value only
 *     with {@link Operator#IN}
 */
public record EventCondition(String column, Operator operator, Kind kind, List<String> values)
    implements Serializable {

  public EventCondition {
    values = List.copyOf(values);
  }

  /** The comparison of a column with a value, as in SQL. */
  public enum Operator {
    @JsonProperty("=")
    EQUAL("="),
    @JsonProperty("!=")
    NOT_EQUAL("!="),
    @JsonProperty("<")
    LESS("<"),
    @JsonProperty("<=")
    LESS_OR_EQUAL("<="),
    @JsonProperty(">")
    GREATER(">"),
    @JsonProperty(">=")
    GREATER_OR_EQUAL(">="),
    @JsonProperty("in")
    IN("in");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** Returns the comparison as a spec writes it. */
    public String sign() {
      return sign;
    }

    /**
     * Returns whether the comparison is true.
     *
     * @param order the sign of the comparison of the event's value with the condition's value:
     *     negative, 0 or positive
     */
    public boolean accepts(int order) {
      return switch (this) {
        case EQUAL, IN -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  /** The ways in which values are compared. */
  public enum Kind {
    /** As texts, by their bytes in UTF-8. */
    @JsonProperty("text")
    TEXT,
    /** As numbers. */
    @JsonProperty("number")
    NUMBER,
    /** As times. */
    @JsonProperty("time")
    TIME
  }
}
