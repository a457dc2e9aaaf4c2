package personas.table;

import java.io.Serializable;
import java.util.List;
import personas.table.bytes.ByteRange;

/**
 * Where the records of a range start and end, under each assumption that its bytes allow; a few
 * dozen bytes, whatever the range holds.
 *
 * @param range the range
 * @param resultFile the file that holds what reading the range gave
 * @param spans the span that was read first, then those of the other assumptions
 */
public record RangeBoundaries(ByteRange range, String resultFile, List<RecordSpan> spans)
    implements Serializable {

  public RangeBoundaries {
    spans = List.copyOf(spans);
  }

  /** The span that was read. */
  public RecordSpan read() {
    return spans.get(0);
  }

  /** The span that starts at a position; null if no assumption leads there. */
  public RecordSpan startingAt(long firstRecordStart) {
    for (RecordSpan span : spans) {
      if (span.firstRecordStart() == firstRecordStart) {
        return span;
      }
    }
    return null;
  }
}
