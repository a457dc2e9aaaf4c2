package personas.table.bytes;

import java.io.Serializable;

/**
 * A part of a file. A range of a text file stands for the records, and a range of an Avro file for
 * the blocks, whose first byte lies in {@code [start, end)}. A range of a Parquet file or of a
 * staged query is a range of rows.
 *
 * @param file the file's full name
 * @param start the first stored byte, or the first row
 * @param end one past the last byte or row; {@link Long#MAX_VALUE} for the end of the file. A range
 *     of a compressed file always ends there
 * @param rowsBefore the number of rows before the range in an Avro file; {@link #UNKNOWN_ROWS}
 *     until they are counted; 0 for other formats
 */
public record ByteRange(String file, long start, long end, long rowsBefore)
    implements Serializable {

  /** The value of {@code rowsBefore} if the rows have not been counted. */
  public static final long UNKNOWN_ROWS = -1;

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          file + ": [" + start + ", " + end + ") is not a valid range");
    }
  }

  /** Creates a range of a format that does not count rows. */
  public ByteRange(String file, long start, long end) {
    this(file, start, end, 0);
  }

  /** Returns the same range with another number of rows before it. */
  public ByteRange withRowsBefore(long rows) {
    return new ByteRange(file, start, end, rows);
  }
}
