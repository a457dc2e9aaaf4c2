package personas.table.read;

import java.io.Serializable;
import personas.table.RangeKey;
import personas.table.bytes.ByteRange;

/**
 * A range of a source and all that a worker needs to read it.
 *
 * @param range the records that belong to the range
 * @param path the file that holds the range; the source itself unless the source is a query, whose
 *     rows are staged in a file
 * @param fileSize bytes of that file
 * @param header what the beginning of the file says
 */
public record FileRange(ByteRange range, String path, long fileSize, FileHeader header)
    implements Serializable {

  /** Identifies the range among all ranges of a run. */
  public RangeKey key() {
    return new RangeKey(range.file(), range.start());
  }

  /** The same range with another number of rows before it. */
  public FileRange withRowsBefore(long rows) {
    return new FileRange(range.withRowsBefore(rows), path, fileSize, header);
  }
}
