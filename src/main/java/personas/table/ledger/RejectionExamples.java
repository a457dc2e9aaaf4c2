package personas.table.ledger;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import personas.math.Hashing;

/**
 * A few examples of rejected records for each reason, and the counts of rejected records by reason
 * and column. The records with the smallest hashes are kept as examples, so the examples depend
 * only on the set of rejected records, and not on the order of records or on the ranges of files.
 * Examples can be merged in any order; the empty set is the identity.
 */
public final class RejectionExamples implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of examples that are kept for each reason. */
  static final int PER_REASON = 3;

  /**
   * A rejected record without its position.
   *
   * @param field the column of the reason; empty if the reason is about the whole record
   * @param excerpt the beginning of the record, with control characters escaped
   */
  public record Example(RejectReason reason, String field, String excerpt) implements Serializable {
    private long hash() {
      byte[] text = (field + '\0' + excerpt).getBytes(StandardCharsets.UTF_8);
      return Hashing.hash64(0, text, 0, text.length);
    }
  }

  private record Ranked(long hash, Example example) implements Serializable, Comparable<Ranked> {
    private static final Comparator<Ranked> ORDER =
        Comparator.<Ranked>comparingLong(ranked -> ranked.hash)
            .thenComparing(ranked -> ranked.example.field)
            .thenComparing(ranked -> ranked.example.excerpt);

    @Override
    public int compareTo(Ranked other) {
      return ORDER.compare(this, other);
    }
  }

  private record Group(RejectReason reason, String column)
      implements Serializable, Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::reason).thenComparing(Group::column);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<RejectReason, TreeSet<Ranked>> byReason = new TreeMap<>();
  private final Map<Group, RejectedColumn> byColumn = new TreeMap<>();

  /**
   * Counts a record, and keeps it as an example unless enough examples have smaller hashes. Records
   * with equal reason, field and excerpt are one example.
   */
  public void add(Rejection rejection) {
    Example example = new Example(rejection.reason(), rejection.field(), rejection.excerpt());
    add(new Ranked(example.hash(), example));
    add(RejectedColumn.of(rejection));
  }

  private void add(RejectedColumn column) {
    byColumn.merge(new Group(column.reason(), column.column()), column, RejectedColumn::plus);
  }

  private void add(Ranked ranked) {
    TreeSet<Ranked> kept =
        byReason.computeIfAbsent(ranked.example.reason, reason -> new TreeSet<>());
    kept.add(ranked);
    if (kept.size() > PER_REASON) {
      kept.pollLast();
    }
  }

  /** Adds all records of other examples. */
  public void merge(RejectionExamples other) {
    other.byReason.values().forEach(kept -> kept.forEach(this::add));
    other.byColumn.values().forEach(this::add);
  }

  /** Returns the examples by reason, in the order of the checks, then by hash. */
  public List<Example> list() {
    List<Example> examples = new ArrayList<>();
    byReason.values().forEach(kept -> kept.forEach(ranked -> examples.add(ranked.example)));
    return List.copyOf(examples);
  }

  /**
   * Returns the counts of rejected records by reason and column, in the order of the checks and the
   * names.
   */
  public List<RejectedColumn> byColumn() {
    return List.copyOf(byColumn.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RejectionExamples that
        && byReason.equals(that.byReason)
        && byColumn.equals(that.byColumn);
  }

  @Override
  public int hashCode() {
    return byReason.hashCode();
  }
}
