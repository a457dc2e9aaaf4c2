package personas.run.state;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.feature.shard.RecordDigest;
import personas.table.RangeKey;
import personas.table.ledger.RejectionExamples;
import personas.table.ledger.SourceLedger;

/**
 * What became of the records of each source, with a few rejected ones, and the digest of the
 * accepted ones. Mergeable in any order; the empty one is the identity.
 */
public final class InputLedgers implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, SourceLedger> bySource = new TreeMap<>();
  private final RejectionExamples examples = new RejectionExamples();
  private final RecordDigest records = new RecordDigest();

  /** By range the first id that an earlier row has; only the first range is kept. */
  private final TreeMap<RangeKey, String> repeatedId = new TreeMap<>();

  /** The ledger of one range. */
  public static InputLedgers of(RangeResult range) {
    InputLedgers ledgers = new InputLedgers();
    ledgers.bySource.put(range.task().range().file(), range.outcome().ledger());
    ledgers.examples.merge(range.examples());
    ledgers.records.merge(range.records());
    if (!range.repeatedId().isEmpty()) {
      ledgers.repeatedId.put(range.task().key(), range.repeatedId());
    }
    return ledgers;
  }

  /** The ledger of one range of events, which has no ids that could be repeated. */
  public static InputLedgers ofEvents(
      String source, SourceLedger ledger, RejectionExamples examples) {
    InputLedgers ledgers = new InputLedgers();
    ledgers.bySource.put(source, ledger);
    ledgers.examples.merge(examples);
    return ledgers;
  }

  /** Adds other records. */
  public void merge(InputLedgers other) {
    other.bySource.forEach((source, ledger) -> bySource.merge(source, ledger, SourceLedger::plus));
    examples.merge(other.examples);
    records.merge(other.records);
    repeatedId.putAll(other.repeatedId);
    while (repeatedId.size() > 1) {
      repeatedId.pollLastEntry();
    }
  }

  /** The first id of the input that an earlier row has; null if there is none or nobody asked. */
  public String repeatedId() {
    return repeatedId.isEmpty() ? null : repeatedId.firstEntry().getValue();
  }

  /** The ledger of each source, by name. */
  public SortedMap<String, SourceLedger> bySource() {
    return Collections.unmodifiableSortedMap(bySource);
  }

  /** All sources in one. */
  public SourceLedger total() {
    return bySource.values().stream().reduce(SourceLedger::plus).orElseThrow();
  }

  /** A few rejected records of each reason. */
  public RejectionExamples examples() {
    return examples;
  }

  /** The digest of the accepted records; of no records for a score, and for events. */
  public RecordDigest records() {
    return records;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputLedgers that
        && bySource.equals(that.bySource)
        && examples.equals(that.examples)
        && records.equals(that.records)
        && repeatedId.equals(that.repeatedId);
  }

  @Override
  public int hashCode() {
    return bySource.hashCode();
  }
}
