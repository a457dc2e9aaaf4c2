package personas.table;

import java.io.Serializable;

/**
 * Which records a range holds, under one assumption about the state of the parser at its start.
 *
 * @param firstRecordStart where the first record of the range starts
 * @param nextRecordStart where the first record behind the range starts; the length of the file if
 *     there is none
 */
public record RecordSpan(long firstRecordStart, long nextRecordStart) implements Serializable {}
