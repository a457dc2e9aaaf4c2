package personas.run.events.measure;

import personas.spec.event.Measure;

/**
 * A measure of many users, who are numbered from 0. The values do not depend on the order or the
 * grouping of events and merged parts.
 */
public abstract class Accumulator {
  /** Makes space for a number of users, which is larger than before. */
  public abstract void resize(int users);

  /** Adds an event that fulfills the conditions of the measure. */
  public abstract void add(int user, EventRow event);

  /**
   * Prepares the accumulator for {@link #write}. The caller calls this method before all writes.
   */
  public void prepare() {}

  /** Writes the state of a user. */
  public abstract void write(int user, BlockWriter out);

  /** Adds the state of a user that another accumulator wrote. */
  public abstract void merge(int user, BlockReader in);

  /**
   * Returns the value of the measure for a user.
   *
   * @param asOf the day from which measures of time look back
   * @return a Long, a Double, a String, or null if the value is missing
   */
  public abstract Object value(int user, int asOf);

  /** Returns the approximate number of bytes in memory. */
  public abstract long bytes();

  /**
   * Returns the accumulator of a measure.
   *
   * @param measure the measure
   * @param row the row, which gives the indexes of the columns
   * @param values the order of texts, for {@link MeasureFunction#LAST}
   */
  public static Accumulator of(Measure measure, EventRow row, TextValues values) {
    return switch (measure.function()) {
      case COUNT -> new CountValues();
      case SUM, MEAN -> new SumValues(measure.function(), row.numberIndex(measure.column()));
      case MIN, MAX -> new ExtremeValues(measure.function(), row.numberIndex(measure.column()));
      case DISTINCT -> new DistinctValues(row.textIndex(measure.column()));
      case LAST -> new LastValues(row.textIndex(measure.column()), values);
      case DAYS_SINCE_LAST, TENURE_DAYS -> new DayValues(measure.function());
      case ACTIVE_DAYS -> new ActiveDays();
    };
  }
}
