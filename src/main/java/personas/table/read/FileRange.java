package personas.table.read;

import java.io.Serializable;
import personas.table.RangeKey;
import personas.table.bytes.ByteRange;

/**
 * A range of a source, with everything that a worker needs to read it.
 *
 * @param range the records that belong to the range
 * @param path the file that holds the range: the source, or a staged file with rows of a query
 * @param fileSize the size of the file at {@code path} in bytes
 * @param header the header of the file
 */
public record FileRange(ByteRange range, String path, long fileSize, FileHeader header)
    implements Serializable {

  /** Returns the key that identifies the range in a run. */
  public RangeKey key() {
    return new RangeKey(range.file(), range.start());
  }

  /** Returns the same range with another number of rows that the file holds before the range. */
  public FileRange withRowsBefore(long rows) {
    return new FileRange(range.withRowsBefore(rows), path, fileSize, header);
  }
}
