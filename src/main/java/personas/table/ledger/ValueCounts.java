package personas.table.ledger;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import personas.math.Require;

/**
 * What a reader did with the values of a source: the values that it imputed, and the forms that it
 * recognized without a declaration in the spec.
 *
 * @param imputed for each feature the number of imputed values
 * @param marks for each feature, counts that show whether the decimal mark is ambiguous
 * @param recognized form → how often it occurred; for example words for a missing value, or lines
 *     above a header
 */
public record ValueCounts(
    List<Long> imputed, List<DecimalMarks> marks, SortedMap<String, Long> recognized)
    implements Serializable {
  /** The key of {@code recognized} for ids with leading or trailing blanks. */
  public static final String BLANKS = "ids with blanks around them";

  /** The prefix of keys of {@code recognized} for ids like {@code Grand total}. */
  public static final String TOTAL = "total in place of an id ";

  public ValueCounts {
    imputed = List.copyOf(imputed);
    marks = List.copyOf(marks);
    recognized = Collections.unmodifiableSortedMap(new TreeMap<>(recognized));
    Require.sameSize("marks", marks.size(), imputed.size());
  }

  /** Returns counts without ambiguous decimal marks and without recognized forms. */
  public static ValueCounts ofImputed(List<Long> imputed) {
    return new ValueCounts(
        imputed, Collections.nCopies(imputed.size(), DecimalMarks.NONE), new TreeMap<>());
  }

  /** Returns the sum of the counts of two sources or two parts of a source. */
  public ValueCounts plus(ValueCounts other) {
    return new ValueCounts(
        IntStream.range(0, imputed.size())
            .mapToObj(f -> imputed.get(f) + other.imputed.get(f))
            .toList(),
        IntStream.range(0, marks.size())
            .mapToObj(f -> marks.get(f).plus(other.marks.get(f)))
            .toList(),
        sum(recognized, other.recognized));
  }

  /** Returns the sum of two tables of counts, key by key. */
  static <K extends Comparable<K>> SortedMap<K, Long> sum(Map<K, Long> first, Map<K, Long> second) {
    TreeMap<K, Long> sums = new TreeMap<>(first);
    second.forEach((key, count) -> sums.merge(key, count, Long::sum));
    return sums;
  }
}
