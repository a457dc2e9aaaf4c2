package personas.table;

import java.io.Serializable;
import java.util.List;
import personas.table.bytes.ByteRange;

/**
 * Where the records of a range start and end, under each possible assumption about the state at the
 * start. The size is a few dozen bytes, however large the range is.
 *
 * @param range the range
 * @param resultFile the staged file with the result of the range
 * @param spans the span that was read, followed by the spans of the other assumptions
 */
public record RangeBoundaries(ByteRange range, String resultFile, List<RecordSpan> spans)
    implements Serializable {

  public RangeBoundaries {
    spans = List.copyOf(spans);
  }

  /** Returns the span that was read. */
  public RecordSpan read() {
    return spans.get(0);
  }

  /** Returns the span that starts at a position, or null if no assumption gives this start. */
  public RecordSpan startingAt(long firstRecordStart) {
    for (RecordSpan span : spans) {
      if (span.firstRecordStart() == firstRecordStart) {
        return span;
      }
    }
    return null;
  }
}
