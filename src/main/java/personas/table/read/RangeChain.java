package personas.table.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import personas.table.RangeBoundaries;
import personas.table.RecordSpan;

/**
 * Finds the right assumption about the start of each range of a file. The first range starts with a
 * record. The records of each further range start where the records of the previous range end. For
 * an Avro file the same holds for blocks, and the rows before each range are added up.
 */
public final class RangeChain {
  private RangeChain() {}

  /** Reads a range whose real start differs from all assumptions. */
  public interface SpanReader {
    /** Returns the span of the range if its first record starts at a position. */
    RecordSpan span(RangeBoundaries range, long firstRecordStart) throws IOException;
  }

  /**
   * A range with the start of its first record.
   *
   * @param range the range and its assumptions
   * @param firstRecordStart the position of the first record
   * @param rowsBefore the number of rows in the previous ranges
   */
  public record Link(RangeBoundaries range, long firstRecordStart, long rowsBefore) {
    /**
     * Returns whether the range must be read again, because it was read from another record or with
     * wrong row numbers.
     */
    public boolean isMisread() {
      return range.read().firstRecordStart() != firstRecordStart
          || range.range().rowsBefore() != rowsBefore;
    }
  }

  /**
   * Returns the ranges of one file in the order of the file, each with the start of its first
   * record.
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
      // Otherwise a record of an earlier range continues beyond this range, which holds no start of
      // a record.
    }
    return links;
  }
}
