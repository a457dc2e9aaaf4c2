package personas.table;

import java.io.Serializable;
import java.util.Objects;
import personas.math.Require;
import personas.table.ledger.SourceLedger;

/**
 * The outcome of reading one range.
 *
 * @param span the records that were read
 * @param ledger the counts of accepted and rejected records
 * @param lines the number of line feeds in the range; 0 if lines are not counted. In the first
 *     range of a file, the count starts with the line number of the first record, so that the sum
 *     over the earlier ranges of a file is the line number at which a range begins
 */
public record RangeOutcome(RecordSpan span, SourceLedger ledger, long lines)
    implements Serializable {
  public RangeOutcome {
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(ledger, "ledger");
    Require.atLeast(0, "lines", lines);
  }

  /**
   * Creates the outcome of a format whose lines are not counted.
   *
   * @param firstRecordStart the position of the first record
   * @param nextRecordStart the position after the last record
   * @param ledger the counts of accepted and rejected records
   */
  public RangeOutcome(long firstRecordStart, long nextRecordStart, SourceLedger ledger) {
    this(new RecordSpan(firstRecordStart, nextRecordStart), ledger);
  }

  /** Creates the outcome of a format whose lines are not counted. */
  public RangeOutcome(RecordSpan span, SourceLedger ledger) {
    this(span, ledger, 0);
  }

  /** Returns a copy of this outcome with another ledger. */
  public RangeOutcome withLedger(SourceLedger other) {
    return new RangeOutcome(span, other, lines);
  }
}
