package personas.table;

import java.io.Serializable;
import personas.math.Require;

/**
 * The records of a range under one assumption about the state of the parser at the start of the
 * range.
 *
 * @param firstRecordStart the position of the first record of the range, or of the first block of
 *     an Avro file
 * @param nextRecordStart the position of the first record or block after the range; the length of
 *     the file if there is none
 * @param rows the number of rows in the range of an Avro file; 0 for other formats
 */
public record RecordSpan(long firstRecordStart, long nextRecordStart, long rows)
    implements Serializable {
  public RecordSpan {
    Require.atLeast(0, "rows", rows);
  }

  /** Creates a span of records that are identified by their positions. */
  public RecordSpan(long firstRecordStart, long nextRecordStart) {
    this(firstRecordStart, nextRecordStart, 0);
  }
}
