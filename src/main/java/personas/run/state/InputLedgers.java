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
 * How many records of each source were accepted and rejected, with examples of rejected records and
 * the digest of the accepted records. Ledgers can be merged in any order; empty ledgers are the
 * identity.
 */
public final class InputLedgers implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, SourceLedger> bySource = new TreeMap<>();
  private final RejectionExamples examples = new RejectionExamples();
  private final RecordDigest recordDigest = new RecordDigest();

  /**
   * The first range of the input with a repeated id, and the first id in this range that an earlier
   * row has. The map is empty if ids do not repeat.
   */
  private final TreeMap<RangeKey, String> repeatedId = new TreeMap<>();

  /** Returns the ledger of one range. */
  public static InputLedgers of(RangeResult range) {
    InputLedgers ledgers = new InputLedgers();
    ledgers.bySource.put(range.task().range().file(), range.outcome().ledger());
    ledgers.examples.merge(range.rejected().examples());
    ledgers.recordDigest.merge(range.users().recordDigest());
    if (!range.matched().repeatedId().isEmpty()) {
      ledgers.repeatedId.put(range.task().key(), range.matched().repeatedId());
    }
    return ledgers;
  }

  /** Returns the ledger of one range of events, in which ids may repeat. */
  public static InputLedgers ofEvents(
      String source, SourceLedger ledger, RejectionExamples examples) {
    InputLedgers ledgers = new InputLedgers();
    ledgers.bySource.put(source, ledger);
    ledgers.examples.merge(examples);
    return ledgers;
  }

  /** Adds the ledgers of other records. */
  public void merge(InputLedgers other) {
    other.bySource.forEach((source, ledger) -> bySource.merge(source, ledger, SourceLedger::plus));
    examples.merge(other.examples);
    recordDigest.merge(other.recordDigest);
    repeatedId.putAll(other.repeatedId);
    while (repeatedId.size() > 1) {
      repeatedId.pollLastEntry();
    }
  }

  /**
   * Returns the first repeated id of the input; null if ids do not repeat or repeated ids are
   * allowed.
   */
  public String repeatedId() {
    return repeatedId.isEmpty() ? null : repeatedId.firstEntry().getValue();
  }

  /** Returns the ledger of each source, by name. */
  public SortedMap<String, SourceLedger> bySource() {
    return Collections.unmodifiableSortedMap(bySource);
  }

  /** Returns the ledger of all sources together. */
  public SourceLedger total() {
    return bySource.values().stream().reduce(SourceLedger::plus).orElseThrow();
  }

  /** Returns examples of rejected records for each reason. */
  public RejectionExamples examples() {
    return examples;
  }

  /** Returns the digest of the accepted records; an empty digest for a score and for events. */
  public RecordDigest recordDigest() {
    return recordDigest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InputLedgers that
        && bySource.equals(that.bySource)
        && examples.equals(that.examples)
        && recordDigest.equals(that.recordDigest)
        && repeatedId.equals(that.repeatedId);
  }

  @Override
  public int hashCode() {
    return bySource.hashCode();
  }
}
