package personas.table.ledger;

import java.io.Serializable;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.math.Require;

/**
 * The counts of accepted and rejected records of one source.
 *
 * @param accepted the number of accepted records
 * @param rejected the number of rejected records for each reason
 * @param users the number of users, the sum of the weights of accepted records
 * @param repeatedIds the number of accepted records whose user id occurs in an earlier record of
 *     this or another source; 0 before ids are compared
 * @param values what the reader did with values
 */
public record SourceLedger(
    long accepted,
    SortedMap<RejectReason, Long> rejected,
    long users,
    long repeatedIds,
    ValueCounts values)
    implements Serializable {

  public SourceLedger {
    Require.atLeast(0, "accepted", accepted);
    Require.atLeast(0, "repeatedIds", repeatedIds);
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    rejected.forEach((reason, count) -> Require.atLeast(0, reason.code(), count));
    Objects.requireNonNull(values, "values");
  }

  /** Creates the ledger of records whose ids are not compared yet. Each record is one user. */
  public SourceLedger(long accepted, SortedMap<RejectReason, Long> rejected, ValueCounts values) {
    this(accepted, rejected, accepted, 0, values);
  }

  /** Returns the same ledger with a count of repeated ids. */
  public SourceLedger withRepeatedIds(long count) {
    return new SourceLedger(accepted, rejected, users, count, values);
  }

  /** Returns the sum of the ledgers of two sources or two parts of a source. */
  public SourceLedger plus(SourceLedger other) {
    return new SourceLedger(
        accepted + other.accepted,
        ValueCounts.sum(rejected, other.rejected),
        users + other.users,
        repeatedIds + other.repeatedIds,
        values.plus(other.values));
  }

  /** Returns the number of records in the source. */
  public long read() {
    return accepted + rejectedTotal();
  }

  /** Returns the number of rejected records. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
