package personas.data;

import java.io.Serializable;

/**
 * What reading one range gave.
 *
 * @param firstRecordStart where its first record starts, as far as the range itself can tell
 * @param nextRecordStart where the first record behind the range starts; the file's length where
 *     there is none
 * @param ledger what became of its records
 */
public record RangeOutcome(long firstRecordStart, long nextRecordStart, SourceLedger ledger)
    implements Serializable {}
