package personas.table.ledger;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The counts of accepted and rejected records of one source. {@code read = accepted + rejected}
 * holds.
 *
 * @param read the number of records in the source
 * @param accepted the number of accepted records
 * @param rejected the number of rejected records for each reason
 * @param imputed for each feature the number of imputed values
 * @param repeatedIds the number of accepted records whose user id occurs in an earlier record of
 *     this or another source; 0 before ids are compared
 * @param recognized counts of things that the reader recognized without a declaration in the spec,
 *     for example words for a missing value or lines above a header
 * @param users the number of users, the sum of the weights of accepted records
 * @param marks for each feature, whether the decimal mark of the numbers is ambiguous
 */
public record SourceLedger(
    long read,
    long accepted,
    SortedMap<RejectReason, Long> rejected,
    List<Long> imputed,
    long repeatedIds,
    SortedMap<String, Long> recognized,
    long users,
    List<DecimalMarks> marks)
    implements Serializable {
  /** The key of {@code recognized} for ids with leading or trailing blanks. */
  public static final String BLANKS = "ids with blanks around them";

  /** The prefix of keys of {@code recognized} for ids like {@code Grand total}. */
  public static final String TOTAL = "total in place of an id ";

  public SourceLedger {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    imputed = List.copyOf(imputed);
    recognized = Collections.unmodifiableSortedMap(new TreeMap<>(recognized));
    marks = List.copyOf(marks);
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    if (read != accepted + refused) {
      throw new IllegalStateException(
          "the ledger is not balanced: read "
              + read
              + ", accepted "
              + accepted
              + ", rejected "
              + refused);
    }
  }

  /** Creates a ledger before ids are compared, in which each record is one user. */
  public SourceLedger(
      long read, long accepted, SortedMap<RejectReason, Long> rejected, List<Long> imputed) {
    this(
        read,
        accepted,
        rejected,
        imputed,
        0,
        new TreeMap<>(),
        accepted,
        Collections.nCopies(imputed.size(), DecimalMarks.NONE));
  }

  /** Returns the same ledger with more recognized things. */
  public SourceLedger withRecognized(Map<String, Long> more) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, sum(recognized, more), users, marks);
  }

  /** Returns the same ledger with a count of repeated ids. */
  public SourceLedger withRepeatedIds(long count) {
    return new SourceLedger(read, accepted, rejected, imputed, count, recognized, users, marks);
  }

  /** Returns the same ledger with another number of users. */
  public SourceLedger withUsers(long count) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, recognized, count, marks);
  }

  /** Returns the same ledger with other counts of decimal marks. */
  public SourceLedger withMarks(List<DecimalMarks> otherMarks) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, recognized, users, otherMarks);
  }

  /** Returns the sum of the ledgers of two sources or two parts of a source. */
  public SourceLedger plus(SourceLedger other) {
    LongStream sums =
        IntStream.range(0, imputed.size()).mapToLong(f -> imputed.get(f) + other.imputed.get(f));
    return new SourceLedger(
        read + other.read,
        accepted + other.accepted,
        sum(rejected, other.rejected),
        sums.boxed().toList(),
        repeatedIds + other.repeatedIds,
        sum(recognized, other.recognized),
        users + other.users,
        IntStream.range(0, marks.size())
            .mapToObj(f -> marks.get(f).plus(other.marks.get(f)))
            .toList());
  }

  private static <K extends Comparable<K>> SortedMap<K, Long> sum(
      Map<K, Long> one, Map<K, Long> other) {
    TreeMap<K, Long> both = new TreeMap<>(one);
    other.forEach((key, count) -> both.merge(key, count, Long::sum));
    return both;
  }

  /** Returns the number of rejected records. */
  public long rejectedTotal() {
    return read - accepted;
  }
}
