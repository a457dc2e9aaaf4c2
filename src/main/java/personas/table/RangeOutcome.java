package personas.table;

import java.io.Serializable;
import personas.table.ledger.SourceLedger;

/**
 * What reading one range gave.
 *
 * @param span the records that were read
 * @param ledger what became of them
 * @param lines how far the range moves the number of the line, if lines are counted: its line
 *     feeds, and for the first range of a file the number of its first line too; else 0
 */
public record RangeOutcome(RecordSpan span, SourceLedger ledger, long lines)
    implements Serializable {

  public RangeOutcome(long firstRecordStart, long nextRecordStart, SourceLedger ledger) {
    this(new RecordSpan(firstRecordStart, nextRecordStart), ledger);
  }

  /** Records whose lines nobody counts. */
  public RangeOutcome(RecordSpan span, SourceLedger ledger) {
    this(span, ledger, 0);
  }

  /** The same records with another ledger. */
  public RangeOutcome withLedger(SourceLedger other) {
    return new RangeOutcome(span, other, lines);
  }
}
