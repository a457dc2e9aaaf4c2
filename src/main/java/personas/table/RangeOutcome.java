package personas.table;

import java.io.Serializable;
import personas.table.ledger.SourceLedger;

/**
 * What reading one range gave.
 *
 * @param span the records that were read
 * @param ledger what became of them
 */
public record RangeOutcome(RecordSpan span, SourceLedger ledger) implements Serializable {

  public RangeOutcome(long firstRecordStart, long nextRecordStart, SourceLedger ledger) {
    this(new RecordSpan(firstRecordStart, nextRecordStart), ledger);
  }

  /** The same records with another ledger. */
  public RangeOutcome withLedger(SourceLedger other) {
    return new RangeOutcome(span, other);
  }
}
