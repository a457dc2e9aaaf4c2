package personas.table.ledger;

import java.util.Objects;
import personas.math.Require;

/**
 * Where a record is in the input.
 *
 * @param source the file, table or topic that holds the record
 * @param position the first byte of the record in the uncompressed file, from 0; in a typed table
 *     the row, from 0; for a message its position in the topic
 * @param isRow whether the position is a row
 * @param line the line of the record, counted from the start of the range, or the row in a typed
 *     table; {@link #NO_LINE} if lines are not counted
 */
public record RecordPlace(String source, long position, boolean isRow, long line) {
  /** The value of {@code line} if lines are not counted. */
  public static final long NO_LINE = -1;

  public RecordPlace {
    Objects.requireNonNull(source, "source");
    Require.atLeast(NO_LINE, "line", line);
  }

  /** Returns the place of a record of text whose lines are not counted. */
  public static RecordPlace ofText(String source, long position) {
    return new RecordPlace(source, position, false, NO_LINE);
  }
}
