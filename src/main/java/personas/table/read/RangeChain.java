package personas.table.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import personas.table.RangeBoundaries;
import personas.table.RecordSpan;

/**
 * Finds out which assumption about the start of each range of a file is right. The first range
 * starts with a record; each further one starts where the records of the range before it end. Of an
 * Avro file that is said of blocks, and the rows before each range are added up.
 */
public final class RangeChain {
  private RangeChain() {}

  /** Finds the span of a range that no assumption foresaw; reads the range. */
  public interface SpanReader {
    RecordSpan span(RangeBoundaries range, long firstRecordStart) throws IOException;
  }

  /**
   * A range and where its first record starts.
   *
   * @param range what is known of the range
   * @param firstRecordStart its first record
   * @param rowsBefore the counted rows of the ranges before it
   */
  public record Link(RangeBoundaries range, long firstRecordStart, long rowsBefore) {
    /**
     * Whether the range was read from another record or with other numbers of rows, so that it has
     * to be read again.
     */
    public boolean isMisread() {
      return range.read().firstRecordStart() != firstRecordStart
          || range.range().rowsBefore() != rowsBefore;
    }
  }

  /**
   * The ranges of one file in the order of the file, each with its first record.
   *
   * @param ranges all ranges of the file, in any order
   */
  public static List<Link> settle(List<RangeBoundaries> ranges, SpanReader reader)
      throws IOException {
    List<RangeBoundaries> ordered = new ArrayList<>(ranges);
    ordered.sort(Comparator.comparingLong(range -> range.range().start()));
    List<Link> links = new ArrayList<>();
    long next = ordered.get(0).read().firstRecordStart();
    long rows = 0;
    for (RangeBoundaries range : ordered) {
      links.add(new Link(range, next, rows));
      RecordSpan span = range.startingAt(next);
      if (span == null && next < range.range().end()) {
        span = reader.span(range, next);
      }
      if (span != null) {
        next = span.nextRecordStart();
        rows += span.rows();
      }
      // Else a record of an earlier range reaches beyond this one, which has none of its own.
    }
    return links;
  }
}
