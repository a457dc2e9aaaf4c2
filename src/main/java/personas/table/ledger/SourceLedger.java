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
 * What became of the records of one source; {@code read = accepted + rejected}.
 *
 * @param read records that the source holds
 * @param accepted records that became users
 * @param rejected reason → records
 * @param imputed per feature: missing values that something stood in for
 * @param repeatedIds accepted records whose user id an earlier record has, in this source or
 *     another; 0 while nobody has looked
 * @param recognized what the reader recognized without a declaration → how often: texts that stand
 *     for a missing value, lines above a header
 * @param users how many users the accepted records stand for
 * @param marks per feature: what the numbers show of their decimal mark
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
  /** The key of {@code recognized} for ids with blanks before or behind them. */
  public static final String BLANKS = "ids with blanks around them";

  /** How the keys of {@code recognized} begin that name ids like {@code Grand total}. */
  public static final String TOTAL = "total in place of an id ";

  public SourceLedger {
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    imputed = List.copyOf(imputed);
    recognized = Collections.unmodifiableSortedMap(new TreeMap<>(recognized));
    marks = List.copyOf(marks);
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    if (read != accepted + refused) {
      throw new IllegalStateException(
          "the ledger does not close: read "
              + read
              + ", accepted "
              + accepted
              + ", rejected "
              + refused);
    }
  }

  /** Before anybody has looked for repeated ids, of records that are one user each. */
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

  /** The same with more that was recognized. */
  public SourceLedger withRecognized(Map<String, Long> more) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, sum(recognized, more), users, marks);
  }

  /** The same with a count of repeated ids. */
  public SourceLedger withRepeatedIds(long count) {
    return new SourceLedger(read, accepted, rejected, imputed, count, recognized, users, marks);
  }

  /** The same with another number of users that the accepted records stand for. */
  public SourceLedger withUsers(long count) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, recognized, count, marks);
  }

  /** The same with what the numbers show of their decimal marks. */
  public SourceLedger withMarks(List<DecimalMarks> shown) {
    return new SourceLedger(
        read, accepted, rejected, imputed, repeatedIds, recognized, users, shown);
  }

  /** The ledger of two parts of a source, or of two sources. */
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

  public long rejectedTotal() {
    return read - accepted;
  }
}
