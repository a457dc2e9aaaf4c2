package personas.spec.event;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a measure computes from the events of a user. */
public enum MeasureFunction {
  /** The number of events. */
  @JsonProperty("count")
  COUNT(Argument.NONE, false),
  /** The sum of a column. */
  @JsonProperty("sum")
  SUM(Argument.NUMBER, false),
  /** The mean of a column. */
  @JsonProperty("mean")
  MEAN(Argument.NUMBER, false),
  /** The smallest value of a column. */
  @JsonProperty("min")
  MIN(Argument.NUMBER, false),
  /** The largest value of a column. */
  @JsonProperty("max")
  MAX(Argument.NUMBER, false),
  /** The number of different texts of a column. */
  @JsonProperty("distinct")
  DISTINCT(Argument.TEXT, false),
  /** The value of a column in the latest event that has a value there. */
  @JsonProperty("last")
  LAST(Argument.TEXT, true),
  /** Days from the latest event to the date of {@code asOf}. */
  @JsonProperty("days_since_last")
  DAYS_SINCE_LAST(Argument.NONE, true),
  /** Days from the first event to the date of {@code asOf}. */
  @JsonProperty("tenure_days")
  TENURE_DAYS(Argument.NONE, true),
  /** The number of different dates in UTC with an event. */
  @JsonProperty("active_days")
  ACTIVE_DAYS(Argument.NONE, true);

  /** The kinds of arguments of a function. */
  public enum Argument {
    /** The events themselves. */
    NONE,
    /** A column of numbers. */
    NUMBER,
    /** A column of any values, as they are written. */
    TEXT
  }

  private final Argument argument;
  private final boolean needsTime;

  MeasureFunction(Argument argument, boolean needsTime) {
    this.argument = argument;
    this.needsTime = needsTime;
  }

  /** Returns what the function is applied to. */
  public Argument argument() {
    return argument;
  }

  /** Returns whether the function needs the time of each event. */
  public boolean needsTime() {
    return needsTime;
  }
}
