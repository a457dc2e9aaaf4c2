package personas.table;

import java.io.Serializable;

/**
 * Which records a range holds, under one assumption about the state of the parser at its start.
 *
 * @param firstRecordStart where the first record of the range starts; of an Avro file the first
 *     block
 * @param nextRecordStart where the first record or block behind the range starts; the length of the
 *     file if there is none
 * @param rows rows that the range holds, counted because they have numbers; of an Avro file only,
 *     else 0
 */
public record RecordSpan(long firstRecordStart, long nextRecordStart, long rows)
    implements Serializable {

  /** A span of records that are known by their positions. */
  public RecordSpan(long firstRecordStart, long nextRecordStart) {
    this(firstRecordStart, nextRecordStart, 0);
  }
}
