package personas.table.bytes;

import java.io.Serializable;

/**
 * A part of a file: the records whose first byte lies in {@code [start, end)}; of an Avro file the
 * blocks whose first byte does. A range of a Parquet file and of a staged query is rows and not
 * bytes.
 *
 * @param file the file's full name
 * @param start the first byte, as stored; or the first row
 * @param end one past the last byte or row; {@link Long#MAX_VALUE} for "to the end", which is what
 *     a compressed file has
 * @param rowsBefore rows of an Avro file before the range, which give the rows of the range their
 *     numbers; {@link #UNKNOWN_ROWS} until they are counted; 0 for every other file
 */
public record ByteRange(String file, long start, long end, long rowsBefore)
    implements Serializable {

  /** Stands for rows that have not been counted. */
  public static final long UNKNOWN_ROWS = -1;

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(file + ": no byte range [" + start + ", " + end + ")");
    }
  }

  /** A range that no counted rows stand before. */
  public ByteRange(String file, long start, long end) {
    this(file, start, end, 0);
  }

  /** The same range with another number of rows before it. */
  public ByteRange withRowsBefore(long rows) {
    return new ByteRange(file, start, end, rows);
  }
}
