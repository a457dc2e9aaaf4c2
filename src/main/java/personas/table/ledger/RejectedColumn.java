package personas.table.ledger;

import java.io.Serializable;

/**
 * The number of records that were rejected for one reason in one column, with the first record as
 * the example.
 *
 * @param reason the reason
 * @param column the column; empty if the reason is about the whole record
 * @param records the number of records
 * @param value the beginning of the example's value, with control characters escaped
 * @param source the file of the example
 * @param position the position of the example in the file, see {@link RecordPlace}
 * @param isRow whether the position is a row of a typed table
 */
public record RejectedColumn(
    RejectReason reason,
    String column,
    long records,
    String value,
    String source,
    long position,
    boolean isRow)
    implements Serializable {

  /** Returns the count of one rejected record, which is also the example. */
  public static RejectedColumn of(Rejection rejection) {
    return new RejectedColumn(
        rejection.reason(),
        rejection.field(),
        1,
        rejection.value().isEmpty() && rejection.field().isEmpty()
            ? rejection.excerpt()
            : rejection.value(),
        rejection.place().source(),
        rejection.place().position(),
        rejection.place().isRow());
  }

  /**
   * Returns the sum of two counts for the same reason and column, with the example that comes first
   * in the input.
   */
  public RejectedColumn plus(RejectedColumn other) {
    int order = source.compareTo(other.source);
    boolean isFirst = order < 0 || (order == 0 && position <= other.position);
    return (isFirst ? this : other).withRecords(records + other.records);
  }

  private RejectedColumn withRecords(long count) {
    return new RejectedColumn(reason, column, count, value, source, position, isRow);
  }
}
