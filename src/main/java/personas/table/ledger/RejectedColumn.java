package personas.table.ledger;

import java.io.Serializable;

/**
 * The records that were rejected for one reason in one column, and the first of them.
 *
 * @param reason why
 * @param column the column; empty where the reason is about the record
 * @param records how many
 * @param value the value of the first of them, or its beginning, control characters escaped
 * @param source the file of the first of them
 * @param position its place in the file, as in {@link Rejection}
 * @param isRow whether the place is a row of a table with types
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

  public static RejectedColumn of(Rejection rejection) {
    return new RejectedColumn(
        rejection.reason(),
        rejection.field(),
        1,
        rejection.value().isEmpty() && rejection.field().isEmpty()
            ? rejection.excerpt()
            : rejection.value(),
        rejection.source(),
        rejection.position(),
        rejection.isRow());
  }

  /** Both together, with the first example of them. */
  public RejectedColumn plus(RejectedColumn other) {
    int order = source.compareTo(other.source);
    boolean isFirst = order < 0 || (order == 0 && position <= other.position);
    return (isFirst ? this : other).withRecords(records + other.records);
  }

  private RejectedColumn withRecords(long count) {
    return new RejectedColumn(reason, column, count, value, source, position, isRow);
  }
}
