package personas.run.events.measure;

import personas.spec.event.Measure;

/**
 * A measure of many users, each known by a number from 0. Events and parts of other accumulators
 * may come in any order and any grouping: the values are the same.
 */
public abstract class Accumulator {
  /** Makes room for so many users. */
  public abstract void resize(int users);

  /** Counts an event that the measure is about. */
  public abstract void add(int user, EventRow event);

  /** Is called once before {@link #write} is called for each user. */
  public void prepare() {}

  /** Writes what is known of a user. */
  public abstract void write(int user, BlockWriter out);

  /** Adds what another accumulator wrote of a user. */
  public abstract void merge(int user, BlockReader in);

  /**
   * The value of the measure.
   *
   * @param asOf the day that measures of time look back from
   * @return a Long, a Double, a String, or null if the value is missing
   */
  public abstract Object value(int user, int asOf);

  /** About the bytes in memory. */
  public abstract long bytes();

  /**
   * The accumulator of a measure.
   *
   * @param row knows the places of the columns
   * @param values compares and rewrites texts
   */
  public static Accumulator of(Measure measure, EventRow row, TextValues values) {
    return switch (measure.function()) {
      case COUNT -> new CountValues();
      case SUM, MEAN -> new SumValues(measure.function(), row.numberPlace(measure.column()));
      case MIN, MAX -> new ExtremeValues(measure.function(), row.numberPlace(measure.column()));
      case DISTINCT -> new DistinctValues(row.textPlace(measure.column()));
      case LAST -> new LastValues(row.textPlace(measure.column()), values);
      case DAYS_SINCE_LAST, TENURE_DAYS -> new DayValues(measure.function());
      case ACTIVE_DAYS -> new ActiveDays();
    };
  }
}
